package org.helpline.telephony.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// A clock that moves only when told.
public final class VirtualTime implements Schedule {
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private long nowNanos;
    private long order;

    private record Due(long atNanos, long order, Runnable action) {}

    @Override
    public Cancel after(Duration delay, Runnable action) {
        Due entry = new Due(nowNanos + delay.toNanos(), order++, action);
        due.add(entry);
        return () -> due.remove(entry);
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    public Duration passed() {
        return Duration.ofNanos(nowNanos);
    }

    public void pass(Duration time) {
        runUntil(nowNanos + time.toNanos(), () -> false);
    }

    /// Runs until the condition holds or the time is over; says which.
    public boolean passUntil(BooleanSupplier condition, Duration atMost) {
        return runUntil(nowNanos + atMost.toNanos(), condition);
    }

    private boolean runUntil(long endNanos, BooleanSupplier stop) {
        while (!stop.getAsBoolean()) {
            Due next = due.peek();
            if (next == null || next.atNanos() > endNanos) {
                nowNanos = endNanos;
                return stop.getAsBoolean();
            }
            due.remove();
            nowNanos = next.atNanos();
            next.action().run();
        }
        return true;
    }
}
