package org.helpline.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.store.Journal.Entry;
import org.helpline.store.JournalFailure.Kind;
import org.helpline.store.Snapshots.Snapshot;

/// What [InMemoryStore]s share, as the processes of one domain share a server, and the faults that a test wants of it.
public final class InMemoryContents {
    private static final int SNAPSHOTS_KEPT = 2;

    private final String name;
    private final int capacity;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
    private final ArrayDeque<Runnable> hanging = new ArrayDeque<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final Map<InMemoryStore, Consumer<String>> losers = new HashMap<>();
    private Health health = Health.WELL;
    private Optional<InMemoryStore> holder = Optional.empty();
    private long nextSeq = 1;
    private long acknowledged;
    private long awayThrough;
    private long epoch;

    /// How the contents answer.
    public enum Health {
        WELL,
        /// Everything fails as [Kind#AWAY], and nothing is done.
        AWAY,
        /// Nothing answers. What was asked is done, in order, when this ends.
        HANGING,
        /// What was asked is done, but the answers are lost: everything fails as [Kind#AWAY].
        ANSWERS_LOST
    }

    public InMemoryContents() {
        this("memory-" + UUID.randomUUID(), 10_000_000);
    }

    /// @param capacity entries that fit; more are refused as [Kind#AWAY] until there is room
    public InMemoryContents(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    public synchronized void become(Health next) {
        health = next;
        while (health != Health.HANGING && !hanging.isEmpty())
            hanging.removeFirst().run();
    }

    /// The newest entries are gone, though they were acknowledged: what a promoted replica does.
    public synchronized void loseNewest(int count) {
        for (int n = 0; n < count && !entries.isEmpty(); n++)
            nextSeq = entries.pollLastEntry().getKey();
    }

    /// The owner's process ends without a word, and its lease with it.
    public synchronized void ownerDies() {
        holder.ifPresent(losers::remove);
        holder = Optional.empty();
        tellWaiting();
    }

    /// Another owner takes the domain over.
    public synchronized void fence() {
        epoch++;
        Optional<InMemoryStore> loser = holder;
        holder = Optional.empty();
        loser.map(losers::remove).ifPresent(told -> told.accept("another owner has epoch " + epoch));
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    public synchronized Optional<Snapshot> newestSnapshot() {
        return newest(Long.MAX_VALUE);
    }

    String name() {
        return name;
    }

    synchronized long epoch() {
        return epoch;
    }

    synchronized <T> Future<T> ask(Supplier<Future<T>> work) {
        return switch (health) {
            case WELL -> work.get();
            case AWAY -> InMemoryStore.away("the contents are away");
            case ANSWERS_LOST ->
                work.get()
                        .transform(done -> done.failed()
                                ? Future.failedFuture(done.cause())
                                : InMemoryStore.away("the answer was lost"));
            case HANGING -> {
                Promise<T> later = Promise.promise();
                hanging.add(() -> work.get().onComplete(later));
                yield later.future();
            }
        };
    }

    synchronized boolean fenceBelow(long opened) {
        if (opened < epoch) return false;
        epoch = opened;
        return true;
    }

    synchronized boolean isFenced(long of) {
        return of < epoch;
    }

    synchronized DomainStore.Findings findings() {
        long last = nextSeq - 1;
        List<String> told = acknowledged <= last
                ? List.of()
                : List.of("entries " + nextSeq + " to " + acknowledged + " were acknowledged and are lost");
        return new DomainStore.Findings(last, Math.max(acknowledged, last), told);
    }

    synchronized Future<Void> append(List<Entry> batch) {
        if (batch.isEmpty() || isThere(batch)) return Future.succeededFuture();
        long first = batch.getFirst().seq();
        if (first > nextSeq && first <= awayThrough + 1) {
            return InMemoryStore.away("entry " + nextSeq + " was not written yet");
        }
        long expected = nextSeq;
        for (Entry entry : batch) {
            if (entry.seq() != expected++) {
                return InMemoryStore.failed(
                        Kind.GAP, "entry " + entry.seq() + " appended where " + (expected - 1) + " was expected");
            }
        }
        if (entries.size() + batch.size() > capacity) return InMemoryStore.away(capacity + " entries are there: full");
        for (Entry entry : batch) entries.put(entry.seq(), entry);
        nextSeq = expected;
        acknowledged = Math.max(acknowledged, nextSeq - 1);
        return Future.succeededFuture();
    }

    /// What was pipelined behind this batch is not at fault when it is found in the wrong place.
    synchronized void notWritten(List<Entry> batch, Throwable why) {
        if (batch.isEmpty() || !(why instanceof JournalFailure failure) || failure.kind() != Kind.AWAY) return;
        awayThrough = batch.getLast().seq();
    }

    private boolean isThere(List<Entry> batch) {
        return batch.stream().allMatch(entry -> entry.equals(entries.get(entry.seq())));
    }

    synchronized List<Entry> read(long fromSeq, int most) {
        return entries.tailMap(fromSeq).values().stream().limit(most).toList();
    }

    synchronized Future<Void> trim(long beforeSeq) {
        entries.headMap(beforeSeq).clear();
        return Future.succeededFuture();
    }

    synchronized Future<Void> restartAt(long next) {
        if (next < nextSeq) {
            return InMemoryStore.failed(
                    Kind.GAP, "numbering cannot restart at " + next + ": " + (nextSeq - 1) + " was given already");
        }
        entries.clear();
        nextSeq = next;
        acknowledged = next - 1;
        return Future.succeededFuture();
    }

    synchronized Journal.Size size() {
        long first = entries.isEmpty() ? nextSeq : entries.firstKey();
        long bytes = entries.values().stream()
                .mapToLong(entry -> entry.body().length())
                .sum();
        return new Journal.Size(first, nextSeq - 1, bytes);
    }

    synchronized Future<Void> save(Snapshot snapshot) {
        snapshots.put(snapshot.seq(), snapshot);
        while (snapshots.size() > SNAPSHOTS_KEPT) snapshots.pollFirstEntry();
        return Future.succeededFuture();
    }

    synchronized Optional<Snapshot> newest(long upTo) {
        return Optional.ofNullable(snapshots.floorEntry(upTo)).map(Map.Entry::getValue);
    }

    synchronized OptionalLong takeLease(InMemoryStore by) {
        if (holder.isPresent() && holder.get() != by) return OptionalLong.empty();
        holder = Optional.of(by);
        return OptionalLong.of(++epoch);
    }

    synchronized void whenFree(Runnable task) {
        waiting.add(task);
    }

    synchronized void whenLost(InMemoryStore by, Consumer<String> why) {
        losers.put(by, why);
    }

    synchronized void releaseLease(InMemoryStore by) {
        losers.remove(by);
        if (holder.isEmpty() || holder.get() != by) return;
        holder = Optional.empty();
        tellWaiting();
    }

    private void tellWaiting() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }
}
