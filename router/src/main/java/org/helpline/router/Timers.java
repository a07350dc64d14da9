package org.helpline.router;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.router.Event.TimerStarted;

/// Timers that run, and the counter their generations come from.
final class Timers {
    private final Map<TimerKey, TimerStarted> running = new HashMap<>();
    private long newestGeneration;

    void start(TimerStarted timer) {
        Checks.follows(timer.generation() > newestGeneration, timer, "generation " + newestGeneration + " came before");
        newestGeneration = timer.generation();
        running.put(timer.key(), timer);
    }

    void cancel(Event.TimerCancelled cancelled) {
        Checks.follows(running.remove(cancelled.key()) != null, cancelled, "no timer " + cancelled.key() + " runs");
    }

    void restore(List<TimerStarted> timers, long generation) {
        timers.forEach(timer -> running.put(timer.key(), timer));
        newestGeneration = generation;
    }

    Optional<TimerStarted> running(TimerKey key) {
        return Optional.ofNullable(running.get(key));
    }

    long newestGeneration() {
        return newestGeneration;
    }

    /// Ordered by key.
    List<TimerStarted> all() {
        return running.values().stream()
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .toList();
    }
}
