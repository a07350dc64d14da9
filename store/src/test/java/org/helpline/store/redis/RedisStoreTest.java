package org.helpline.store.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.helpline.store.DomainStore;
import org.helpline.store.DomainStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The contract over one real server.
@Tag("system")
class RedisStoreTest extends DomainStoreContract {
    static final String DOMAIN = "domain ø";
    static final RedisSettings.Limits QUICK = new RedisSettings.Limits(
            Duration.ofSeconds(2), Duration.ofMillis(1_200), Duration.ofMillis(300), 8_192, 32 * 1024 * 1024);

    private static RedisServer server;

    @TempDir
    private Path data;

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
    protected DomainStore newStore() {
        return new RedisStore(
                vertx, new RedisSettings(RedisAddress.read(server.url()), Optional.empty(), QUICK), DOMAIN, data);
    }

    @Override
    protected void dies(DomainStore store) {
        await(((RedisStore) store)::abandon);
    }

    @Override
    protected void loseNewest(int count) {
        Streams.loseNewest(server, DOMAIN, count);
    }
}
