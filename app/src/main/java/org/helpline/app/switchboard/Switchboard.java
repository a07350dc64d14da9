package org.helpline.app.switchboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.FlowInput;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.LegId;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingCore;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallEvent;

/// One routing domain as a deterministic machine: what the carrier reports drives the flows, the flows feed
/// the routing core, the core's effects come back to flows and carrier, all within one turn.
///
/// Not thread-safe: one owner.
public final class Switchboard {
    /// More steps than any real turn takes; a turn that reaches it has a loop, which is a defect.
    private static final int MOST_STEPS_IN_A_TURN = 10_000;

    private final SwitchState state;
    private final RoutingCore routing;
    private CallPlan plan;

    /// What a turn led to.
    ///
    /// @param defect a broken invariant that ended the turn early; events and actions are those up to it, so
    /// that journal, listeners and state stay together
    public record Outcome(
            List<DomainEvent> events,
            List<Action> actions,
            Optional<Refusal> refusal,
            Optional<RuntimeException> defect) {}

    public Switchboard(SwitchState state, CallPlan plan) {
        this.state = state;
        this.routing = new RoutingCore(state.routing());
        this.plan = plan;
    }

    public SwitchState state() {
        return state;
    }

    /// Takes a new plan; calls in progress keep their legs, and their flows go on by the new one from the next step.
    /// The flow of a helpline that is gone serves the calls it still has.
    public void replan(CallPlan next) {
        SortedMap<String, CallFlow> flows = new TreeMap<>(next.flows());
        for (Call call : state.calls()) {
            String helpline = call.helpline().value();
            CallFlow inUse = plan.flows().get(helpline);
            if (inUse != null) flows.putIfAbsent(helpline, inUse);
        }
        plan = new CallPlan(flows, next.numbers(), next.defaultHelpline(), next.devices());
    }

    public Outcome step(SwitchInput input, Instant now) {
        SwitchTurn turn = new SwitchTurn(state, routing, plan, now);
        Optional<Refusal> refusal = Optional.empty();
        Optional<RuntimeException> defect = Optional.empty();
        try {
            refusal = take(turn, input);
            drain(turn);
        } catch (RuntimeException broken) {
            defect = Optional.of(broken);
        }
        return new Outcome(turn.events(), turn.actions(), refusal, defect);
    }

    /// What the state waits for: to be armed after a recovery, when [SwitchInput.Restarted] was taken. Those that are
    /// overdue fire at once; what ends first comes first.
    public List<Action.StartTimer> timers() {
        List<Action.StartTimer> timers = new ArrayList<>();
        state.routing()
                .timers()
                .forEach(timer -> timers.add(new Action.StartTimer(
                        new Action.TimerName.Routing(timer.key()), timer.generation(), timer.due())));
        for (Call call : state.calls()) {
            call.flow()
                    .timers()
                    .forEach((timer, running) -> timers.add(new Action.StartTimer(
                            new Action.TimerName.Call(call.contact(), timer), running.generation(), running.due())));
        }
        timers.sort(Comparator.comparing(Action.StartTimer::due));
        return timers;
    }

    /// Works off what the machines owe each other, to the end.
    static void drain(SwitchTurn turn) {
        int steps = 0;
        for (Optional<SwitchTurn.Step> next = turn.next(); next.isPresent(); next = turn.next()) {
            if (++steps > MOST_STEPS_IN_A_TURN) throw new IllegalStateException("the turn does not end");
            switch (next.get()) {
                case SwitchTurn.Step.Flow step -> Flows.give(turn, step.contact(), step.input());
                case SwitchTurn.Step.Route step -> Routes.give(turn, step.input());
            }
        }
    }

