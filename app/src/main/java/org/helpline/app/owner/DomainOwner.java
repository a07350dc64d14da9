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
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.KnownCaller;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.store.Journal;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.Census;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one routing domain: feeds the switchboard one input at a time, journals a turn's events, and only
/// then carries out its actions and tells its listeners.
///
/// Threading: every method is called on the owner's context. Turns are pipelined: the next one may be
/// decided before the one before is acknowledged; actions are released in the order of the turns.
public final class DomainOwner {
    private static final Logger log = LoggerFactory.getLogger(DomainOwner.class);

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(3);
    private static final Duration CARRIER_AWAITED = Duration.ofSeconds(5);
    private static final int MOST_HELD = 50_000;

    private final String domain;
    private final Switchboard switchboard;
    private final Journalling journal;
    private final EventCodec codec;
    private final CallControl carrier;
    private final Scheduler scheduler;
    private final Supplier<ContactId> contactIds;
    private final ActionRunner actions;
    private final List<TurnListener> listeners = new ArrayList<>();

    private final Deque<Asked> inbox = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;
    /// From a recovery on until what the carrier holds is in the state and out: commands wait here.
    private boolean restarted;
    /// What the carrier holds is known, and on its way through the journal.
    private boolean readopting;
    private boolean missedAtStart;
    private final List<Runnable> held = new ArrayList<>();
    private long epoch = 1;
    private long seq;
    private Instant lastNow = Instant.EPOCH;
    private volatile boolean carrierUp; // read by health checks and scrapes, from any thread
    private Consumer<String> whenReplaced = _ -> {};
    private Optional<CallerGate> gate = Optional.empty();

    private record Asked(SwitchInput input, Promise<Optional<Refusal>> done) {}

    /// An owner whose journal is always there, such as one in memory.
    public DomainOwner(
            String domain,
            Switchboard switchboard,
            Journal journal,
            EventCodec codec,
            CallControl carrier,
            Scheduler scheduler,
            Supplier<ContactId> contactIds) {
        this(
                domain,
                switchboard,
                new Journalling(journal, scheduler, JournalSettings.DEFAULT),
                codec,
                carrier,
                scheduler,
                contactIds);
    }

    public DomainOwner(
            String domain,
            Switchboard switchboard,
            Journalling journal,
            EventCodec codec,
            CallControl carrier,
            Scheduler scheduler,
            Supplier<ContactId> contactIds) {
        this.domain = domain;
        this.switchboard = switchboard;
        this.journal = journal;
        this.codec = codec;
        this.carrier = carrier;
        this.scheduler = scheduler;
        this.contactIds = contactIds;
        this.actions = new ActionRunner(carrier, scheduler, () -> lastNow, this::turn);
        journal.whenFenced(this::stepDown);
    }

    /// New calls come through it. Before the carrier is opened; without one every caller is a stranger.
    public void callersThrough(CallerGate first) {
        gate = Optional.of(first);
    }

    public void addListener(TurnListener listener) {
        listeners.add(listener);
    }

    /// Opens the carrier and begins to audit it.
    public Future<Void> open(Duration auditEvery) {
        CarrierAudit audit = new CarrierAudit(carrier, scheduler, () -> carrierUp, this::monotonicNow, this::turn);
        Consumer<CallEvent> reports = event -> onCarrier(event, KnownCaller.STRANGER);
        if (gate.isPresent()) {
            gate.get().leadTo(this::onCarrier);
            reports = gate.get()::take;
        }
        return carrier.open(reports).onSuccess(_ -> audit.every(auditEvery, switchboard::state));
    }

    public Switchboard switchboard() {
        return switchboard;
    }

    /// Whether the carrier is connected now.
    public boolean carrierUp() {
        return carrierUp;
    }

    /// Runs when another owner has taken this domain over, and is told how that is known: this one must
    /// step down.
    public void whenReplaced(Consumer<String> stepDown) {
        whenReplaced = stepDown;
    }

