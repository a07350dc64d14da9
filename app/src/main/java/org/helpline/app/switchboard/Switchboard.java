package org.helpline.app.switchboard;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.app.switchboard.Action.TimerName;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.app.switchboard.SwitchState.DeviceLeg;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.FlowEffect;
import org.helpline.ivr.FlowInput;
import org.helpline.ivr.FlowMachine;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Effect;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.Language;
import org.helpline.router.LegId;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingCore;
import org.helpline.router.Turn;
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

    private List<DomainEvent> events = new ArrayList<>();
    private List<Action> actions = new ArrayList<>();
    private Optional<Refusal> refusal = Optional.empty();
    private final Deque<Step> pending = new ArrayDeque<>();

    /// What a turn led to.
    ///
    /// @param defect a broken invariant that ended the turn early; events and actions are those up to it, so
    /// that journal, listeners and state stay together
    public record Outcome(
            List<DomainEvent> events,
            List<Action> actions,
            Optional<Refusal> refusal,
            Optional<RuntimeException> defect) {}

    /// Something one machine owes another within the turn.
    private sealed interface Step {
        record Flow(ContactId contact, FlowInput input) implements Step {}

        record Route(Input input) implements Step {}
    }

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
        events = new ArrayList<>();
        actions = new ArrayList<>();
        refusal = Optional.empty();
        Optional<RuntimeException> defect = Optional.empty();
        try {
            take(input, now);
            drain(now);
        } catch (RuntimeException broken) {
            pending.clear();
            defect = Optional.of(broken);
        }
        return new Outcome(List.copyOf(events), List.copyOf(actions), refusal, defect);
    }

    private void drain(Instant now) {
        int steps = 0;
        while (!pending.isEmpty()) {
            if (++steps > MOST_STEPS_IN_A_TURN) throw new IllegalStateException("the turn does not end");
            switch (pending.poll()) {
                case Step.Flow step -> flow(step.contact(), step.input(), now);
                case Step.Route step -> route(step.input(), now);
            }
        }
    }

    private void take(SwitchInput input, Instant now) {
        switch (input) {
            case SwitchInput.NewCall in -> newCall(in, now);
            case SwitchInput.Carrier in -> carrier(in.event(), now);
            case SwitchInput.Command in -> refusal = route(in.input(), now);
            case SwitchInput.RoutingTimer in ->
                pending.add(new Step.Route(new Input.TimerFired(in.key(), in.generation())));
            case SwitchInput.CallTimer in ->
                pending.add(new Step.Flow(in.contact(), new FlowInput.TimerFired(in.timer(), in.generation())));
            case SwitchInput.PlayFailed in ->
                pending.add(new Step.Flow(in.contact(), new FlowInput.PlayFinished(in.play())));
            case SwitchInput.RingFailed in -> {
                deviceOver(in.leg(), CallEvent.EndCause.ERROR, now);
                tell(new CallCommand.HangUp(in.leg().value())); // the refusal may have crossed a leg that rings
            }
            case SwitchInput.BridgeFailed in ->
                pending.add(new Step.Route(new Input.ConnectFailed(in.contact(), in.leg())));
            case SwitchInput.PhoneRegistered in -> phoneRegistered(in, now);
            case SwitchInput.PhoneGone in -> {
                if (state.phone(in.owner()).filter(in.address()::equals).isPresent()) {
                    emit(new DomainEvent.PhoneGone(now, in.owner(), in.address()));
                }
            }
            case SwitchInput.Audited in -> reconcile(Reconciliation.ofAudit(state, in), now);
        }
    }

    // ---- what carriers report

    private void newCall(SwitchInput.NewCall in, Instant now) {
        CallEvent.CallArrived call = in.call();
        if (state.callOfLeg(call.leg()).isPresent()) return; // told twice
        HelplineId helpline = new HelplineId(plan.helplineOf(call.called()));
        emit(new DomainEvent.CallerArrived(
                now, in.contact(), call.leg(), helpline, call.called(), call.callerNumber()));
        pending.add(new Step.Flow(in.contact(), new FlowInput.CallArrived()));
    }

    private void carrier(CallEvent event, Instant now) {
        switch (event) {
            case CallEvent.CallArrived _ -> throw new IllegalArgumentException("a new call needs a contact id");
            case CallEvent.DigitPressed e ->
                state.callOfLeg(e.leg())
                        .ifPresent(
                                call -> pending.add(new Step.Flow(call.contact(), new FlowInput.KeyPressed(e.key()))));
            case CallEvent.PlayFinished e ->
                state.callOfLeg(e.leg())
                        .ifPresent(call -> pending.add(new Step.Flow(
                                call.contact(), new FlowInput.PlayFinished(LegNames.playNumber(e.play())))));
            case CallEvent.LegRinging _ -> {}
            case CallEvent.LegAnswered e -> deviceUp(new LegId(e.leg()), now);
            case CallEvent.LegEnded e -> legEnded(e, now);
            case CallEvent.CarrierConnected e -> {
                reconcile(Reconciliation.atConnection(state, e.census()), now);
                pending.add(new Step.Route(new Input.CarrierRestored()));
            }
            case CallEvent.CarrierLost _, CallEvent.CarrierReplaced _ ->
                pending.add(new Step.Route(new Input.CarrierLost()));
        }
    }

    private void deviceUp(LegId leg, Instant now) {
        DeviceLeg device = state.device(leg).orElse(null);
        if (device == null) {
            // Answered after we had given it up: nobody waits for this leg any more.
            if (state.callOfLeg(leg.value()).isEmpty()) tell(new CallCommand.HangUp(leg.value()));
            return;
        }
        if (device.up()) return;
        emit(new DomainEvent.DeviceUp(now, device.contact(), leg));
        pending.add(new Step.Route(new Input.DeviceAnswered(leg)));
    }

    private void legEnded(CallEvent.LegEnded ended, Instant now) {
        Optional<Call> call = state.callOfLeg(ended.leg());
        if (call.isPresent()) {
            callerGone(call.get(), now);
        } else {
            deviceOver(new LegId(ended.leg()), ended.cause(), now);
        }
    }

    private void callerGone(Call call, Instant now) {
        flow(call.contact(), new FlowInput.CallerLeft(), now);
        part(call.contact(), now);
        emit(new DomainEvent.CallerGone(now, call.contact()));
        pending.add(new Step.Route(new Input.CallerLeft(call.contact())));
    }

    private void deviceOver(LegId leg, CallEvent.EndCause cause, Instant now) {
        DeviceLeg device = state.device(leg).orElse(null);
        if (device == null) return;
        emit(new DomainEvent.DeviceGone(now, device.contact(), leg));
        pending.add(new Step.Route(
                device.up()
                        ? new Input.DeviceLeft(leg, cause == CallEvent.EndCause.NORMAL)
                        : new Input.DeviceFailed(leg, failure(cause))));
    }

    private static DeviceFailure failure(CallEvent.EndCause cause) {
        return switch (cause) {
            case BUSY -> DeviceFailure.BUSY;
            case NO_ANSWER -> DeviceFailure.NO_ANSWER;
            case UNREACHABLE -> DeviceFailure.UNREACHABLE;
            case REJECTED -> DeviceFailure.REJECTED;
            case NORMAL, MEDIA_LOST, CARRIER_LOST, ERROR -> DeviceFailure.ERROR;
        };
    }

    /// A page that was loaded again, or on another machine, took the place of the one before, which cannot end
    /// its calls in good order any more: nobody hears the caller there. Ended as lost, the call comes to the new
    // one.
    private void phoneRegistered(SwitchInput.PhoneRegistered in, Instant now) {
        if (state.phone(in.owner()).filter(in.address()::equals).isPresent()) return;
        emit(new DomainEvent.PhoneRegistered(now, in.owner(), in.address()));
        List<LegId> left = state.devices().entrySet().stream()
                .filter(entry -> PhoneOwner.of(entry.getValue().agent()).equals(in.owner()))
                .filter(entry -> entry.getValue().phone().isPresent())
                .filter(entry -> !entry.getValue().phone().equals(Optional.of(in.address())))
                .map(Map.Entry::getKey)
                .toList();
        for (LegId leg : left) {
            deviceOver(leg, CallEvent.EndCause.CARRIER_LOST, now);
            tell(new CallCommand.HangUp(leg.value()));
        }
    }

    private void reconcile(Reconciliation difference, Instant now) {
        difference.lostCalls().forEach(call -> callerGone(call, now));
        difference.lostDevices().forEach(leg -> deviceOver(leg, CallEvent.EndCause.CARRIER_LOST, now));
        difference.commands().forEach(this::tell);
    }

    // ---- flows

    private void flow(ContactId contact, FlowInput input, Instant now) {
        Call call = state.call(contact).orElse(null);
        if (call == null) return; // the caller left earlier in this turn
        CallFlow flow = plan.flows().get(call.helpline().value());
        FlowMachine.FlowTurn turn = FlowMachine.step(flow, call.flow(), input, now);
        turn.events().forEach(event -> emit(new DomainEvent.Flow(contact, event)));
        for (FlowEffect effect : turn.effects()) carryOut(call, effect, now);
    }

    private void carryOut(Call call, FlowEffect effect, Instant now) {
        String leg = call.leg();
        ContactId contact = call.contact();
        switch (effect) {
            case FlowEffect.Answer _ -> tell(new CallCommand.Answer(leg, contact.value()));
            case FlowEffect.Play e ->
                tell(
                        new CallCommand.Play(
                                leg,
                                LegNames.play(contact, e.play()),
                                e.items().stream()
                                        .map(item -> new CallCommand.PromptRef(
                                                item.language().tag(), item.prompt()))
                                        .toList()),
                        new SwitchInput.PlayFailed(contact, e.play()));
            case FlowEffect.StopPlay e -> tell(new CallCommand.StopPlay(leg, LegNames.play(contact, e.play())));
            case FlowEffect.StartMusic _ -> tell(new CallCommand.StartMusic(leg));
            case FlowEffect.StopMusic _ -> tell(new CallCommand.StopMusic(leg));
            case FlowEffect.EnterQueue e -> enterQueue(call, e, now);
            case FlowEffect.AskPosition _ ->
                pending.add(new Step.Flow(
                        contact, new FlowInput.PositionTold(state.routing().position(contact))));
            case FlowEffect.HangUp _ -> tell(new CallCommand.HangUp(leg));
            case FlowEffect.StartTimer e ->
                actions.add(new Action.StartTimer(
                        new TimerName.Call(contact, e.timer()), e.generation(), now.plus(e.after())));
            case FlowEffect.CancelTimer e ->
                actions.add(new Action.CancelTimer(new TimerName.Call(contact, e.timer())));
        }
    }

    private void enterQueue(Call call, FlowEffect.EnterQueue effect, Instant now) {
        ContactContext context = new ContactContext(
                call.helpline(),
                call.callerNumber(),
                effect.need(),
                effect.path().stream()
                        .map(step -> new ContactContext.PathStep(step.at(), step.node(), step.value()))
                        .toList(),
                call.arrivedAt());
        // The flow hears that it is in the queue before it hears what came of it.
        pending.add(new Step.Flow(call.contact(), new FlowInput.QueueEntered()));
        Optional<Refusal> refused = route(
                new Input.EnterQueue(
                        call.contact(),
                        new QueueId(effect.queue()),
                        new Language(effect.language().tag()),
                        Modality.VOICE,
                        context),
                now);
        refused.ifPresent(r -> {
            pending.removeLast();
            pending.add(new Step.Flow(call.contact(), new FlowInput.QueueRefused(r.reason())));
        });
    }

    // ---- routing

    private Optional<Refusal> route(Input input, Instant now) {
        Turn turn = routing.step(input, now);
        turn.events().forEach(event -> events.add(new DomainEvent.Routing(event))); // applied by the core already
        for (Effect effect : turn.effects()) carryOut(effect, now);
        return turn.refusal();
    }

    private void carryOut(Effect effect, Instant now) {
        switch (effect) {
            case Effect.RingDevice e -> ring(e, now);
            case Effect.ReleaseDevice e -> {
                state.device(e.leg())
                        .ifPresent(device -> emit(new DomainEvent.DeviceGone(now, device.contact(), e.leg())));
                tell(new CallCommand.HangUp(e.leg().value()));
            }
            case Effect.Connect e -> {
                flow(e.contact(), new FlowInput.AgentConnected(), now);
                state.call(e.contact()).ifPresent(call -> {
                    emit(new DomainEvent.LegsBridged(now, e.contact(), e.leg()));
                    tell(
                            new CallCommand.Bridge(
                                    LegNames.bridge(e.contact()),
                                    List.of(call.leg(), e.leg().value())),
                            new SwitchInput.BridgeFailed(e.contact(), e.leg()));
                });
            }
            case Effect.ReturnToWaiting e -> {
                part(e.contact(), now);
                pending.add(new Step.Flow(e.contact(), new FlowInput.ReturnedToQueue()));
            }
            case Effect.ComfortCaller e -> {
                part(e.contact(), now);
                pending.add(new Step.Flow(e.contact(), new FlowInput.AgentLost()));
            }
            case Effect.ReleaseCaller e -> pending.add(new Step.Flow(e.contact(), new FlowInput.ContactOver()));
            case Effect.HoldCaller _,
                    Effect.ReferCaller _,
                    Effect.EndConsult _,
                    Effect.RingSupervisor _,
                    Effect.Supervise _,
                    Effect.EndSupervision _ -> {}
            case Effect.StartTimer e ->
                actions.add(new Action.StartTimer(new TimerName.Routing(e.key()), e.generation(), e.at()));
            case Effect.CancelTimer e -> actions.add(new Action.CancelTimer(new TimerName.Routing(e.key())));
        }
    }

    private void ring(Effect.RingDevice ring, Instant now) {
        Optional<Call> call = state.call(ring.contact());
        Optional<String> phone = state.phone(PhoneOwner.of(ring.agent()));
        Optional<String> address = phone.or(() -> plan.deviceOf(ring.agent()));
        if (call.isEmpty() || address.isEmpty()) {
            pending.add(new Step.Route(new Input.DeviceFailed(ring.leg(), DeviceFailure.UNREACHABLE)));
            return;
        }
        boolean acceptedOnDesktop = state.routing()
                .agent(ring.agent())
                .map(agent -> agent.settings().offerOn() == AgentSettings.OfferOn.DESKTOP)
                .orElse(true);
        emit(new DomainEvent.DeviceRung(now, ring.contact(), ring.agent(), ring.leg(), phone));
        tell(
                new CallCommand.Originate(
                        ring.leg().value(),
                        ring.contact().value(),
                        address.get(),
                        call.get().callerNumber(),
                        Optional.of(call.get().leg()),
                        acceptedOnDesktop,
                        ring.answerWithin()),
                new SwitchInput.RingFailed(ring.leg()));
    }

    /// Takes the bridge away, if there is one; what the caller hears next is for the flow to say.
    private void part(ContactId contact, Instant now) {
        if (state.call(contact).flatMap(Call::bridged).isEmpty()) return;
        emit(new DomainEvent.LegsParted(now, contact));
        tell(new CallCommand.Unbridge(LegNames.bridge(contact)));
    }

    // ----

    private void emit(DomainEvent event) {
        state.apply(event);
        events.add(event);
    }

    private void tell(CallCommand command) {
        actions.add(new Action.Tell(command, Optional.empty()));
    }

    private void tell(CallCommand command, SwitchInput onFailure) {
        actions.add(new Action.Tell(command, Optional.of(onFailure)));
    }
}
