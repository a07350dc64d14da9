package org.helpline.app.switchboard;

import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.Action.TimerName;
import org.helpline.ivr.FlowInput;
import org.helpline.router.ContactId;
import org.helpline.router.Effect;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.router.Turn;

/// The routing core's effects, given to whoever carries them out.
final class Routes {
    private Routes() {}

    static Optional<Refusal> give(SwitchTurn turn, Input input) {
        Turn led = turn.route(input);
        List<Event.ConsultStarted> started = led.events().stream()
                .filter(Event.ConsultStarted.class::isInstance)
                .map(Event.ConsultStarted.class::cast)
                .toList();
        started.forEach(consult -> Consults.open(turn, consult));
        for (Effect effect : led.effects()) carryOut(turn, led, effect);
        // The hold among the effects has parted the legs: now music is heard on the agent's.
        started.forEach(consult -> Consults.waits(turn, consult.consult()));
        return led.refusal();
    }

    private static void carryOut(SwitchTurn turn, Turn led, Effect effect) {
        switch (effect) {
            case Effect.RingDevice e -> Devices.ring(turn, e);
            case Effect.ReleaseDevice e -> Devices.release(turn, e.leg());
            case Effect.Connect e -> {
                if (!Consults.connected(turn, e)) Talks.connect(turn, e);
            }
            case Effect.ReturnToWaiting e -> {
                if (!Consults.returned(turn, e.contact())) Talks.returnToWaiting(turn, e.contact(), wentOn(led, e));
            }
            case Effect.ComfortCaller e -> {
                Talks.part(turn, e.contact());
                turn.owe(e.contact(), new FlowInput.AgentLost());
            }
            case Effect.ReleaseCaller e -> turn.owe(e.contact(), new FlowInput.ContactOver());
            case Effect.HoldCaller e -> Talks.hold(turn, e.contact());
            case Effect.ReferCaller e -> Talks.refer(turn, e);
            case Effect.EndConsult e -> Consults.end(turn, e.consult());
            case Effect.RingSupervisor e -> Supervision.ring(turn, e);
            case Effect.Supervise e -> Supervision.listen(turn, e);
            case Effect.EndSupervision e -> Supervision.end(turn, e.leg());
            case Effect.StartTimer e ->
                turn.act(new Action.StartTimer(new TimerName.Routing(e.key()), e.generation(), e.at()));
            case Effect.CancelTimer e -> turn.act(new Action.CancelTimer(new TimerName.Routing(e.key())));
        }
    }

    /// Whether the contact waits because its agent passed it on, and not because something failed.
    private static boolean wentOn(Turn led, Effect.ReturnToWaiting effect) {
        ContactId contact = effect.contact();
        return led.events().stream()
                .anyMatch(event -> event instanceof Event.ContactTransferred e
                        && e.contact().equals(contact));
    }
}
