package org.helpline.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.helpline.store.CallerMemory;
import org.helpline.store.CallerMemory.Limit;
import org.helpline.store.CallerMemory.Rate;
import org.helpline.store.CallerMemory.Settings;
import org.helpline.store.CallerMemoryContract;
import org.helpline.store.JournalFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract over one real server.
@Tag("system")
class RedisCallerMemoryTest extends CallerMemoryContract {
    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.cli("flushall");
    }

    @Override
    protected CallerMemory newMemory(Settings settings) {
        RedisCallerMemory memory = new RedisCallerMemory(
                vertx, RedisSettings.of(RedisAddress.read(server.url())), "main", settings, () -> now);
        try {
            ask(memory::tidy);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return memory;
    }

    @Test
    void allProcessesShareTheLimits() throws Exception {
        Settings settings = limited(Optional.of(new Rate(2, MINUTE)), Optional.empty());
        CallerMemory one = memory(settings);
        CallerMemory other = memory(settings);
        assertEquals(Optional.empty(), arrived(one, "a").over());
        assertEquals(Optional.empty(), arrived(other, "a").over());
        assertEquals(Optional.of(Limit.NUMBER), arrived(one, "a").over());
        assertEquals(Optional.of(Limit.NUMBER), arrived(other, "a").over());
    }

    /// The server forgets by itself, also those who never call again.
    @Test
    void everyKeyHasALife() throws Exception {
        CallerMemory memory = memory(new Settings(
                Duration.ofDays(3),
                Duration.ofDays(2),
                Optional.of(new Rate(2, MINUTE)),
                Optional.of(new Rate(5, Duration.ofSeconds(30)))));
        arrived(memory, "a");
        remember(memory, "a", contact("snap"), Optional.of("es"));
        lives("calls:all", Duration.ofSeconds(30));
        lives("calls:of:a", MINUTE);
        lives("language:a", Duration.ofDays(3));
        lives("contacts:a", Duration.ofDays(2));
        assertEquals("4", server.cli("dbsize"));
    }

    private static void lives(String key, Duration most) {
        long left = Long.parseLong(server.cli("pttl", "{helpline:main}:" + key));
        assertTrue(left > most.toMillis() - 20_000 && left <= most.toMillis(), key + " lives " + left + " ms");
    }

    @Test
    void contactsThatAreTooOldLeaveTheServerWithTheNextOne() throws Exception {
        CallerMemory memory =
                memory(new Settings(Duration.ofDays(3), Duration.ofDays(2), Optional.empty(), Optional.empty()));
        for (int n = 0; n < 5; n++) {
            pass(Duration.ofDays(1));
            remember(memory, "a", contact("snap"), Optional.empty());
        }
        assertEquals("2", server.cli("llen", "{helpline:main}:contacts:a"));
    }

    @Test
    void whatSomebodyElseWroteIsPassedOver() throws Exception {
        server.cli("set", "{helpline:main}:language:a", "nonsense");
        server.cli("rpush", "{helpline:main}:contacts:a", "nonsense", "x\ty\tz");
        CallerMemory memory = memory(Settings.DEFAULT);
        assertEquals(CallerMemory.Known.NOTHING, arrived(memory, "a").known());
        remember(memory, "a", contact("snap"), Optional.of("es"));
        assertEquals(List.of(contact("snap")), arrived(memory, "a").known().contacts());
    }

    @Test
    void aServerThatIsGoneIsAway() throws Exception {
        CallerMemory memory = memory(Settings.DEFAULT);
        server.kill();
        try {
            ExecutionException failed = assertThrows(ExecutionException.class, () -> arrived(memory, "a"));
            assertEquals(
                    JournalFailure.Kind.AWAY,
                    assertInstanceOf(JournalFailure.class, failed.getCause()).kind());
        } finally {
            server.launch();
        }
    }
}
