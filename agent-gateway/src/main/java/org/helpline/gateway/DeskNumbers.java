package org.helpline.gateway;

/// How messages to desks are numbered, so that a number means the same after a restart: a message that entry S of the
/// journal led to has the number S * 1024 + k, where k counts what this desk is told because of S. What no entry led
/// to goes on counting behind the newest entry. One of these serves all desks.
///
/// The journal leaves numbers out when a store has lost entries that were acknowledged: a desk that has seen one of
/// those numbers has seen what never happened now.
final class DeskNumbers {
    static final long PER_ENTRY = 1_024;

    /// What this run does not know of ends here: an entry of the journal, and the last number that belongs to it.
    private long start;
    private long newest;
    private long lostFrom = 1;
    private long lostTo;

    /// Begins behind this entry.
    void startAfter(long entry) {
        start = last(entry);
        newest = entry;
        lostFrom = 1;
        lostTo = 0;
    }

    DeskNumbers() {
        startAfter(0);
    }

    /// Takes note of entries that follow.
    void entries(long first, long last) {
        if (last < first) return;
        if (first <= newest) {
            throw new IllegalStateException("entry " + first + " of the journal comes after entry " + newest);
        }
        if (first > newest + 1) lost(newest + 1, first - 1);
        newest = last;
    }

    /// One loss is remembered exactly; what a desk saw before an earlier one is too old from now on.
    private void lost(long firstEntry, long lastEntry) {
        if (lostTo > 0) start = lostTo;
        lostFrom = first(firstEntry);
        lostTo = last(lastEntry);
    }

    /// The number of the first message that this entry leads to.
    static long first(long entry) {
        return entry * PER_ENTRY;
    }

    private static long last(long entry) {
        return first(entry + 1) - 1;
    }

    /// All that was told beyond this number is known here.
    long start() {
        return start;
    }

    /// The first number of the newest entry.
    long now() {
        return first(newest);
    }

    /// The highest number that can have been given to anyone.
    long top() {
        return last(newest);
    }

    boolean isLost(long number) {
        return lostFrom <= number && number <= lostTo;
    }
}
