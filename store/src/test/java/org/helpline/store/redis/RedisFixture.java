package org.helpline.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.Journal.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Stores over real servers, which are gone after each test.
abstract class RedisFixture {
    /// That of the samples.
    static final String DOMAIN = "domain ø";

    /// Short times, where the real ones are not the point.
    static final RedisSettings.Limits QUICK = new RedisSettings.Limits(
            Duration.ofMillis(1_500), Duration.ofMillis(1_200), Duration.ofMillis(300), 8_192, 32 * 1024 * 1024);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path data;

    Vertx vertx;
    Context context;
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<RedisStore> stores = new ArrayList<>();

    @BeforeEach
    final void startVertx() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
    }

    @AfterEach
    final void stopAll() throws Exception {
        for (RedisStore store : stores) get(store::close);
        get(vertx::close);
        for (AutoCloseable each : toClose.reversed()) each.close();
    }

    final <T extends AutoCloseable> T closing(T resource) {
        toClose.add(resource);
        return resource;
    }

    final RedisStore store(String address) {
        return store(new RedisSettings(RedisAddress.read(address), Optional.empty(), QUICK));
    }

    final RedisStore store(RedisSettings settings) {
        RedisStore store = new RedisStore(vertx, settings, DOMAIN, data);
        stores.add(store);
        return store;
    }

    final long take(RedisStore store) {
        return get(() -> store.lease().take(Duration.ofSeconds(6)));
    }

    final Opened open(RedisStore store, long epoch) {
        return get(() -> store.open(epoch));
    }

    final Writer writer(Opened opened, long epoch) {
        return new Writer(vertx, context, opened.journal(), opened.findings().acknowledgedSeq() + 1, epoch).start();
    }

    final List<Entry> all(Opened opened) {
        List<Entry> read = new ArrayList<>();
        while (true) {
            long from = read.size() + 1L;
            List<Entry> page = get(() -> opened.journal().read(from, 1_000));
            if (page.isEmpty()) return read;
            read.addAll(page);
        }
    }

    /// Everything that was acknowledged is there, in order and once.
    final void assertWhole(Opened opened, Writer writer) {
        writer.stop();
        assertEquals(List.of(), writer.outOfOrder());
        assertSame(writer.everything(), all(opened));
    }

    /// Names the first entry that differs, and not all of them.
    static void assertSame(List<Entry> expected, List<Entry> found) {
        for (int n = 0; n < Math.min(expected.size(), found.size()); n++) {
            assertEquals(expected.get(n).seq(), found.get(n).seq());
            assertTrue(
                    expected.get(n).equals(found.get(n)),
                    "entry " + expected.get(n).seq() + " is another one");
        }
        assertEquals(expected.size(), found.size());
    }

    /// Asks on the context, and waits outside.
    final <T> T get(Supplier<Future<T>> asked) {
        try {
            return wait(asked);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    final Throwable failure(Supplier<? extends Future<?>> asked) {
        return assertThrows(
                        ExecutionException.class, () -> wait(() -> asked.get().mapEmpty()))
                .getCause();
    }

    private <T> T wait(Supplier<Future<T>> asked) throws ExecutionException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.runOnContext(_ -> asked.get().onComplete(done -> {
            if (done.succeeded()) answer.complete(done.result());
            else answer.completeExceptionally(done.cause());
        }));
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
