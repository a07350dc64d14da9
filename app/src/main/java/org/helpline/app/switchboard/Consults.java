package org.helpline.app.switchboard;

import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.app.switchboard.SwitchState.Consult;
import org.helpline.router.ContactId;
import org.helpline.router.Effect;
import org.helpline.router.Event;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.telephony.CallCommand;

/// An agent speaks with another one before handing a caller on. A consult has no call of its own: its caller's
/// side is the leg of the agent who consults, who hears music while nobody has answered.
final class Consults {
    private Consults() {}

    static void open(SwitchTurn turn, Event.ConsultStarted started) {
        turn.state()
                .routing()
                .contact(started.of())
                .flatMap(ContactView::leg)
                .ifPresent(leg ->
                        turn.emit(new DomainEvent.ConsultOpened(turn.now(), started.consult(), started.of(), leg)));
    }

    static void waits(SwitchTurn turn, ContactId id) {
        turn.state()
                .consult(id)
                .filter(consult -> consult.bridged().isEmpty())
                .ifPresent(consult ->
                        turn.tell(new CallCommand.StartMusic(consult.leg().value())));
    }

    /// @return false when it is no consult that is connected
    static boolean connected(SwitchTurn turn, Effect.Connect connect) {
        Optional<Consult> consult = turn.state().consult(connect.contact());
        consult.ifPresent(open -> {
            turn.emit(new DomainEvent.LegsBridged(turn.now(), open.consult(), connect.leg()));
            turn.tell(
                    new CallCommand.Bridge(
                            LegNames.bridge(open.consult()),
                            List.of(open.leg().value(), connect.leg().value())),
                    new SwitchInput.BridgeFailed(open.consult(), connect.leg()));
        });
        return consult.isPresent();
    }

    /// Whoever was to answer is sought again.
    ///
    /// @return false when it is no consult
    static boolean returned(SwitchTurn turn, ContactId id) {
        Optional<Consult> consult = turn.state().consult(id);
        consult.ifPresent(open -> {
            part(turn, open);
            waits(turn, id);
        });
        return consult.isPresent();
    }

    static void end(SwitchTurn turn, ContactId id) {
        turn.state().consult(id).ifPresent(open -> {
            part(turn, open);
            boolean hearsMusic =
                    open.bridged().isEmpty() && turn.state().device(open.leg()).isPresent();
            if (hearsMusic) turn.tell(new CallCommand.StopMusic(open.leg().value()));
            turn.emit(new DomainEvent.ConsultClosed(turn.now(), id));
        });
    }

    private static void part(SwitchTurn turn, Consult consult) {
        if (consult.bridged().isEmpty()) return;
        turn.emit(new DomainEvent.LegsParted(turn.now(), consult.consult()));
        turn.tell(new CallCommand.Unbridge(LegNames.bridge(consult.consult())));
    }

    /// The call that a contact is about: its own, or that of the contact which is consulted about.
    static Optional<Call> callOf(SwitchTurn turn, ContactId contact) {
        return turn.state().call(turn.state().consult(contact).map(Consult::of).orElse(contact));
    }
}
