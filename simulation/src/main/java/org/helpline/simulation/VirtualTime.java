package org.helpline.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.helpline.app.owner.Scheduler;
import org.helpline.telephony.simulated.Schedule;

/// A clock that moves only when told, for the owner of a domain and for its carrier. What is due at the same
/// moment runs in the order in which it was asked for, so that a run depends on its seed alone.
public final class VirtualTime implements Scheduler, Schedule {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing((Task task) -> task.at).thenComparingLong(task -> task.order));
    private Instant now;
    private long order;

    public VirtualTime(Instant start) {
        now = start;
    }

    /// Something that will be done, and can be called off both as the scheduler's and as the schedule's
    /// callers do it.
    public interface Due extends Runnable, Schedule.Cancel {}

    private static final class Task implements Due {
        private final Instant at;
        private final long order;
        private Runnable work;

        Task(Instant at, long order, Runnable work) {
            this.at = at;
            this.order = order;
            this.work = work;
        }

        /// Calls it off: the scheduler answers with a `Runnable` for that.
        @Override
        public void run() {
            cancel();
        }

        /// It keeps its place in the queue, so that calling off takes no time.
        @Override
        public void cancel() {
            work = () -> {};
        }

        void perform() {
            work.run();
        }
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Due after(Duration delay, Runnable work) {
        Task task = new Task(now.plus(delay), order++, work);
        tasks.add(task);
        return task;
    }

    /// Runs what is due until then, or until the condition holds.
    ///
    /// @return whether the condition holds
    public boolean runUntil(Instant end, BooleanSupplier enough) {
        while (!enough.getAsBoolean()) {
            Task next = tasks.peek();
            if (next == null || next.at.isAfter(end)) {
                if (end.isAfter(now)) now = end;
                return enough.getAsBoolean();
            }
            tasks.remove();
            now = next.at;
            next.perform();
        }
        return true;
    }

    public void runUntil(Instant end) {
        runUntil(end, () -> false);
    }

    public void pass(Duration time) {
        runUntil(now.plus(time));
    }
}
