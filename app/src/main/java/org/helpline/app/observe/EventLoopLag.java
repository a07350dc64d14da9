package org.helpline.app.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How late event loops are: ten times a second each is given a task from a thread outside, and what that
/// task waits is what every call on the loop waits. A loop that is blocked now shows in the gauge,
/// before its task has run at all.
final class EventLoopLag implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Meters meters;
    private final ScheduledExecutorService outside = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("event-loop-lag").factory());

    EventLoopLag(MeterRegistry registry) {
        this.meters = new Meters(registry);
    }

    /// @param loop a word for what runs on the context
    void watch(Context context, String loop) {
        Timer lag = meters.machine(
                "helpline.event.loop.lag", "Time that work had to wait for its event loop", Meters.tag("loop", loop));
        AtomicLong waitingSince = new AtomicLong(); // 0: nothing waits
        meters.gauge(
                "helpline.event.loop.blocked.seconds",
                "How long the event loop has not come to its next piece of work, 0 when it does",
                Meters.tag("loop", loop),
                () -> blocked(waitingSince.get()));
        var _ = outside.scheduleAtFixedRate(
                () -> ask(context, lag, waitingSince), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// One task at a time: those behind it would wait for the same thing.
    private static void ask(Context context, Timer lag, AtomicLong waitingSince) {
        long asked = System.nanoTime();
        if (!waitingSince.compareAndSet(0, asked)) return;
        context.runOnContext(_ -> {
            lag.record(System.nanoTime() - asked, TimeUnit.NANOSECONDS);
            waitingSince.set(0);
        });
    }

    private static double blocked(long since) {
        return since == 0 ? 0 : (System.nanoTime() - since) / 1e9;
    }

    @Override
    public void close() {
        outside.shutdownNow();
    }
}
