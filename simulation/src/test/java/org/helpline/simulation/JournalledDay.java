package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchSnapshot;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.store.DomainStore;
import org.helpline.store.InMemoryContents;
import org.helpline.store.InMemoryStore;
import org.helpline.store.Journal;
import org.helpline.store.Snapshots;
import org.helpline.store.embedded.EmbeddedStore;
import org.helpline.store.embedded.Mutation;

/// A simulated day up to a moment in the middle of it, what was true after each of its entries, and data folders as
/// different lives left them then.
final class JournalledDay {
    private static final int CALLS = 60;
    private static final int CHECKPOINT_EVERY = 100;
    private static final long PATIENCE_SECONDS = 60;

    final long seed;
    final List<Journal.Entry> entries;
    final List<DomainEvent> events;
    private final Map<Integer, SwitchSnapshot> checkpoints = new TreeMap<>();
    private final Map<Long, String> digests = new TreeMap<>();
    private final JsonEventCodec codec = new JsonEventCodec();
    private final JsonSnapshotCodec snapshots = new JsonSnapshotCodec();

    /// @param folder a sound one
    /// @param older the same, as it was some time before
    record Left(String name, JournalledDay day, Path folder, Path older) {}

    JournalledDay(long seed) {
        this.seed = seed;
        List<Journal.Entry> all = day(seed);
        // Where much is going on: at the end of the day there is nothing left.
        entries = all.subList(0, endOfTurn(all, all.size() * 2 / 3));
        events = entries.stream()
                .map(entry -> codec.decode(new EventCodec.Encoded(entry.type(), entry.version(), entry.body())))
                .toList();
        SwitchState state = new SwitchState();
        for (int n = 0; n < events.size(); n++) {
            if (n % CHECKPOINT_EVERY == 0) checkpoints.put(n, state.snapshot());
            state.apply(events.get(n));
        }
    }

    private static List<Journal.Entry> day(long seed) {
        InMemoryContents contents = new InMemoryContents();
        InMemoryStore store = new InMemoryStore(contents);
        Journal journal = store.lease()
                .take(Duration.ZERO)
                .compose(store::open)
                .map(DomainStore.Opened::journal)
                .result();
        assertEquals(
                Optional.empty(),
                new SimulatedDomain(Scenario.wild(seed, CALLS), journal).run().breach());
        return contents.entries();
    }

    private int endOfTurn(List<Journal.Entry> of, int seq) {
        int end = seq;
        while (codec.goesOn(of.get(end - 1).body())) end++;
        return end;
    }

    boolean isEndOfTurn(long seq) {
        return seq == 0 || !codec.goesOn(entries.get((int) seq - 1).body());
    }

    long lastSeq() {
        return entries.size();
    }

    /// The state after so many entries.
    SwitchState after(long seq) {
        int from = (int) seq / CHECKPOINT_EVERY * CHECKPOINT_EVERY;
        SwitchState state = checkpoints.containsKey(from) ? SwitchState.restore(checkpoints.get(from)) : null;
        if (state == null) {
            from -= CHECKPOINT_EVERY;
            state = SwitchState.restore(checkpoints.get(from));
        }
        events.subList(from, (int) seq).forEach(state::apply);
        return state;
    }

    String digestAfter(long seq) {
        return digests.computeIfAbsent(seq, one -> after(one).digest());
    }

    // ---- folders

    List<Left> leave(Vertx vertx, Path scratch) throws Exception {
        return List.of(
                leave(vertx, scratch, "killed", true, false, false),
                leave(vertx, scratch, "killed before its first snapshot", false, false, false),
                leave(vertx, scratch, "trimmed and killed", true, true, false),
                leave(vertx, scratch, "stopped in order", true, true, true));
    }

    private Left leave(
            Vertx vertx, Path scratch, String name, boolean hasSnapshots, boolean isTrimmed, boolean isClosed)
            throws Exception {
        Path root = scratch.resolve("day " + seed).resolve(name);
        Path live = root.resolve("live");
        Path older = root.resolve("older");
        Path left = root.resolve("left");
        long first = endOfTurn(entries, entries.size() * 2 / 5);
        long second = endOfTurn(entries, entries.size() * 4 / 5);
        EmbeddedStore store = new EmbeddedStore(vertx, live);
        DomainStore.Opened opened = get(store.lease().take(Duration.ZERO).compose(store::open));
        append(opened, 1, first);
        if (hasSnapshots) save(opened, first);
        append(opened, first + 1, second);
        Mutation.copy(live, older);
        if (hasSnapshots) save(opened, second);
        if (isTrimmed) get(opened.journal().trim(second - 40));
        append(opened, second + 1, lastSeq());
        if (isClosed) get(store.close());
        Mutation.copy(live, left);
        if (!isClosed) get(store.close());
        return new Left(name, this, left, older);
    }

    private void append(DomainStore.Opened to, long first, long last) throws Exception {
        for (long seq = first; seq <= last; seq += 50) {
            get(to.journal().append(entries.subList((int) seq - 1, (int) Math.min(last, seq + 49))));
        }
    }

    private void save(DomainStore.Opened to, long seq) throws Exception {
        Journal.Entry last = entries.get((int) seq - 1);
        get(to.snapshots()
                .save(new Snapshots.Snapshot(
                        seq,
                        last.epoch(),
                        last.at(),
                        snapshots.version(),
                        snapshots.encode(after(seq).snapshot()))));
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static Path copy(Path from, Path to) throws IOException {
        Mutation.copy(from, to);
        return to;
    }
}
