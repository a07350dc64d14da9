package org.helpline.app.owner;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchSnapshot;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.store.DomainStore;
import org.helpline.store.Journal;
import org.helpline.store.Snapshots;

/// Builds a domain's state again: the newest snapshot that can be read, and the journal's entries behind
/// it.
///
/// Damage is cut off and told, and never a reason not to start. After anything was lost the numbering
/// goes on above all numbers that were ever given, behind a fresh snapshot, so that no number is given
/// twice. Only what a newer release has written is refused, with a [NewerRelease]: it can be read, by
/// that release.
///
/// With a store that answers within the call the whole recovery is made within [#run]: so does the
/// simulation, which has `InMemoryStore` and virtual time:
/// ```
/// store.lease().take(patience)
///     .compose(epoch -> store.open(epoch).compose(opened -> new Recovery(opened, codec, snapshots,
/// epoch).run(0)))
///     .onSuccess(recovered -> {
///         Journalling journalling = new Journalling(opened.journal(), time, JournalSettings.DEFAULT);
///         DomainOwner owner = new DomainOwner(domain, new Switchboard(recovered.state(), plan),
/// journalling, ...);
///         owner.recover(recovered);
///         owner.submit(new Input.Configure(settings));
///         owner.open(auditEvery);
///     });
/// ```
///
/// Threading: on the context that the store is called on.
public final class Recovery {
    private static final int CHUNK = 2_000;
    /// What is kept of the events at most; snapshots are made long before that.
    private static final int MOST_TOLD = 250_000;

    private final DomainStore.Opened opened;
    private final EventCodec codec;
    private final SnapshotCodec snapshots;
    private final long epoch;
    private final LongSupplier nanos;
    private final List<String> told = new ArrayList<>();

    public Recovery(DomainStore.Opened opened, EventCodec codec, SnapshotCodec snapshots, long epoch) {
        this(opened, codec, snapshots, epoch, System::nanoTime);
    }

    /// @param nanos for how long it took
    Recovery(DomainStore.Opened opened, EventCodec codec, SnapshotCodec snapshots, long epoch, LongSupplier nanos) {
        this.opened = opened;
        this.codec = codec;
        this.snapshots = snapshots;
        this.epoch = epoch;
        this.nanos = nanos;
    }

    /// @param knownSeq the highest entry that somebody else knows of, such as the contact records; 0 for
    /// none
    public Future<Recovered> run(long knownSeq) {
        long begun = nanos.getAsLong();
        told.addAll(opened.findings().told());
        return snapshot(Long.MAX_VALUE)
                .compose(from -> replay(from, Long.MAX_VALUE))
                .compose(replay -> opened.journal().size().map(size -> lastSeqs(replay, size, knownSeq)))
                .compose(this::numbered)
                .map(end -> recovered(end, Duration.ofNanos(nanos.getAsLong() - begun)));
    }

    // ---- the snapshot

    /// Where a replay begins.
    private record Start(SwitchSnapshot from, long seq, Instant at, Optional<Snapshots.Snapshot> snapshot) {}

