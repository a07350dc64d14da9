package org.helpline.records;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.helpline.records.fold.Recorded;

/// A journal in memory and its owner's context: one thread that appends, tells the feed and answers its questions.
final class TestJournal implements EventSource, AutoCloseable {
    private final String name;
    private final List<Numbered> entries = new ArrayList<>();
    private final ExecutorService owner =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private long forgotten;
    private int reads;

    TestJournal(String name) {
        this.name = name;
    }

    /// One turn, after which the feed is told.
    void turn(RecordFeed feed, Recorded... events) {
        onOwner(() -> {
            List<Numbered> told = new ArrayList<>();
            for (Recorded event : events) told.add(new Numbered(forgotten + entries.size() + told.size() + 1, event));
            entries.addAll(told);
            feed.tell(told, forgotten + entries.size());
        });
    }

    void forget(int count) {
        onOwner(() -> {
            entries.subList(0, count).clear();
            forgotten += count;
        });
    }

    int reads() {
        int[] answer = new int[1];
        onOwner(() -> answer[0] = reads);
        return answer[0];
    }

    private void onOwner(Runnable work) {
        CompletableFuture.runAsync(work, owner).join();
    }

    @Override
    public String journal() {
        return name;
    }

    @Override
    public CompletableFuture<Chunk> read(long fromSeq, int most, LongConsumer atTheEnd) {
        return CompletableFuture.supplyAsync(
                () -> {
                    reads++;
                    List<Numbered> found = entries.stream()
                            .filter(entry -> entry.seq() >= fromSeq)
                            .toList();
                    boolean end = found.size() <= most;
                    List<Numbered> chunk = end ? found : found.subList(0, most);
                    long first = chunk.isEmpty() ? fromSeq : chunk.getFirst().seq();
                    long last = chunk.isEmpty() ? fromSeq - 1 : chunk.getLast().seq();
                    if (end) atTheEnd.accept(last);
                    return new Chunk(first, last, chunk, end);
                },
                owner);
    }

    @Override
    public void close() {
        owner.close();
    }
}
