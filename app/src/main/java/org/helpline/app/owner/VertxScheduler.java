package org.helpline.app.owner;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Real time on one Vert.x context.
public final class VertxScheduler implements Scheduler {
    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;

    public VertxScheduler(Vertx vertx, Context context, InstantSource clock) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        // Vert.x timers take whole milliseconds; rounding up keeps a timer from firing before it is due.
        long millis = Math.max(1, delay.plusNanos(999_999).toMillis());
        long id = vertx.setTimer(millis, _ -> context.runOnContext(_ -> task.run()));
        return () -> vertx.cancelTimer(id);
    }
}
