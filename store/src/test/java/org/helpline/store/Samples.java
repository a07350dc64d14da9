package org.helpline.store;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.helpline.store.Journal.Entry;
import org.helpline.store.Snapshots.Snapshot;

/// Entries that differ in every field, by number alone: the same number gives the same entry.
public final class Samples {
    private static final Instant START = Instant.parse("2026-11-01T08:00:00.123456789Z");

    private Samples() {}

    public static Entry entry(long seq) {
        return entry(seq, 1);
    }

    public static Entry entry(long seq, long epoch) {
        Random random = new Random(seq);
        byte[] body = new byte[random.nextInt(20, 600)];
        random.nextBytes(body);
        return new Entry(
                "domain ø",
                epoch,
                seq,
                START.plusNanos(seq * 7_000_001),
                seq % 3 == 0 ? Optional.empty() : Optional.of("c-" + seq / 5),
                "type-" + seq % 7,
                (int) (1 + seq % 3),
                Buffer.buffer(body));
    }

    /// @param to inclusive
    public static List<Entry> entries(long from, long to) {
        return entries(from, to, 1);
    }

    public static List<Entry> entries(long from, long to, long epoch) {
        List<Entry> made = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) made.add(entry(seq, epoch));
        return made;
    }

    public static Snapshot snapshot(long seq) {
        return snapshot(seq, 5_000);
    }

    public static Snapshot snapshot(long seq, int bytes) {
        byte[] body = new byte[bytes];
        new Random(-seq).nextBytes(body);
        return new Snapshot(seq, 1, START.plusMillis(seq), 3, Buffer.buffer(body));
    }
}
