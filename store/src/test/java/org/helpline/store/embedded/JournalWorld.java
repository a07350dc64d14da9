package org.helpline.store.embedded;

import static org.helpline.store.Samples.entries;
import static org.helpline.store.Samples.snapshot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.helpline.store.DomainStore.Opened;

/// A sound data folder, as some life left it: what is to happen to copies of it.
///
/// @param folder as it is
/// @param older as it was, some time before
/// @param firstSeq of the entries in it
/// @param lastSeq of the entries in it
/// @param snapshotSeq of the newest snapshot
record JournalWorld(String name, Path folder, Path older, long firstSeq, long lastSeq, long snapshotSeq) {
    static final long EPOCH = 1;

    private static final long PATIENCE_SECONDS = 60;

    static List<JournalWorld> all(Vertx vertx, Path scratch) throws Exception {
        return List.of(
                make(vertx, scratch, "killed early", 120, 50, false, false),
                make(vertx, scratch, "killed late", 4_000, 3_400, false, false),
                make(vertx, scratch, "stopped in order", 900, 500, false, true),
                make(vertx, scratch, "trimmed and killed", 2_500, 2_200, true, false),
                make(vertx, scratch, "trimmed and stopped", 1_200, 900, true, true));
    }

    private static JournalWorld make(
            Vertx vertx, Path scratch, String name, long last, long snapshot, boolean isTrimmed, boolean isClosed)
            throws Exception {
        Path folder = scratch.resolve(name);
        Path older = scratch.resolve(name + ", older");
        Path copy = scratch.resolve(name + ", copied");
        EmbeddedStore store = new EmbeddedStore(vertx, folder);
        get(store.lease().take(Duration.ZERO));
        Opened opened = get(store.open(EPOCH));
        append(opened, 1, snapshot / 2);
        get(opened.snapshots().save(snapshot(snapshot / 2)));
        append(opened, snapshot / 2 + 1, snapshot);
        Mutation.copy(folder, older);
        get(opened.snapshots().save(snapshot(snapshot)));
        append(opened, snapshot + 1, last - 10);
        long first = isTrimmed ? snapshot - 40 : 1;
        if (isTrimmed) get(opened.journal().trim(first));
        append(opened, last - 9, last);
        if (isClosed) get(store.close());
        Mutation.copy(folder, copy);
        if (!isClosed) get(store.close());
        return new JournalWorld(name, copy, older, first, last, snapshot);
    }

    private static void append(Opened to, long first, long last) throws Exception {
        for (long seq = first; seq <= last; seq += 3) {
            Future<Void> written = to.journal().append(entries(seq, Math.min(last, seq + 2), EPOCH));
            // Mostly pipelined, as a busy owner does it.
            if (seq % 60 == 1 || seq + 3 > last) get(written);
        }
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    Path copy(Path to) throws IOException {
        Mutation.copy(folder, to);
        return to;
    }
}
