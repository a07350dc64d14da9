package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
}
