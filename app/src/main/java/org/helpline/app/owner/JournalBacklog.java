package org.helpline.app.owner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.helpline.store.Journal;

/// What the journal has not acknowledged, in order, and behind that the newest of what it has.
final class JournalBacklog {
    private final int mostRemembered;
    private final Deque<JournalBatch> remembered = new ArrayDeque<>();
    private final Deque<JournalBatch> sent = new ArrayDeque<>();
    private final Deque<JournalBatch> unsent = new ArrayDeque<>();
    private int rememberedEntries;
    // Read by health checks and scrapes, from any thread.
    private final AtomicInteger entries = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    JournalBacklog(int mostRemembered) {
        this.mostRemembered = mostRemembered;
    }

    int entries() {
        return entries.get();
    }

    long bytes() {
        return bytes.get();
    }

    boolean isEmpty() {
        return sent.isEmpty() && unsent.isEmpty();
    }

    int inFlight() {
        return sent.size();
    }

    boolean allSent() {
        return unsent.isEmpty();
    }

    /// Of the oldest entry that is not acknowledged, if there is one.
    Optional<Long> firstSeq() {
        return Stream.of(sent, unsent)
                .filter(some -> !some.isEmpty())
                .findFirst()
                .map(some -> some.getFirst().firstSeq());
    }

    void add(JournalBatch batch) {
        unsent.add(batch);
        count(batch, 1);
    }

    /// The next one to send, which counts as sent from now on.
    JournalBatch send() {
        JournalBatch next = unsent.remove();
        sent.add(next);
        return next;
    }

    /// Whatever is on its way must be sent again.
    void takeBack() {
        while (!sent.isEmpty()) unsent.addFirst(sent.removeLast());
    }

    void acknowledged(JournalBatch batch) {
        batch.acknowledge();
        while (!sent.isEmpty() && sent.getFirst().acknowledged()) {
            JournalBatch done = sent.remove();
            count(done, -1);
            remember(done);
        }
    }

    private void remember(JournalBatch batch) {
        remembered.add(batch);
        rememberedEntries += batch.entries().size();
        while (rememberedEntries > mostRemembered) forget();
    }

    private void forget() {
        rememberedEntries -= remembered.remove().entries().size();
    }

    /// Gives the oldest turn up.
    ///
    /// @return its entries
    int giveUpOldest() {
        JournalBatch oldest = unsent.remove();
        count(oldest, -1);
        return oldest.entries().size();
    }

    /// Gives up all entries up to this one.
    ///
    /// @return how many
    int giveUpThrough(long seq) {
        takeBack();
        int givenUp = 0;
        while (!unsent.isEmpty() && unsent.getFirst().firstSeq() <= seq) {
            JournalBatch oldest = unsent.getFirst();
            givenUp += giveUpOldest();
            if (oldest.lastSeq() <= seq) continue;
            JournalBatch rest = oldest.behind(seq);
            givenUp -= rest.entries().size();
            unsent.addFirst(rest);
            count(rest, 1);
        }
        return givenUp;
    }

    private void count(JournalBatch batch, int sign) {
        entries.addAndGet(sign * batch.entries().size());
        bytes.addAndGet(sign * batch.bytes());
    }

    /// Whether every entry from this one up to the backlog is in memory.
    boolean remembersFrom(long seq) {
        return !remembered.isEmpty()
                && remembered.getFirst().firstSeq() <= seq
                && seq <= remembered.getLast().lastSeq();
    }

    /// Entries from this one on, though acknowledged, are to be sent again, before all others.
    ///
    /// @return how many
    int sendAgainFrom(long seq) {
        takeBack();
        int again = 0;
        while (!remembered.isEmpty() && remembered.getLast().lastSeq() >= seq) {
            JournalBatch last = remembered.removeLast();
            rememberedEntries -= last.entries().size();
            JournalBatch repeated = last.behind(seq - 1);
            unsent.addFirst(repeated);
            count(repeated, 1);
            again += repeated.entries().size();
        }
        return again;
    }

    void forgetAll() {
        remembered.clear();
        rememberedEntries = 0;
    }

    void clear() {
        forgetAll();
        sent.clear();
        unsent.clear();
        entries.set(0);
        bytes.set(0);
    }

    /// Entries from this one on that the journal has not acknowledged.
    List<Journal.Entry> read(long fromSeq, int most) {
        List<Journal.Entry> found = new ArrayList<>();
        for (Deque<JournalBatch> some : List.of(sent, unsent)) {
            for (Iterator<JournalBatch> batches = some.iterator(); batches.hasNext() && found.size() < most; ) {
                for (Journal.Entry entry : batches.next().entries()) {
                    if (entry.seq() >= fromSeq && found.size() < most) found.add(entry);
                }
            }
        }
        return found;
    }
}
