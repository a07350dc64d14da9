package org.helpline.app.owner;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.app.owner.JournalHealth.State;
import org.helpline.store.Journal;
import org.helpline.store.JournalFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Between a domain's owner and its journal: a turn's effects are released in the order of the turns,
/// once the journal has the turn, and without it when it does not answer in time. Calls never wait for a
/// journal longer than that.
///
/// ```
///            acknowledged in time               no answer in time
///  HEALTHY ◀──────────────────────▶ SLOW      effects go out after `patience`
///     ▲                               │
///     │ all is written                │ refuses, no answer for `silence`, or the backlog is full
///     └────────────────────────────  AWAY     effects go out at once; entries stay in memory, in bounds
/// ```
///
/// A journal that has lost entries it had acknowledged gets them again from memory. What is in memory no
/// more, or was given up because the backlog was full, is replaced by a fresh snapshot of the state,
/// behind which the journal starts anew. Another owner's journal ends this one's work: nothing is
/// released from then on.
///
/// All time comes from the [Scheduler], and a journal may answer within the call: in virtual time
/// everything here is deterministic.
///
/// Threading: on the owner's context, except [#health].
public final class Journalling {
    private static final Logger log = LoggerFactory.getLogger(Journalling.class);

    private static final int TICKS_OF_PATIENCE = 5;
    private static final Duration CALM = Duration.ofSeconds(5);
    /// For sizes, snapshots and new beginnings, which take longer than an append.
    private static final Duration MENDED_WITHIN = Duration.ofSeconds(30);
    private static final int TOLD_EVERY = 10_000;
    /// Without one entry taken in between.
    private static final int MOST_FILLS = 3;

    private final Journal journal;
    private final Scheduler scheduler;
    private final JournalSettings settings;
    private final Duration tickEvery;
    private final JournalBacklog backlog;
    private final Deque<JournalBatch> waiting = new ArrayDeque<>();
    private final List<Promise<Void>> settling = new ArrayList<>();
    private Supplier<Future<Long>> freshStart =
            () -> Future.failedFuture("there is nowhere to keep a snapshot of the state");
    private Consumer<String> whenFenced = _ -> {};

    private Mode mode = Mode.WRITING;
    private boolean holed;
    private boolean sending;
    private boolean releasing;
    private boolean ticking;
    private long attempt;
    private long tick;
    private long answeredTick;
    private long appendedSeq;
    private int fills;
    private Duration pause;
    private Runnable retry = () -> {};

    // Read from any thread, written on the owner's context alone.
    private volatile Told told;
    private volatile Counts counts = new Counts(0, 0, 0, 0);

    private enum Mode {
        /// The journal is given what comes, before it has answered to what it was given before.
        WRITING,
        /// Now and then it is tried.
        AWAY,
        /// It is given back what it has lost.
        MENDING,
        /// Another owner has it, or this one has stopped.
        ENDED
    }

    private record Told(State state, Instant since, Optional<String> why) {}

    private record Counts(long acknowledgedSeq, long late, long rewritten, long givenUp) {}

    public Journalling(Journal journal, Scheduler scheduler, JournalSettings settings) {
        this.journal = journal;
        this.scheduler = scheduler;
        this.settings = settings;
        this.tickEvery = settings.patience().dividedBy(TICKS_OF_PATIENCE);
        this.backlog = new JournalBacklog(settings.remembered());
        this.pause = settings.retryFirst();
        this.told = new Told(State.HEALTHY, scheduler.now(), Optional.empty());
    }

    /// @param save keeps a snapshot of the state as it is when asked, all turns so far included, and
    /// answers with the number of the last entry in it
    public void freshStartBy(Supplier<Future<Long>> save) {
        freshStart = save;
    }

    /// Runs once, with the reason, when another owner writes this journal.
    public void whenFenced(Consumer<String> stepDown) {
        whenFenced = stepDown;
    }

