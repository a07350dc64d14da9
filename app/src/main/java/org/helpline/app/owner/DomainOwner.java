package org.helpline.app.owner;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.helpline.app.switchboard.Action;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.store.Journal;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.Census;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one routing domain: feeds the switchboard one input at a time, journals a turn's events, and only
/// then carries out its actions and tells its listeners.
///
/// Threading: every method is called on the owner's context. Turns are pipelined: the next one may be decided
/// before the one before is acknowledged; actions are released in the order of the turns.
public final class DomainOwner {
    private static final Logger log = LoggerFactory.getLogger(DomainOwner.class);

    private final String domain;
    private final Switchboard switchboard;
    private final Journal journal;
    private final EventCodec codec;
    private final CallControl carrier;
    private final Scheduler scheduler;
    private final Supplier<ContactId> contactIds;
    private final List<TurnListener> listeners = new ArrayList<>();
    private final Map<Action.TimerName, Runnable> timers = new HashMap<>();

    private final Deque<Asked> inbox = new ArrayDeque<>();
    private boolean busy;
    private Set<String> strangers = Set.of();
    private long seq;
    private Instant lastNow = Instant.MIN;
    private volatile boolean carrierUp; // read by health checks and scrapes, from any thread
    private Runnable whenReplaced = () -> {};

    private record Asked(SwitchInput input, Promise<Optional<Refusal>> done) {}

    public DomainOwner(
            String domain,
            Switchboard switchboard,
            Journal journal,
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
    }

    public void addListener(TurnListener listener) {
        listeners.add(listener);
    }

    /// Opens the carrier and begins to audit it.
    public Future<Void> open(Duration auditEvery) {
        return carrier.open(this::onCarrier).onSuccess(_ -> auditAfter(auditEvery));
    }

    public Switchboard switchboard() {
        return switchboard;
    }

    /// Whether the carrier is connected now.
    public boolean carrierUp() {
        return carrierUp;
    }

    /// Runs when another owner has taken this domain's calls over: this one must step down.
    public void whenReplaced(Runnable stepDown) {
        whenReplaced = stepDown;
    }

    public void replan(CallPlan plan) {
        switchboard.replan(plan);
    }

