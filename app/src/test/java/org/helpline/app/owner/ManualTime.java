package org.helpline.app.owner;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that passes only when told, and a wall clock that may be set apart from it.
final class ManualTime implements Scheduler {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::order));
    private Duration passed = Duration.ZERO;
    private Instant wallClock = Instant.parse("2026-11-24T09:00:00Z");
    private long order;

    private record Task(Duration at, long order, Runnable work) {}

    @Override
    public Instant now() {
        return wallClock;
    }

    /// Sets the wall clock, as an administrator might.
    void setClock(Instant to) {
        wallClock = to;
    }

    @Override
    public Runnable after(Duration delay, Runnable work) {
        Task task = new Task(passed.plus(delay), order++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    void pass(Duration time) {
        Duration end = passed.plus(time);
        while (!tasks.isEmpty() && tasks.peek().at().compareTo(end) <= 0) {
            Task next = tasks.remove();
            moveTo(next.at());
            next.work().run();
        }
        moveTo(end);
    }

    private void moveTo(Duration at) {
        wallClock = wallClock.plus(at.minus(passed));
        passed = at;
    }
}
