package org.helpline.store.embedded;

import java.util.OptionalInt;

/// Rows that follow each other.
final class Run {
    private OptionalInt before;
    private long seq;
    private long count;

    /// @param before checksum of the entry before the first, if that is known
    /// @param seq its number
    Run(OptionalInt before, long seq) {
        this.before = before;
        this.seq = seq;
    }

    boolean takes(Row row) {
        if (row.entry().seq() != seq + 1) return false;
        if (before.isPresent() && before.getAsInt() != row.before()) return false;
        before = OptionalInt.of(row.crc());
        seq++;
        count++;
        return true;
    }

    String whyNot(Row row) {
        return row.entry().seq() == seq + 1
                ? "entry " + row.entry().seq() + " does not follow the one before it"
                : "entry " + (seq + 1) + " is missing";
    }

    long count() {
        return count;
    }

    Link last() {
        return new Link(seq, before.orElse(0));
    }

    /// Where the next entry continues.
    record Link(long seq, int crc) {}
}