    private Future<Start> snapshot(long upTo) {
        return opened.snapshots().newest(upTo).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(new Start(new SwitchState().snapshot(), 0, Instant.EPOCH, found));
            }
            Snapshots.Snapshot snapshot = found.get();
            try {
                return Future.succeededFuture(started(snapshot));
            } catch (NewerRelease newer) {
                return Future.failedFuture(refused("the snapshot at entry " + snapshot.seq(), newer));
            } catch (RuntimeException damaged) {
                told.add("the snapshot at entry " + snapshot.seq() + " cannot be used: " + damaged.getMessage());
                return snapshot(snapshot.seq() - 1);
            }
        });
    }

    private Start started(Snapshots.Snapshot snapshot) {
        SwitchSnapshot from = snapshots.decode(snapshot.body(), snapshot.version());
        SwitchState.restore(from); // which throws when it is not whole
        return new Start(from, snapshot.seq(), snapshot.at(), Optional.of(snapshot));
    }

    private static NewerRelease refused(String what, NewerRelease why) {
        return new NewerRelease("a newer release has written " + what + " (" + why.getMessage()
                + "): start that release, or a newer one; nothing was changed");
    }

    // ---- the entries behind it

    private record Read(Journal.Entry entry, DomainEvent event) {}

    /// A replay while it is made, turn by turn: half a turn is a state that nobody has decided for.
    private static final class Replay {
        private final Start start;
        private final SwitchState state;
        private SwitchSnapshot from;
        private final List<DomainEvent> events = new ArrayList<>();
        private long seq;
        private Instant at;
        private long replayed;
        /// Of a turn that has not been read to its end.
        private final List<Read> turn = new ArrayList<>();

        Replay(Start start) {
            this.start = start;
            this.from = start.from();
            this.state = SwitchState.restore(from);
            this.seq = start.seq();
            this.at = start.at();
        }

        long next() {
            return seq + turn.size() + 1;
        }

        void endTurn() {
            turn.forEach(read -> apply(read.entry(), read.event()));
            turn.clear();
        }

        private void apply(Journal.Entry entry, DomainEvent event) {
            state.apply(event);
            seq = entry.seq();
            if (entry.at().isAfter(at)) at = entry.at();
            replayed++;
            events.add(event);
            if (events.size() < MOST_TOLD) return;
            events.clear();
            from = state.snapshot();
        }
    }

    /// @param upTo the last entry that is used
    private Future<Replay> replay(Start start, long upTo) {
        return more(new Replay(start), upTo);
    }

    private Future<Replay> more(Replay replay, long upTo) {
        return opened.journal().read(replay.next(), CHUNK).compose(entries -> {
            for (Journal.Entry entry : entries) {
                if (entry.seq() > upTo) return Future.succeededFuture(replay);
                if (entry.seq() != replay.next()) {
                    told.add("entries " + replay.next() + " to " + (entry.seq() - 1)
                            + " are not there; what follows them cannot be used");
                    return Future.succeededFuture(replay);
                }
                DomainEvent event;
                try {
                    event = codec.decode(new EventCodec.Encoded(entry.type(), entry.version(), entry.body()));
                } catch (NewerRelease newer) {
                    return Future.failedFuture(refused("entry " + entry.seq(), newer));
                } catch (RuntimeException damaged) {
                    cut(entry, damaged);
                    return Future.succeededFuture(replay);
                }
                replay.turn.add(new Read(entry, event));
                if (codec.goesOn(entry.body())) continue;
                long before = replay.turn.getFirst().entry().seq() - 1;
                try {
                    replay.endTurn();
                } catch (RuntimeException misfit) {
                    cut(replay.turn.get((int) (replay.seq - before)).entry(), misfit);
                    return replay(replay.start, before); // this state is neither that before the turn nor that after it
                }
            }
            return entries.size() < CHUNK ? Future.succeededFuture(replay) : more(replay, upTo);
        });
    }

    private void cut(Journal.Entry entry, RuntimeException why) {
        told.add("entry " + entry.seq() + " (" + entry.type() + ") cannot be used, nor what follows it: "
                + why.getMessage());
    }

    // ---- numbers

    /// @param journalSeq of the journal's last entry
    /// @param lastSeq the highest number that was ever given, as far as that is known
    private record End(Replay replay, long journalSeq, long lastSeq) {
        boolean whole() {
            return replay.seq == lastSeq;
        }
    }

    private End lastSeqs(Replay replay, Journal.Size size, long knownSeq) {
        if (!replay.turn.isEmpty()) {
            told.add("entries " + (replay.seq + 1) + " to " + (replay.next() - 1)
                    + " are the beginning of a turn whose end is not there: it is not carried out");
        }
        long given = Math.max(
                Math.max(replay.seq, size.lastSeq()), Math.max(opened.findings().acknowledgedSeq(), knownSeq));
        return new End(replay, size.lastSeq(), given);
    }

    private Future<End> numbered(End end) {
        Replay replay = end.replay();
        if (end.whole() && end.journalSeq() == end.lastSeq()) return Future.succeededFuture(end);
        if (end.whole()) {
            told.add("the journal ends with entry " + end.journalSeq() + ", the state of entry " + replay.seq
                    + " is in a snapshot");
        } else {
            told.add("the state is that after entry " + replay.seq + ", numbers were given up to " + end.lastSeq()
                    + ": what happened in between is lost, and numbers go on above");
        }
        Snapshots.Snapshot fresh = new Snapshots.Snapshot(
                end.lastSeq(), epoch, replay.at, snapshots.version(), snapshots.encode(replay.state.snapshot()));
        return opened.snapshots()
                .save(fresh)
                .compose(_ -> opened.journal().restartAt(end.lastSeq() + 1))
                .map(end);
    }

    private Recovered recovered(End end, Duration took) {
        Replay replay = end.replay();
        RecoveryReport report = new RecoveryReport(
                replay.start.seq(),
                replay.seq - replay.events.size() + 1,
                replay.replayed,
                end.lastSeq() - replay.seq,
                replay.state.calls().size(),
                took,
                told);
        return new Recovered(
                replay.state, epoch, end.lastSeq(), replay.at, replay.from, List.copyOf(replay.events), report);
    }
}
