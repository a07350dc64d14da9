package org.helpline.simulation.kill;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// How long this machine kept those waiting who look on, measured by the same kinds of threads that read their
/// packets and frames: nothing is noted later than that after it came.
final class Stalls implements AutoCloseable {
    private static final long EVERY_MS = 20;

    private final AtomicLong longestNanos = new AtomicLong();
    private final Vertx vertx;
    private final long timer;
    private volatile boolean closed;
    private long lastTick = System.nanoTime();

    /// @param vertx reads the frames of sockets
    Stalls(Vertx vertx) {
        this.vertx = vertx;
        Thread.ofVirtual().start(this::watch);
        timer = vertx.setPeriodic(EVERY_MS, _ -> lastTick = since(lastTick));
    }

    Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    private void watch() {
        long last = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(EVERY_MS * 1_000_000);
            last = since(last);
        }
    }

    private long since(long last) {
        long now = System.nanoTime();
        longestNanos.accumulateAndGet(now - last - EVERY_MS * 1_000_000, Math::max);
        return now;
    }

    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }
}
