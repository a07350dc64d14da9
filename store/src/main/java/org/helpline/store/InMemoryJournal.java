package org.helpline.store;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Keeps the newest entries in memory, in bounds: for tests and simulation. Lost with the process.
public final class InMemoryJournal implements Journal {
    private final String name;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final int capacity;
    private long nextSeq;

    /// @param capacity entries kept, the oldest leave first; at least 1
    public InMemoryJournal(int capacity) {
        this("memory", capacity);
    }

    public InMemoryJournal(String name, int capacity) {
        if (capacity < 1) throw new IllegalArgumentException("capacity must be at least 1, but is " + capacity);
        this.name = name;
        this.capacity = capacity;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        if (batch.isEmpty() || isThere(batch)) return Future.succeededFuture();
        long expected = nextSeq == 0 ? batch.getFirst().seq() : nextSeq;
        for (Entry entry : batch) {
            if (entry.seq() != expected++) {
                return Future.failedFuture(new JournalFailure(
                        JournalFailure.Kind.GAP,
                        "entry " + entry.seq() + " appended where " + (expected - 1) + " was expected"));
            }
        }
        entries.addAll(batch);
        nextSeq = expected;
        while (entries.size() > capacity) entries.removeFirst();
        return Future.succeededFuture();
    }

    private boolean isThere(List<Entry> batch) {
        return batch.getLast().seq() < nextSeq && List.copyOf(entries).containsAll(batch);
    }

    @Override
    public Future<List<Entry>> read(long fromSeq, int most) {
        return Future.succeededFuture(entries.stream()
                .filter(entry -> entry.seq() >= fromSeq)
                .limit(most)
                .toList());
    }

    @Override
    public Future<Void> trim(long beforeSeq) {
        while (!entries.isEmpty() && entries.getFirst().seq() < beforeSeq) entries.removeFirst();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> restartAt(long next) {
        entries.clear();
        nextSeq = next;
        return Future.succeededFuture();
    }

    @Override
    public Future<Size> size() {
        long next = Math.max(nextSeq, 1);
        long first = entries.isEmpty() ? next : entries.getFirst().seq();
        long bytes = entries.stream().mapToLong(entry -> entry.body().length()).sum();
        return Future.succeededFuture(new Size(first, next - 1, bytes));
    }
}
