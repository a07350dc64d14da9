package org.helpline.store.embedded;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.helpline.store.JournalFailure;

/// One thread for what takes its time with files, beside the journal's own. Answers come on the context of whoever
/// asked.
final class Worker {
    private static final int QUEUE = 64;

    private final Vertx vertx;
    private final ThreadPoolExecutor thread;

    Worker(Vertx vertx, String name) {
        this.vertx = vertx;
        thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    <T> Future<T> submit(Callable<T> work) {
        Promise<T> done = Promise.promise();
        Context context = vertx.getOrCreateContext();
        try {
            thread.execute(() -> {
                try {
                    T result = work.call();
                    tell(context, () -> done.complete(result));
                } catch (Exception e) {
                    JournalFailure failure = asFailure(e);
                    tell(context, () -> done.fail(failure));
                }
            });
        } catch (RejectedExecutionException e) {
            String why = thread.isShutdown() ? "this store was closed" : QUEUE + " wait for its files already";
            return Future.failedFuture(new JournalFailure(JournalFailure.Kind.AWAY, why, e));
        }
        return done.future();
    }

    /// What was submitted is still done.
    void close() {
        thread.shutdown();
    }

    /// Says it on that context, as long as it is there.
    static void tell(Context context, Runnable answer) {
        try {
            context.runOnContext(_ -> answer.run());
        } catch (RejectedExecutionException _) {
            // Vert.x was closed meanwhile: nobody waits for the answer any more.
        }
    }

    static JournalFailure asFailure(Exception e) {
        return e instanceof JournalFailure failure
                ? failure
                : new JournalFailure(JournalFailure.Kind.AWAY, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
}
