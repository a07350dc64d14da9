package org.helpline.app.run;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.helpline.store.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waiting, on the threads that start and stop a Helpline, for what event loops do.
final class Waits {
    private static final Logger log = LoggerFactory.getLogger(Waits.class);

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(5);

    private Waits() {}

    static <T> T await(Future<T> future, String what, Duration within) throws StartFailure {
        try {
            return future.toCompletionStage().toCompletableFuture().get(within.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        } catch (ExecutionException e) {
            int code = e.getCause() instanceof Lease.Held ? StartFailure.OWNED : StartFailure.FAILED;
            throw new StartFailure("cannot " + what + ": " + e.getCause().getMessage(), e, code);
        } catch (TimeoutException e) {
            throw new StartFailure("cannot " + what + " within " + within.toSeconds() + " s", e);
        }
    }

    /// Whether it succeeded within this time; it may do so later.
    static boolean inTime(Future<?> future, Duration within) throws StartFailure {
        try {
            future.toCompletionStage().toCompletableFuture().get(within.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /// For what is closed: it is told when that fails, and that is all.
    static void settle(Future<?> closing, String what) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(SETTLED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("{} did not close cleanly: {}", what, e.toString());
        }
    }
}
