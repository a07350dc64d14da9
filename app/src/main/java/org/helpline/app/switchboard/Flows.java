package org.helpline.app.switchboard;

import java.util.Optional;
import org.helpline.app.switchboard.Action.TimerName;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.FlowEffect;
import org.helpline.ivr.FlowInput;
import org.helpline.ivr.FlowMachine;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.Refusal;
import org.helpline.telephony.CallCommand;

/// One flow for each call, and what it asks for.
final class Flows {
    private Flows() {}

    static void give(SwitchTurn turn, ContactId contact, FlowInput input) {
        Call call = turn.state().call(contact).orElse(null);
        if (call == null) return; // the caller left earlier in this turn
        CallFlow flow = turn.plan().flows().get(call.helpline().value());
        FlowMachine.FlowTurn led = FlowMachine.step(flow, call.flow(), input, turn.now());
        led.events().forEach(event -> turn.emit(new DomainEvent.Flow(contact, event)));
        for (FlowEffect effect : led.effects()) carryOut(turn, call, effect);
    }

    private static void carryOut(SwitchTurn turn, Call call, FlowEffect effect) {
        String leg = call.leg();
        ContactId contact = call.contact();
        switch (effect) {
            case FlowEffect.Answer _ -> turn.tell(new CallCommand.Answer(leg, contact.value()));
            case FlowEffect.Play e ->
                turn.tell(
                        new CallCommand.Play(
                                leg,
                                LegNames.play(contact, e.play()),
                                e.items().stream()
                                        .map(item -> new CallCommand.PromptRef(
                                                item.language().tag(), item.prompt()))
                                        .toList()),
                        new SwitchInput.PlayFailed(contact, e.play()));
            case FlowEffect.StopPlay e -> turn.tell(new CallCommand.StopPlay(leg, LegNames.play(contact, e.play())));
            case FlowEffect.StartMusic _ -> turn.tell(new CallCommand.StartMusic(leg));
            case FlowEffect.StopMusic _ -> turn.tell(new CallCommand.StopMusic(leg));
            case FlowEffect.EnterQueue e -> enterQueue(turn, call, e);
            case FlowEffect.AskPosition _ ->
                turn.owe(
                        contact,
                        new FlowInput.PositionTold(turn.state().routing().position(contact)));
            case FlowEffect.HangUp _ -> turn.tell(new CallCommand.HangUp(leg));
            case FlowEffect.StartTimer e ->
                turn.act(new Action.StartTimer(
                        new TimerName.Call(contact, e.timer()),
                        e.generation(),
                        turn.now().plus(e.after())));
            case FlowEffect.CancelTimer e -> turn.act(new Action.CancelTimer(new TimerName.Call(contact, e.timer())));
        }
    }

    private static void enterQueue(SwitchTurn turn, Call call, FlowEffect.EnterQueue effect) {
        ContactContext context = new ContactContext(
                call.helpline(),
                call.callerNumber(),
                effect.need(),
                effect.path().stream()
                        .map(step -> new ContactContext.PathStep(step.at(), step.node(), step.value()))
                        .toList(),
                call.arrivedAt());
        // The flow hears that it is in the queue before it hears what came of it.
        turn.owe(call.contact(), new FlowInput.QueueEntered());
        Optional<Refusal> refused = Routes.give(
                turn,
                new Input.EnterQueue(
                        call.contact(),
                        new QueueId(effect.queue()),
                        new Language(effect.language().tag()),
                        Modality.VOICE,
                        context));
        refused.ifPresent(refusal -> {
            turn.forgive();
            turn.owe(call.contact(), new FlowInput.QueueRefused(refusal.reason()));
        });
    }
}