    /// Goes on behind this entry, which is the newest that the journal has.
    public void startAfter(long seq) {
        appendedSeq = seq;
        counts = new Counts(seq, 0, 0, 0);
    }

    public JournalHealth health() {
        Told now = told;
        Counts so = counts;
        return new JournalHealth(
                now.state(),
                now.since(),
                now.why(),
                backlog.entries(),
                backlog.bytes(),
                so.acknowledgedSeq(),
                so.late(),
                so.rewritten(),
                so.givenUp());
    }

    /// Takes one turn's entries, and releases its effects when it is their time; that may be before this
    /// returns.
    ///
    /// @param entries numbered on from the turn before; empty when nothing happened, which keeps its
    /// place all the
    // same
    public void append(List<Journal.Entry> entries, Runnable release) {
        if (mode == Mode.ENDED) return;
        JournalBatch batch = new JournalBatch(entries, release, tick);
        waiting.add(batch);
        if (!entries.isEmpty()) {
            appendedSeq = batch.lastSeq();
            backlog.add(batch);
            keepInBounds();
            send();
        }
        releaseDue();
        watchTheTime();
    }

    /// Entries from `fromSeq` on, those included that only memory has so far.
    public Future<List<Journal.Entry>> read(long fromSeq, int most) {
        boolean inMemory = backlog.firstSeq().filter(first -> first <= fromSeq).isPresent();
        return inMemory ? Future.succeededFuture(backlog.read(fromSeq, most)) : journal.read(fromSeq, most);
    }

    /// Completes when the journal has everything; whoever waits must bound it.
    public Future<Void> settled() {
        if (backlog.isEmpty()) return Future.succeededFuture();
        Promise<Void> settled = Promise.promise();
        settling.add(settled);
        return settled.future();
    }

    // ---- writing

    private void send() {
        if (sending) return; // an answer within the call: the loop below goes on
        sending = true;
        while (mode == Mode.WRITING && backlog.inFlight() < settings.inFlight() && !backlog.allSent()) write();
        sending = false;
        if (mode == Mode.WRITING && told.state() == State.AWAY && backlog.allSent()) back();
    }

    private void write() {
        long asked = attempt;
        if (backlog.inFlight() == 0) answeredTick = tick;
        JournalBatch batch = backlog.send();
        ask(() -> journal.append(batch.entries())).onComplete(written -> {
            if (!answers(asked, written.cause())) return;
            if (written.succeeded()) acknowledged(batch);
            else failed(written.cause());
        });
    }

