package org.helpline.telephony.asterisk;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// How long this machine let a thread wait that wanted to run: what is measured in milliseconds is no more exact.
public final class Stalls implements AutoCloseable {
    private static final long STEP_NANOS = 5_000_000;

    private volatile long longestNanos;
    private volatile boolean closed;

    public Stalls() {
        Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        while (!closed) {
            long before = System.nanoTime();
            LockSupport.parkNanos(STEP_NANOS);
            longestNanos = Math.max(longestNanos, System.nanoTime() - before - STEP_NANOS);
        }
    }

    public Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    @Override
    public void close() {
        closed = true;
    }
}