    private static Optional<Refusal> take(SwitchTurn turn, SwitchInput input) {
        switch (input) {
            case SwitchInput.Command in -> {
                return Routes.give(turn, in.input());
            }
            case SwitchInput.NewCall in -> newCall(turn, in);
            case SwitchInput.Carrier in -> carrier(turn, in.event());
            case SwitchInput.RoutingTimer in -> turn.owe(new Input.TimerFired(in.key(), in.generation()));
            case SwitchInput.CallTimer in ->
                turn.owe(in.contact(), new FlowInput.TimerFired(in.timer(), in.generation()));
            case SwitchInput.PlayFailed in -> turn.owe(in.contact(), new FlowInput.PlayFinished(in.play()));
            case SwitchInput.RingFailed in -> {
                Devices.over(turn, in.leg(), CallEvent.EndCause.ERROR);
                // The refusal may have crossed a leg that rings.
                turn.tell(new CallCommand.HangUp(in.leg().value()));
            }
            case SwitchInput.BridgeFailed in -> turn.owe(new Input.ConnectFailed(in.contact(), in.leg()));
            case SwitchInput.ReferFailed in -> turn.owe(in.contact(), new FlowInput.ContactOver());
            case SwitchInput.ListenFailed in -> Supervision.failed(turn, in);
            case SwitchInput.PhoneRegistered in -> Devices.phoneRegistered(turn, in);
            case SwitchInput.PhoneGone in -> Devices.phoneGone(turn, in);
            case SwitchInput.Restarted in -> Restart.take(turn, in);
            case SwitchInput.Drain in -> drainDomain(turn, in.on());
            case SwitchInput.Audited in -> reconcile(turn, Reconciliation.ofAudit(turn.state(), in));
        }
        return Optional.empty();
    }

    // ---- what carriers report

    private static void newCall(SwitchTurn turn, SwitchInput.NewCall in) {
        CallEvent.CallArrived call = in.call();
        if (turn.state().callOfLeg(call.leg()).isPresent()) return; // told twice
        if (turn.state().drainingSince().isPresent()) {
            turn.tell(new CallCommand.HandBack(call.leg()));
            return;
        }
        HelplineId helpline = new HelplineId(turn.plan().helplineOf(call.called()));
        turn.emit(new DomainEvent.CallerArrived(
                turn.now(), in.contact(), call.leg(), helpline, call.called(), call.callerNumber()));
        turn.owe(
                in.contact(),
                new FlowInput.CallArrived(
                        in.caller().language().map(CallFlow.SpokenLanguage::new),
                        in.caller().limit()));
    }

    private static void drainDomain(SwitchTurn turn, boolean on) {
        if (turn.state().drainingSince().isPresent() == on) return;
        turn.emit(on ? new DomainEvent.DrainStarted(turn.now()) : new DomainEvent.DrainEnded(turn.now()));
    }

    private static void carrier(SwitchTurn turn, CallEvent event) {
        switch (event) {
            case CallEvent.CallArrived _ -> throw new IllegalArgumentException("a new call needs a contact id");
            case CallEvent.DigitPressed e ->
                turn.state()
                        .callOfLeg(e.leg())
                        .ifPresent(call -> turn.owe(call.contact(), new FlowInput.KeyPressed(e.key())));
            case CallEvent.PlayFinished e ->
                turn.state()
                        .callOfLeg(e.leg())
                        .ifPresent(call ->
                                turn.owe(call.contact(), new FlowInput.PlayFinished(LegNames.playNumber(e.play()))));
            case CallEvent.LegRinging _ -> {}
            case CallEvent.LegAnswered e -> Devices.up(turn, new LegId(e.leg()));
            case CallEvent.LegEnded e -> legEnded(turn, e);
            case CallEvent.CarrierConnected e -> {
                reconcile(turn, Reconciliation.atConnection(turn.state(), e.census()));
                turn.owe(new Input.CarrierRestored());
            }
            case CallEvent.CarrierLost _, CallEvent.CarrierReplaced _ -> turn.owe(new Input.CarrierLost());
        }
    }

    private static void legEnded(SwitchTurn turn, CallEvent.LegEnded ended) {
        turn.state()
                .callOfLeg(ended.leg())
                .ifPresentOrElse(
                        call -> callerGone(turn, call, ended.cause() == CallEvent.EndCause.CARRIER_LOST),
                        () -> Devices.over(turn, new LegId(ended.leg()), ended.cause()));
    }

    /// @param lost the carrier died, and the leg with it
    static void callerGone(SwitchTurn turn, Call call, boolean lost) {
        Flows.give(turn, call.contact(), lost ? new FlowInput.CallerLost() : new FlowInput.CallerLeft());
        Talks.part(turn, call.contact());
        turn.emit(new DomainEvent.CallerGone(turn.now(), call.contact()));
        turn.owe(lost ? new Input.CallerLost(call.contact()) : new Input.CallerLeft(call.contact()));
    }

    private static void reconcile(SwitchTurn turn, Reconciliation difference) {
        difference.callersGone().forEach(gone -> callerGone(turn, gone.call(), gone.lost()));
        difference.lostDevices().forEach(leg -> Devices.over(turn, leg, CallEvent.EndCause.CARRIER_LOST));
        difference.commands().forEach(turn::act);
    }
}
