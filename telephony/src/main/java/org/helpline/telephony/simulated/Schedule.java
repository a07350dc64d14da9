package org.helpline.telephony.simulated;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;

/// Where the simulated carrier gets its time from: virtual in simulation, the event loop's in the demo.
///
/// Actions due at the same moment run in the order in which they were given, one at a time, and never inside
/// `after`.
public interface Schedule {

    Instant now();

    Cancel after(Duration delay, Runnable action);

    @FunctionalInterface
    interface Cancel {
        void cancel();
    }

    /// Timers on the Vert.x context from which `after` is called.
    static Schedule on(Vertx vertx) {
        return new Schedule() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public Cancel after(Duration delay, Runnable action) {
                long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> action.run());
                return () -> vertx.cancelTimer(timer);
            }
        };
    }
}