    private static <T> Future<T> ask(Supplier<Future<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException broken) {
            log.error("the journal failed", broken);
            return Future.failedFuture(broken);
        }
    }

    /// Whether somebody still waits for this answer.
    private boolean answers(long asked, Throwable failure) {
        if (mode == Mode.ENDED) return false;
        if (failure instanceof JournalFailure why && why.kind() == JournalFailure.Kind.FENCED) {
            fenced(why.getMessage());
            return false;
        }
        if (asked == attempt) {
            answeredTick = tick;
            return true;
        }
        // It was given up on, and answers after all: no need to wait for the next attempt.
        if (failure == null && mode == Mode.AWAY && backlog.inFlight() == 0) tryAgain();
        return false;
    }

    private void acknowledged(JournalBatch batch) {
        backlog.acknowledged(batch);
        long newest = Math.max(counts.acknowledgedSeq(), batch.lastSeq());
        counts = new Counts(newest, counts.late(), counts.rewritten(), counts.givenUp());
        fills = 0;
        if (mode == Mode.AWAY) {
            mode = Mode.WRITING;
            pause = settings.retryFirst();
        }
        if (holed && mode == Mode.WRITING) startAnew();
        send();
        releaseDue();
        if (backlog.isEmpty() && !settling.isEmpty()) {
            List.copyOf(settling).forEach(Promise::tryComplete);
            settling.clear();
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof JournalFailure why && why.kind() == JournalFailure.Kind.GAP) mend(why.getMessage());
        else away(String.valueOf(failure.getMessage()));
    }

    // ---- away

    private void away(String why) {
        attempt++;
        backlog.takeBack();
        boolean wasThere = mode == Mode.WRITING;
        mode = Mode.AWAY;
        if (told.state() != State.AWAY) {
            log.error("the journal is away: {}; calls go on, what happens stays in memory until it is back", why);
            tell(State.AWAY, why);
        }
        if (wasThere) pause = settings.retryFirst();
        retry.run();
        retry = scheduler.after(pause, this::tryAgain);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(settings.retryMost()) > 0 ? settings.retryMost() : doubled;
        releaseDue();
    }

    private void tryAgain() {
        if (mode != Mode.AWAY || backlog.inFlight() > 0) return;
        retry.run();
        attempt++;
        if (holed) startAnew();
        else if (!backlog.isEmpty()) write();
        watchTheTime();
    }

    private void back() {
        log.info("the journal is back, and has all that happened meanwhile");
        tell(State.HEALTHY, null);
    }

    private void keepInBounds() {
        if (!overBounds()) return;
        if (mode == Mode.WRITING) away("it does not keep up, and memory for it is full");
        long before = counts.givenUp();
        boolean first = !holed;
        while (overBounds() && !backlog.allSent()) {
            giveUp(backlog.giveUpOldest());
            holed = true;
        }
        long givenUp = counts.givenUp();
        if (givenUp > before && (first || before / TOLD_EVERY != givenUp / TOLD_EVERY)) {
            log.error(
                    "memory for a journal that is away is full ({} entries, {} bytes): {} events are given up so far;"
                            + " when it is back it starts anew, behind a snapshot of the state",
                    backlog.entries(),
                    backlog.bytes(),
                    givenUp);
        }
    }

    private void giveUp(long entries) {
        counts = new Counts(counts.acknowledgedSeq(), counts.late(), counts.rewritten(), counts.givenUp() + entries);
    }

    private boolean overBounds() {
        return backlog.entries() > settings.backlogEntries() || backlog.bytes() > settings.backlogBytes();
    }

    // ---- a journal that has lost something

    private void mend(String why) {
        long asked = mending(why);
        ask(journal::size).onComplete(size -> {
            if (!answers(asked, size.cause())) return;
            if (size.failed()) failed(size.cause());
            else fill(size.result().lastSeq(), why);
        });
        watchTheTime();
    }

    private long mending(String why) {
        attempt++;
        backlog.takeBack();
        mode = Mode.MENDING;
        if (told.state() != State.AWAY) tell(State.AWAY, why);
        answeredTick = tick;
        releaseDue();
        return attempt;
    }

    private void fill(long lastKept, String why) {
        long newestBefore = firstInMemory() - 1;
        boolean lost = lastKept < newestBefore;
        if (++fills > MOST_FILLS || (lost && !backlog.remembersFrom(lastKept + 1))) {
            log.error(
                    "the journal has lost entries {} to {}, which memory has not kept ({}): it starts anew, behind a"
                            + " snapshot of the state",
                    lastKept + 1,
                    newestBefore,
                    why);
            giveUp(Math.max(0, newestBefore - lastKept));
            startAnew();
            return;
        }
        if (lost) {
            int rewritten = backlog.sendAgainFrom(lastKept + 1);
            log.error(
                    "the journal has lost {} acknowledged entries, {} to {}; they are written again from memory",
                    rewritten,
                    lastKept + 1,
                    newestBefore);
            counts = new Counts(
                    counts.acknowledgedSeq(), counts.late(), counts.rewritten() + rewritten, counts.givenUp());
        }
        mode = Mode.WRITING;
        send();
    }

    private void startAnew() {
        long asked = mending("it starts anew");
        ask(freshStart).onComplete(saved -> {
            if (!answers(asked, saved.cause())) return;
            if (saved.failed()) failed(saved.cause());
            else startBehind(saved.result());
        });
        watchTheTime();
    }

    /// @param snapshotSeq of the last entry in the snapshot
    private void startBehind(long snapshotSeq) {
        long asked = attempt;
        ask(journal::size)
                .compose(size -> {
                    // What the journal took without our hearing of it leaves with the rest; it is in the snapshot.
                    giveUp(backlog.giveUpThrough(Math.min(size.lastSeq(), snapshotSeq)));
                    long next = Math.max(firstInMemory(), size.lastSeq() + 1);
                    return next > snapshotSeq + 1
                            ? Future.succeededFuture(-1L)
                            : journal.restartAt(next).map(next);
                })
                .onComplete(done -> {
                    if (!answers(asked, done.cause())) return;
                    if (done.failed()) {
                        failed(done.cause());
                    } else if (done.result() == firstInMemory()) {
                        startedAt(done.result());
                    } else { // more was given up meanwhile
                        holed = true;
                        away("it starts anew once more");
                    }
                });
    }

    private long firstInMemory() {
        return backlog.firstSeq().orElse(appendedSeq + 1);
    }

    private void startedAt(long first) {
        log.warn("the journal starts anew with entry {}, behind a snapshot of the state", first);
        backlog.forgetAll();
        holed = false;
        fills = 0;
        mode = Mode.WRITING;
        pause = settings.retryFirst();
        send();
    }

    // ---- taken over

    private void fenced(String why) {
        end();
        log.error("another Helpline owns this domain now ({}): nothing more is done here", why);
        tell(State.FENCED, why);
        whenFenced.accept(why);
    }

    /// Nothing is written or released from now on.
    public void end() {
        attempt++;
        mode = Mode.ENDED;
        retry.run();
        backlog.clear();
        waiting.clear();
    }

    // ---- effects

    private void releaseDue() {
        if (releasing) return;
        releasing = true;
        try {
            while (!waiting.isEmpty() && isDue(waiting.getFirst()))
                waiting.remove().release();
        } finally {
            releasing = false;
        }
    }

    private boolean isDue(JournalBatch batch) {
        if (batch.acknowledged()) return true;
        if (told.state() == State.AWAY) return true;
        if (tick - batch.tick() < TICKS_OF_PATIENCE) return false;
        counts = new Counts(counts.acknowledgedSeq(), counts.late() + 1, counts.rewritten(), counts.givenUp());
        if (told.state() == State.HEALTHY) {
            log.warn(
                    "the journal is slow: effects go out {} ms late, without it",
                    settings.patience().toMillis());
            tell(State.SLOW, "no answer within " + settings.patience().toMillis() + " ms");
            calmAfter(counts.late());
        }
        return true;
    }

    private void calmAfter(long late) {
        scheduler.after(CALM, () -> {
            if (told.state() != State.SLOW) return;
            if (counts.late() != late) {
                calmAfter(counts.late());
                return;
            }
            log.info("the journal answers in time again");
            tell(State.HEALTHY, null);
        });
    }

    private void tell(State state, String why) {
        told = new Told(state, scheduler.now(), Optional.ofNullable(why));
    }

    // ---- time, counted in ticks: a wall clock that is set back makes no turn wait

    private void watchTheTime() {
        boolean open = mode == Mode.MENDING || backlog.inFlight() > 0 || !waiting.isEmpty();
        if (ticking || !open || mode == Mode.ENDED) return;
        ticking = true;
        scheduler.after(tickEvery, () -> {
            ticking = false;
            tick++;
            Duration bound = mode == Mode.MENDING ? MENDED_WITHIN : settings.silence();
            boolean asked = mode == Mode.MENDING || backlog.inFlight() > 0;
            if (asked && tickEvery.multipliedBy(tick - answeredTick).compareTo(bound) >= 0) {
                away("no answer for " + bound.toSeconds() + " s");
            }
            releaseDue();
            watchTheTime();
        });
    }
}
