package org.helpline.app.owner;

import java.util.List;
import org.helpline.store.Journal;

/// One turn on its way into the journal.
final class JournalBatch {
    /// What an entry takes in memory besides its body, roughly.
    private static final int ENTRY_OVERHEAD = 250;

    private final List<Journal.Entry> entries;
    private final Runnable release;
    private final long tick;
    private final long bytes;
    private boolean acknowledged;

    /// @param release its effects
    /// @param tick when it was appended
    JournalBatch(List<Journal.Entry> entries, Runnable release, long tick) {
        this.entries = entries;
        this.release = release;
        this.tick = tick;
        this.bytes = entries.stream()
                .mapToLong(entry -> ENTRY_OVERHEAD + entry.body().length())
                .sum();
        this.acknowledged = entries.isEmpty();
    }

    /// Its entries behind this one, once more; its effects are out already.
    JournalBatch behind(long seq) {
        return new JournalBatch(
                entries.stream().filter(entry -> entry.seq() > seq).toList(), () -> {}, tick);
    }

    List<Journal.Entry> entries() {
        return entries;
    }

    long firstSeq() {
        return entries.getFirst().seq();
    }

    long lastSeq() {
        return entries.getLast().seq();
    }

    long bytes() {
        return bytes;
    }

    long tick() {
        return tick;
    }

    boolean acknowledged() {
        return acknowledged;
    }

    void acknowledge() {
        acknowledged = true;
    }

    void release() {
        release.run();
    }
}
