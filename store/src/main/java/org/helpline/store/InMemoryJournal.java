package org.helpline.store;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Keeps the newest entries in memory, in bounds: for tests, and as long as nothing durable is configured. Lost with
/// the process.
public final class InMemoryJournal implements Journal {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final int capacity;

    /// @param capacity entries kept, the oldest leave first; at least 1
    public InMemoryJournal(int capacity) {
        if (capacity < 1) throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
        this.capacity = capacity;
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        long expected = entries.isEmpty() ? -1 : entries.getLast().seq() + 1;
        for (Entry entry : batch) {
            if (expected >= 0 && entry.seq() != expected) {
                return Future.failedFuture(new IllegalStateException(
                        "entry " + entry.seq() + " appended where " + expected + " was expected"));
            }
            expected = entry.seq() + 1;
        }
        entries.addAll(batch);
        while (entries.size() > capacity) entries.removeFirst();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> read(long fromSeq, Consumer<Entry> each) {
        for (Entry entry : entries) if (entry.seq() >= fromSeq) each.accept(entry);
        return Future.succeededFuture();
    }
}