    /// A command of an agent, or a change of settings.
    public Future<Optional<Refusal>> submit(Input input) {
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

    private void onCarrier(CallEvent event) {
        switch (event) {
            case CallEvent.CarrierConnected _ -> carrierUp = true;
            case CallEvent.CarrierLost e -> {
                carrierUp = false;
                log.warn("carrier lost: {}", e.why());
            }
            case CallEvent.CarrierReplaced _ -> {
                carrierUp = false;
                log.error("another Helpline has taken over this domain's calls; this one steps down");
                whenReplaced.run();
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
                        ? new SwitchInput.NewCall(contactIds.get(), call)
                        : new SwitchInput.Carrier(event));
    }

    /// One turn at a time: what an action of this turn leads to at once (a carrier that is not connected
    /// fails a command before `perform` returns) waits until the turn's other actions are out and its events
    /// are told.
    private Future<Optional<Refusal>> turn(SwitchInput input) {
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
        List<Journal.Entry> entries = outcome.events().stream().map(this::entry).toList();
        journal.append(entries).onComplete(written -> {
            // A journal in memory cannot fail; what a durable one does when it fails is its own decision.
            if (written.failed()) log.error("journal refused {} entries", entries.size(), written.cause());
            undisturbed(() -> release(asked, outcome, firstSeq));
            workOff();
        });
    }

    private void release(Asked asked, Switchboard.Outcome outcome, long firstSeq) {
        outcome.actions().forEach(this::carryOut);
        if (!outcome.events().isEmpty()) listeners.forEach(listener -> tell(listener, firstSeq, outcome.events()));
        if (outcome.defect().isPresent()) {
            RuntimeException defect = outcome.defect().get();
            listeners.forEach(listener -> listener.onDefect(asked.input(), defect));
            asked.done().fail(defect);
        } else {
            asked.done().complete(outcome.refusal());
        }
    }

    /// A listener that fails must not keep the others, or the one who asked, from hearing.
    private static void tell(TurnListener listener, long firstSeq, List<DomainEvent> events) {
        try {
            listener.onTurn(firstSeq, events);
        } catch (RuntimeException broken) {
            log.error("{} failed on the events of a turn", listener.getClass().getSimpleName(), broken);
        }
    }

    /// The core is promised a time that never goes back; a wall clock may.
    private Instant monotonicNow() {
        Instant now = scheduler.now();
        if (now.isAfter(lastNow)) lastNow = now;
        return lastNow;
    }

    private Journal.Entry entry(DomainEvent event) {
        EventCodec.Encoded encoded = codec.encode(event);
        return new Journal.Entry(
                domain,
                1,
                ++seq,
                event.at(),
                event.contact().map(ContactId::value),
                encoded.type(),
                encoded.version(),
                encoded.body());
    }

    private void carryOut(Action action) {
        switch (action) {
            case Action.Tell tell ->
                perform(tell.command()).onFailure(failure -> {
                    log.info(
                            "carrier did not take {}: {}",
                            tell.command().getClass().getSimpleName(),
                            failure.getMessage());
                    tell.onFailure().filter(input -> matters(input, failure)).ifPresent(this::turn);
                });
            case Action.StartTimer start -> {
                cancel(start.name());
                // From the time the core was told: a wall clock that was set back must not stretch the timer.
                Duration delay = Duration.between(lastNow, start.due());
                timers.put(start.name(), scheduler.after(delay.isNegative() ? Duration.ZERO : delay, () -> {
                    timers.remove(start.name());
                    turn(fired(start));
                }));
            }
            case Action.CancelTimer cancel -> cancel(cancel.name());
        }
    }

    /// An adapter that throws has not carried the command out, and the rest of the turn must not suffer for
    /// it.
    private Future<Void> perform(CallCommand command) {
        try {
            return carrier.perform(command);
        } catch (RuntimeException broken) {
            log.error("carrier failed on {}", command.getClass().getSimpleName(), broken);
            return Future.failedFuture(broken);
        }
    }

    /// A bridge that failed because a leg is gone needs no answer of its own: the end of that leg is on its
    /// way, and it says which of the two it was.
    private static boolean matters(SwitchInput onFailure, Throwable failure) {
        return !(onFailure instanceof SwitchInput.BridgeFailed
                && failure instanceof CallControlException e
                && e.kind() == CallControlException.Kind.GONE);
    }

    private static SwitchInput fired(Action.StartTimer timer) {
        return switch (timer.name()) {
            case Action.TimerName.Routing name -> new SwitchInput.RoutingTimer(name.key(), timer.generation());
            case Action.TimerName.Call name ->
                new SwitchInput.CallTimer(name.contact(), name.timer(), timer.generation());
        };
    }

    private void cancel(Action.TimerName name) {
        Runnable cancel = timers.remove(name);
        if (cancel != null) cancel.run();
    }

    private void auditAfter(Duration every) {
        scheduler.after(every, () -> {
            Instant asOf = monotonicNow();
            Future<Census> asked = carrierUp ? carrier.census() : Future.succeededFuture(null);
            asked.onComplete(answer -> {
                if (answer.succeeded() && answer.result() != null) audited(answer.result(), asOf);
                auditAfter(every);
            });
        });
    }

    private void audited(Census census, Instant asOf) {
        turn(new SwitchInput.Audited(census, asOf, strangers));
        Set<String> unknown = new HashSet<>();
        for (Census.Leg leg : census.legs()) {
            if (!switchboard.state().knows(leg.leg())) unknown.add(leg.leg());
        }
        strangers = unknown;
    }

    public Future<Void> close() {
        List.copyOf(timers.keySet()).forEach(this::cancel);
        return carrier.close();
    }
}
