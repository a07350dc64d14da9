package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.helpline.app.owner.JournalHealth;
import org.helpline.app.owner.SnapshotKeeper;
import org.helpline.store.Journal;

/// A journal that is watched: what is appended, how long that takes and how often it fails.
final class JournalMetrics implements Journal {
    private final Journal journal;
    private final Counter entries;
    private final Counter failures;
    private final Timer append;
    private final AtomicInteger pending = new AtomicInteger();

    JournalMetrics(Journal journal, MeterRegistry registry) {
        this.journal = journal;
        Meters meters = new Meters(registry);
        entries = meters.counter("helpline.journal.entries", "Entries that the journal has taken", Meters.NONE);
        failures = meters.counter("helpline.journal.failures", "Batches that the journal did not take", Meters.NONE);
        append = meters.machine("helpline.journal.append", "Time until the journal had a turn's entries", Meters.NONE);
        meters.gauge(
                "helpline.journal.appends.pending",
                "Batches that the journal has not acknowledged yet",
                Meters.NONE,
                pending::get);
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        long begun = System.nanoTime();
        pending.incrementAndGet();
        return journal.append(batch).onComplete(written -> {
            pending.decrementAndGet();
            append.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            if (written.succeeded()) entries.increment(batch.size());
            else failures.increment();
        });
    }

    @Override
    public String name() {
        return journal.name();
    }

    @Override
    public Future<List<Entry>> read(long fromSeq, int most) {
        return journal.read(fromSeq, most);
    }

    @Override
    public Future<Void> trim(long beforeSeq) {
        return journal.trim(beforeSeq);
    }

    @Override
    public Future<Void> restartAt(long nextSeq) {
        return journal.restartAt(nextSeq);
    }

    @Override
    public Future<Size> size() {
        return journal.size();
    }

    // ---- how it fares with its owner, and its snapshots

    static void bind(MeterRegistry registry, Supplier<JournalHealth> health) {
        Meters meters = new Meters(registry);
        for (JournalHealth.State state : JournalHealth.State.values()) {
            meters.gauge(
                    "helpline.journal.state",
                    "1 for the state that the journal is in",
                    Meters.tag("state", Meters.word(state)),
                    () -> health.get().state() == state ? 1 : 0);
        }
        meters.gauge(
                "helpline.journal.backlog.entries",
                "Entries in memory that the journal has not acknowledged",
                Meters.NONE,
                () -> health.get().backlogEntries());
        meters.gauge(
                "helpline.journal.backlog.bytes",
                "What these take in memory",
                Meters.NONE,
                () -> health.get().backlogBytes());
        meters.gauge(
                "helpline.journal.acknowledged.seq",
                "Number of the newest entry that the journal has acknowledged",
                Meters.NONE,
                () -> health.get().acknowledgedSeq());
        meters.count(
                "helpline.journal.late.turns",
                "Turns whose effects went out before the journal had answered",
                health,
                JournalHealth::lateTurns);
        meters.count(
                "helpline.journal.rewritten.entries",
                "Acknowledged entries that the journal had lost and got again from memory",
                health,
                JournalHealth::rewritten);
        meters.count(
                "helpline.journal.given.up.entries",
                "Entries that the journal will never have",
                health,
                JournalHealth::givenUp);
    }

    static void bindSnapshots(MeterRegistry registry, Supplier<SnapshotKeeper.Health> health) {
        Meters meters = new Meters(registry);
        meters.count("helpline.snapshots", "Snapshots of the domain's state", health, SnapshotKeeper.Health::saved);
        meters.gauge(
                "helpline.snapshot.seq",
                "Number of the last journal entry in the newest snapshot",
                Meters.NONE,
                () -> health.get().seq());
        meters.gauge(
                "helpline.snapshot.bytes",
                "Size of the newest snapshot",
                Meters.NONE,
                () -> health.get().bytes());
        meters.gauge(
                "helpline.snapshot.seconds",
                "Time to make and save the newest snapshot",
                Meters.NONE,
                () -> health.get().took().toNanos() / 1e9);
        meters.gauge(
                "helpline.snapshots.failing",
                "1 while snapshots cannot be saved, or the journal not be trimmed",
                Meters.NONE,
                () -> health.get().failing().isPresent() ? 1 : 0);
    }
}