    /// Another owner has taken the domain over: nothing more goes out, whatever is decided here.
    public void stepDown(String why) {
        journal.end();
        whenReplaced.accept(why);
    }

    /// Goes on where another owner left the domain; the switchboard has that state already. Before
    /// anything else.
    public void recover(Recovered recovered) {
        epoch = recovered.epoch();
        seq = recovered.lastSeq();
        lastNow = recovered.lastAt();
        journal.startAfter(seq);
        Instant now = scheduler.now();
        if (now.isBefore(lastNow)) {
            log.warn("the clock says {}, but the journal goes up to {}: time stands still until then", now, lastNow);
        }
        for (TurnListener listener : listeners) tell(listener, () -> listener.onRecovered(recovered));
        if (recovered.isNew()) return;
        submit(new Input.CarrierLost()); // until it is connected
        restarted = true;
        scheduler.after(CARRIER_AWAITED, () -> {
            if (!restarted || readopting) return;
            log.warn("the carrier is not connected: nobody's call is ended before it says so");
            missedAtStart = true;
            readopting = true;
            submitNow(new Input.Restarted()).onComplete(_ -> goOn());
        });
    }

    /// Agents come back when the state knows that they were gone, and clocks run from then on.
    private void goOn() {
        restarted = false;
        readopting = false;
        switchboard.timers().forEach(actions::carryOut);
        List<Runnable> now = List.copyOf(held);
        held.clear();
        now.forEach(Runnable::run);
    }

    /// The first connection after a recovery: what the carrier holds decides what has become of everybody.
    private void readopt(Census census) {
        int before = switchboard.state().calls().size();
        readopting = true;
        turn(new SwitchInput.Restarted(census, monotonicNow())).onComplete(_ -> {
            goOn();
            log.info(
                    "of {} contacts before the restart the carrier holds {}; it holds {} legs and {} bridges of ours",
                    before,
                    switchboard.state().calls().size(),
                    census.legs().size(),
                    census.bridges().size());
        });
    }

    /// The state as it is, all turns so far included, whether the journal has them or not.
    public StateCopy copy() {
        return new StateCopy(switchboard.state().snapshot(), seq, lastNow);
    }

    public long epoch() {
        return epoch;
    }

    public void replan(CallPlan plan) {
        switchboard.replan(plan);
    }

    /// A command of an agent, or a change of settings.
    public Future<Optional<Refusal>> submit(Input input) {
        if (!restarted || input instanceof Input.Configure) return submitNow(input);
        if (held.size() >= MOST_HELD) return Future.failedFuture("Helpline starts again; try once more");
        Promise<Optional<Refusal>> done = Promise.promise();
        held.add(() -> submitNow(input).onComplete(done));
        return done.future();
    }

    private Future<Optional<Refusal>> submitNow(Input input) {
        return turn(new SwitchInput.Command(input));
    }

    /// Takes no new calls, or takes them again.
    public Future<Optional<Refusal>> drain(boolean on) {
        return turn(new SwitchInput.Drain(on));
    }

    /// A browser can be called now, or cannot any more.
    public void phone(SwitchInput.Phone change) {
        turn(change);
    }

    private void onCarrier(CallEvent event, KnownCaller caller) {
        switch (event) {
            case CallEvent.CarrierConnected e -> {
                carrierUp = true;
                if (restarted && !readopting) {
                    readopt(e.census());
                    return;
                }
                if (missedAtStart) { // what ended while nobody ran was reported to nobody
                    missedAtStart = false;
                    turn(new SwitchInput.Audited(e.census(), monotonicNow(), Set.of()));
                }
            }
            case CallEvent.CarrierLost e -> {
                carrierUp = false;
                log.warn("carrier lost: {}", e.why());
            }
            case CallEvent.CarrierReplaced _ -> {
                carrierUp = false;
                stepDown("another Helpline has taken over this domain's calls");
            }
            case CallEvent.CallArrived _,
                    CallEvent.DigitPressed _,
                    CallEvent.PlayFinished _,
                    CallEvent.LegRinging _,
                    CallEvent.LegAnswered _,
                    CallEvent.LegEnded _ -> {}
        }
        turn(
                event instanceof CallEvent.CallArrived call
                        ? new SwitchInput.NewCall(contactIds.get(), call, caller)
                        : new SwitchInput.Carrier(event));
    }

