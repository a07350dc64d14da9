package org.helpline.app.owner;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.helpline.app.switchboard.KnownCaller;
import org.helpline.store.CallerMemory;
import org.helpline.store.CallerMemory.Arrival;
import org.helpline.telephony.CallEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands between the carrier and the owner, and finds out who calls. Callers' memory is asked for a
/// moment; a call that has no answer by then goes on as if nothing were known. What happens to a leg while
/// its call waits here is told after the call, in order.
///
/// Threading: on the owner's context.
public final class CallerGate {
    private static final Logger log = LoggerFactory.getLogger(CallerGate.class);

    /// The caller hears the line ring meanwhile: hardly anybody notices that long.
    public static final Duration PATIENCE = Duration.ofMillis(250);

    /// Calls that wait for an answer at once; further ones go on without being asked about.
    static final int MOST_WAITING = 1_000;

    private final CallerMemory memory;
    private final Scheduler scheduler;
    private final Function<String, Optional<String>> keys;
    private final CallerWatch watch;
    private final BiConsumer<String, List<CallerMemory.Contact>> recent;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private BiConsumer<CallEvent, KnownCaller> to = (_, _) -> {};
    private boolean silent;

    private static final class Waiting {
        private final CallEvent.CallArrived call;
        private final Instant since;
        private final List<CallEvent> after = new ArrayList<>(); // what happened to the leg since
        private Runnable cancel = () -> {};

        Waiting(CallEvent.CallArrived call, Instant since) {
            this.call = call;
            this.since = since;
        }
    }

    /// @param keys of callers' numbers, under which the memory knows them
    /// @param recent is told, by that key, of the latest contacts of whoever calls
    public CallerGate(
            CallerMemory memory,
            Scheduler scheduler,
            Function<String, Optional<String>> keys,
            CallerWatch watch,
            BiConsumer<String, List<CallerMemory.Contact>> recent) {
        this.memory = memory;
        this.scheduler = scheduler;
        this.keys = keys;
        this.watch = watch;
        this.recent = recent;
    }

    /// Where everything goes that the carrier reports. Before the first event.
    void leadTo(BiConsumer<CallEvent, KnownCaller> owner) {
        to = owner;
    }

    /// Takes what the carrier reports.
    void take(CallEvent event) {
        switch (event) {
            case CallEvent.CallArrived call -> arrived(call);
            case CallEvent.DigitPressed e -> ofLeg(e.leg(), event);
            case CallEvent.PlayFinished e -> ofLeg(e.leg(), event);
            case CallEvent.LegRinging e -> ofLeg(e.leg(), event);
            case CallEvent.LegAnswered e -> ofLeg(e.leg(), event);
            case CallEvent.LegEnded e -> ofLeg(e.leg(), event);
            case CallEvent.CarrierConnected _, CallEvent.CarrierLost _, CallEvent.CarrierReplaced _ -> {
                // What concerns all calls comes behind those that are there.
                List.copyOf(waiting.keySet()).forEach(leg -> goOn(leg, KnownCaller.STRANGER));
                pass(event);
            }
        }
    }

    private void ofLeg(String leg, CallEvent event) {
        Waiting one = waiting.get(leg);
        if (one == null) pass(event);
        else one.after.add(event);
    }

    private void pass(CallEvent event) {
        to.accept(event, KnownCaller.STRANGER);
    }

    private void arrived(CallEvent.CallArrived call) {
        if (waiting.containsKey(call.leg())) return; // told twice
        if (waiting.size() >= MOST_WAITING) {
            watch.asked(CallerWatch.Answer.CROWDED, Duration.ZERO);
            pass(call);
            return;
        }
        Waiting one = new Waiting(call, scheduler.now());
        waiting.put(call.leg(), one);
        ask(call).onComplete(answer -> {
            if (waiting.get(call.leg()) != one) return; // too late
            if (answer.succeeded()) {
                told(one, CallerWatch.Answer.KNOWN, "");
                call.callerNumber()
                        .flatMap(keys)
                        .ifPresent(caller ->
                                recent.accept(caller, answer.result().known().contacts()));
                goOn(call.leg(), known(answer.result()));
            } else {
                told(one, CallerWatch.Answer.FAILED, answer.cause().getMessage());
                goOn(call.leg(), KnownCaller.STRANGER);
            }
        });
        if (waiting.get(call.leg()) != one) return;
        one.cancel = scheduler.after(PATIENCE, () -> {
            told(one, CallerWatch.Answer.LATE, "no answer within " + PATIENCE.toMillis() + " ms");
            goOn(call.leg(), KnownCaller.STRANGER);
        });
    }

    /// A memory that throws has not answered, and no call must suffer for that.
    private Future<Arrival> ask(CallEvent.CallArrived call) {
        try {
            return memory.arrived(call.callerNumber().flatMap(keys));
        } catch (RuntimeException broken) {
            return Future.failedFuture(broken);
        }
    }

    private static KnownCaller known(Arrival arrival) {
        return new KnownCaller(arrival.known().language(), arrival.over().map(limit -> switch (limit) {
            case NUMBER -> "limit-number";
            case ALL -> "limit-all";
        }));
    }

    private void told(Waiting one, CallerWatch.Answer how, String why) {
        watch.asked(how, Duration.between(one.since, scheduler.now()));
        boolean before = silent;
        silent = how != CallerWatch.Answer.KNOWN;
        if (silent && !before) log.warn("callers' memory is away, calls go on without hints and limits: {}", why);
        if (before && !silent) log.info("callers' memory answers again");
    }

    private void goOn(String leg, KnownCaller known) {
        Waiting one = waiting.remove(leg);
        one.cancel.run();
        to.accept(one.call, known);
        one.after.forEach(this::pass);
    }
}
