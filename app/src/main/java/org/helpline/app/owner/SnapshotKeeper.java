package org.helpline.app.owner;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.store.Journal;
import org.helpline.store.Snapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves a snapshot of the domain's state now and then, and lets the journal forget what is behind it.
///
/// It has a replica of the state on a thread of its own, so that the owner never pauses for a snapshot.
/// When it cannot follow, it copies the owner's state once and goes on from there.
///
/// The journal keeps what is behind the snapshot before the newest one, and what the contact records
/// have not taken yet; those hold back no more than a bound.
///
/// Threading: [#onTurn] on the owner's context, [#health] and [#close] anywhere.
public final class SnapshotKeeper implements TurnListener {
    private static final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);

    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    private final Store store;
    private final Supplier<StateCopy> owner;
    private final Executor ownerContext;
    private final LongSupplier needed;
    private final Limits limits;
    private final BlockingQueue<Turn> buffer;
    /// Turns are left out until the owner's state has been copied. Changed on the owner's context only.
    private volatile boolean behind;

    private volatile boolean closing;
    private volatile Health health = new Health(0, Optional.empty(), 0, Duration.ZERO, 0, Optional.empty());
    private SwitchState replica = new SwitchState();
    private long seq;
    private Instant at = Instant.EPOCH;
    private long savedSeq;
    private long savedBefore;
    private long savedNanos = System.nanoTime();
    private long triedNanos;
    private boolean heldBackTold;
    private Thread thread;

    private record Turn(long firstSeq, List<DomainEvent> events) {
        long lastSeq() {
            return firstSeq + events.size() - 1;
        }
    }

    /// Where snapshots go, and what they let go.
    public record Store(Journal journal, Snapshots snapshots, SnapshotCodec codec, long epoch) {}

    /// @param entries after so many there is another snapshot
    /// @param atLeast after this time too, when anything has changed
    /// @param buffered turns that wait in memory at most
    /// @param heldBack entries that contact records may keep in the journal at most
    public record Limits(long entries, Duration atLeast, int buffered, long heldBack) {
        public static final Limits DEFAULT = new Limits(20_000, Duration.ofMinutes(10), 50_000, 5_000_000);
    }

    /// @param seq of the newest snapshot
    /// @param savedAt when it was made; empty before the first of this process
    /// @param took how long it took to make and save
    /// @param saved snapshots since the start
    /// @param failing why the last attempt failed
    public record Health(
            long seq, Optional<Instant> savedAt, long bytes, Duration took, long saved, Optional<String> failing) {
        Health because(String why) {
            return new Health(seq, savedAt, bytes, took, saved, Optional.of(why));
        }
    }

    /// @param owner copies the domain's state; asked on the owner's context
    /// @param ownerContext runs something on the owner's context
    /// @param needed the first entry that the contact records still need
    public SnapshotKeeper(
            Store store, Supplier<StateCopy> owner, Executor ownerContext, LongSupplier needed, Limits limits) {
        this.store = store;
        this.owner = owner;
        this.ownerContext = ownerContext;
        this.needed = needed;
        this.limits = limits;
        this.buffer = new ArrayBlockingQueue<>(limits.buffered());
    }

    /// Begins behind a recovery, before the domain's first turn; on the owner's context.
    @Override
    public void onRecovered(Recovered recovered) {
        replica = SwitchState.restore(recovered.state().snapshot());
        seq = recovered.lastSeq();
        at = recovered.lastAt();
        RecoveryReport report = recovered.report();
        savedSeq = report.lost() == 0 ? report.snapshotSeq() : seq;
        savedBefore = 0; // the one before it is not known, so nothing leaves before there are two new ones
        health = new Health(savedSeq, Optional.empty(), 0, Duration.ZERO, 0, Optional.empty());
    }

    public void start() {
        thread = Thread.ofPlatform().name("snapshots").daemon().start(this::run);
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        throw new IllegalStateException("snapshots need to know where events stand in the journal");
    }

    @Override
    public void onTurn(long firstSeq, List<DomainEvent> events) {
        if (behind || buffer.offer(new Turn(firstSeq, events))) return;
        behind = true;
        log.warn("snapshots: the buffer of {} turns is full; the owner's state is copied", limits.buffered());
    }

    public Health health() {
        return health;
    }

    // ---- the thread

    private void run() {
        try {
            while (!closing || !buffer.isEmpty()) {
                follow();
                if (isDue()) save();
            }
            if (seq > savedSeq) save();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            log.error("snapshots: a defect; none is made until the next start", broken);
            health = health.because(broken.toString());
        }
    }

    private void follow() throws InterruptedException {
        if (behind) {
            copy();
            return;
        }
        Turn turn = buffer.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        for (int taken = 0; turn != null; turn = ++taken < 1_000 ? buffer.poll() : null) {
            if (turn.lastSeq() <= seq) continue; // in the copy already
            for (DomainEvent event : turn.events()) {
                replica.apply(event);
                at = event.at().isAfter(at) ? event.at() : at;
            }
            seq = turn.lastSeq();
        }
    }

    private void copy() throws InterruptedException {
        Optional<StateCopy> copied = answer("the owner did not give its state", () -> {
            StateCopy copy = owner.get();
            buffer.clear();
            behind = false;
            return Future.succeededFuture(copy);
        });
        copied.ifPresent(copy -> {
            replica = SwitchState.restore(copy.state());
            seq = copy.seq();
            at = copy.at();
        });
    }

    private boolean isDue() {
        long now = System.nanoTime();
        boolean rests = health.failing().isPresent() && now - triedNanos < AGAIN_AFTER.toNanos();
        if (seq <= savedSeq || rests) return false;
        return seq - savedSeq >= limits.entries()
                || now - savedNanos >= limits.atLeast().toNanos();
    }

    private void save() throws InterruptedException {
        triedNanos = System.nanoTime();
        long saving = seq;
        Buffer body = store.codec().encode(replica.snapshot());
        Snapshots.Snapshot snapshot =
                new Snapshots.Snapshot(saving, store.epoch(), at, store.codec().version(), body);
        boolean saved = answer(
                        "a snapshot is not saved",
                        () -> store.snapshots().save(snapshot).map(true))
                .isPresent();
        if (!saved) return;
        Duration took = Duration.ofNanos(System.nanoTime() - triedNanos);
        savedBefore = savedSeq;
        savedSeq = saving;
        savedNanos = System.nanoTime();
        health = new Health(saving, Optional.of(at), body.length(), took, health.saved() + 1, Optional.empty());
        log.info("snapshot at entry {}: {} bytes in {} ms", saving, body.length(), took.toMillis());
        long before = forgettable();
        answer("the journal is not trimmed", () -> store.journal().trim(before).map(true));
    }

    /// The journal may forget what comes before this entry.
    private long forgettable() {
        long recorded = needed.getAsLong();
        long bound = savedSeq - limits.heldBack();
        if (recorded >= bound) {
            heldBackTold = false;
        } else if (!heldBackTold) {
            heldBackTold = true;
            log.error(
                    "contact records are {} entries behind: the journal keeps {} for them, and forgets what is older",
                    savedSeq - recorded,
                    limits.heldBack());
        }
        return Math.min(savedBefore + 1, Math.max(recorded, bound));
    }

    private <T> Optional<T> answer(String otherwise, Supplier<Future<T>> question) throws InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        ownerContext.execute(() -> {
            try {
                question.get().onSuccess(answer::complete).onFailure(answer::completeExceptionally);
            } catch (RuntimeException broken) {
                answer.completeExceptionally(broken);
            }
        });
        try {
            return Optional.of(answer.get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            failed(otherwise, String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            failed(otherwise, "no answer within " + ANSWERED_WITHIN.toSeconds() + " s");
        }
        return Optional.empty();
    }

    private void failed(String what, String why) {
        if (health.failing().isEmpty()) log.warn("snapshots: {}: {}", what, why);
        health = health.because(why);
    }

    /// Takes what waits, saves a last snapshot, and stops.
    public void close(Duration within) {
        closing = true;
        if (thread == null) return;
        try {
            if (!thread.join(within)) thread.interrupt();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