    /// One turn at a time: what an action of this turn leads to at once (a carrier that is not connected
    /// fails a command before `perform` returns) waits until the turn's other actions are out and its
    /// events are told.
    private Future<Optional<Refusal>> turn(SwitchInput input) {
        if (closed) return Future.failedFuture("this owner has ended");
        Promise<Optional<Refusal>> done = Promise.promise();
        inbox.add(new Asked(input, done));
        workOff();
        return done.future();
    }

    private void workOff() {
        if (busy) return;
        while (!inbox.isEmpty()) {
            Asked asked = inbox.poll();
            undisturbed(() -> work(asked));
        }
    }

    private void undisturbed(Runnable work) {
        boolean before = busy;
        busy = true;
        try {
            work.run();
        } finally {
            busy = before;
        }
    }

    private void work(Asked asked) {
        Switchboard.Outcome outcome = switchboard.step(asked.input(), monotonicNow());
        outcome.defect()
                .ifPresent(defect -> log.error(
                        "a broken invariant ended a turn early, on {}",
                        asked.input().getClass().getSimpleName(),
                        defect));
        long firstSeq = seq + 1;
        List<Journal.Entry> entries = entries(outcome.events());
        journal.append(entries, () -> {
            undisturbed(() -> release(asked, outcome, firstSeq));
            workOff();
        });
    }

    private void release(Asked asked, Switchboard.Outcome outcome, long firstSeq) {
        outcome.actions().forEach(actions::carryOut);
        if (!outcome.events().isEmpty()) {
            for (TurnListener listener : listeners) {
                tell(listener, () -> listener.onTurn(firstSeq, outcome.events()));
            }
        }
        if (outcome.defect().isPresent()) {
            RuntimeException defect = outcome.defect().get();
            listeners.forEach(listener -> listener.onDefect(asked.input(), defect));
            asked.done().fail(defect);
        } else {
            asked.done().complete(outcome.refusal());
        }
    }

    /// A listener that fails must not keep the others, or the one who asked, from hearing.
    private static void tell(TurnListener listener, Runnable news) {
        try {
            news.run();
        } catch (RuntimeException broken) {
            log.error("{} failed on what it was told", listener.getClass().getSimpleName(), broken);
        }
    }

    /// The core is promised a time that never goes back; a wall clock may.
    private Instant monotonicNow() {
        Instant now = scheduler.now();
        if (now.isAfter(lastNow)) lastNow = now;
        return lastNow;
    }

    private List<Journal.Entry> entries(List<DomainEvent> events) {
        List<Journal.Entry> entries = new ArrayList<>(events.size());
        for (DomainEvent event : events) {
            EventCodec.Encoded encoded = codec.encode(event);
            boolean last = entries.size() == events.size() - 1;
            entries.add(entry(event, last ? encoded : codec.goingOn(encoded)));
        }
        return entries;
    }

    private Journal.Entry entry(DomainEvent event, EventCodec.Encoded encoded) {
        return new Journal.Entry(
                domain,
                epoch,
                ++seq,
                event.at(),
                event.contact().map(ContactId::value),
                encoded.type(),
                encoded.version(),
                encoded.body());
    }

    /// Ends in good order: no input is taken any more, and the journal gets what it has not got yet, as
    /// long as it takes that within a few seconds.
    public Future<Void> close() {
        closed = true;
        actions.close();
        Promise<Void> written = Promise.promise();
        Runnable cancel = scheduler.after(WRITTEN_WITHIN, written::tryComplete);
        journal.settled().onComplete(_ -> written.tryComplete());
        return written.future()
                .onComplete(_ -> {
                    cancel.run();
                    journal.end();
                })
                .compose(_ -> carrier.close());
    }
}
