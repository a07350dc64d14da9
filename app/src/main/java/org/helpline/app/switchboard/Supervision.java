package org.helpline.app.switchboard;

import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.app.switchboard.SwitchState.Listener;
import org.helpline.app.switchboard.SwitchState.Place;
import org.helpline.router.ContactId;
import org.helpline.router.Effect;
import org.helpline.router.Input;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.LegId;
import org.helpline.router.SupervisionMode;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallEvent.EndCause;

/// Supervisors' devices, and where they listen: at the agent's leg, or, barging in, in the contact's bridge
/// for as long as there is one. While the caller is held, who barged in speaks with the agent.
final class Supervision {
    private Supervision() {}

    static void ring(SwitchTurn turn, Effect.RingSupervisor ring) {
        Optional<String> phone = turn.state().phone(PhoneOwner.of(ring.supervisor()));
        Optional<String> address = phone.or(() -> turn.plan().deviceOf(ring.supervisor()));
        if (address.isEmpty()) {
            turn.owe(new Input.DeviceFailed(ring.leg(), DeviceFailure.UNREACHABLE));
            return;
        }
        turn.emit(new DomainEvent.SupervisorRung(turn.now(), ring.contact(), ring.supervisor(), ring.leg(), phone));
        turn.tell(
                new CallCommand.Originate(
                        ring.leg().value(),
                        ring.contact().value(),
                        address.get(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        ring.answerWithin()),
                new SwitchInput.RingFailed(ring.leg()));
    }

    /// @return false when the leg is no supervisor's
    static boolean up(SwitchTurn turn, LegId leg) {
        Optional<Listener> listener = turn.state().listener(leg);
        listener.filter(ringing -> !ringing.up()).ifPresent(ringing -> {
            turn.emit(new DomainEvent.SupervisorUp(turn.now(), ringing.contact(), leg));
            turn.owe(new Input.DeviceAnswered(leg));
        });
        return listener.isPresent();
    }

    static void over(SwitchTurn turn, LegId leg, EndCause cause) {
        turn.state().listener(leg).ifPresent(listener -> {
            gone(turn, leg, listener);
            turn.owe(Devices.overFor(leg, listener.up(), cause));
        });
    }

    static void end(SwitchTurn turn, LegId leg) {
        turn.state().listener(leg).ifPresent(listener -> {
            gone(turn, leg, listener);
            turn.tell(new CallCommand.HangUp(leg.value()));
        });
    }

    private static void gone(SwitchTurn turn, LegId leg, Listener listener) {
        listener.snoop().ifPresent(snoop -> turn.tell(new CallCommand.EndSnoop(snoop)));
        turn.emit(new DomainEvent.SupervisorGone(turn.now(), listener.contact(), leg));
    }

    /// The carrier does not let the supervisor listen: the end of the leg, which follows, ends the supervision.
    static void failed(SwitchTurn turn, SwitchInput.ListenFailed failed) {
        turn.state()
                .listener(failed.leg())
                .filter(listener -> listener.snoop().equals(failed.snoop()))
                .ifPresent(_ -> turn.tell(new CallCommand.HangUp(failed.leg().value())));
    }

    // ---- where to listen

    static void listen(SwitchTurn turn, Effect.Supervise effect) {
        turn.state()
                .listener(effect.leg())
                .ifPresent(listener -> place(turn, effect.leg(), listener, effect.agentLeg(), effect.mode()));
    }

    /// Caller and agent have been joined or parted.
    static void follow(SwitchTurn turn, ContactId contact) {
        turn.state().listeners().forEach((leg, listener) -> {
            if (!listener.contact().equals(contact)) return;
            listener.place()
                    .filter(place -> place.mode() == SupervisionMode.BARGE)
                    .ifPresent(place -> place(turn, leg, listener, place.agentLeg(), place.mode()));
        });
    }

    private static void place(SwitchTurn turn, LegId leg, Listener listener, LegId agentLeg, SupervisionMode mode) {
        boolean joins = mode == SupervisionMode.BARGE
                && turn.state().call(listener.contact()).flatMap(Call::bridged).equals(Optional.of(agentLeg));
        Optional<String> snoop = joins ? Optional.empty() : Optional.of(LegNames.snoop(leg, listener.places() + 1));
        listener.snoop().ifPresent(former -> turn.tell(new CallCommand.EndSnoop(former)));
        turn.emit(new DomainEvent.SupervisorPlaced(turn.now(), listener.contact(), leg, agentLeg, mode, snoop));
        turn.tell(
                command(listener.contact(), leg, new Place(agentLeg, mode, snoop)),
                new SwitchInput.ListenFailed(leg, snoop));
    }

    /// What takes a listener to its place, and does no harm to one who is there.
    static CallCommand command(ContactId contact, LegId leg, Place place) {
        return place.snoop()
                .<CallCommand>map(snoop -> new CallCommand.Snoop(
                        snoop, place.agentLeg().value(), leg.value(), place.mode() != SupervisionMode.MONITOR))
                .orElseGet(() -> new CallCommand.Bridge(LegNames.bridge(contact), List.of(leg.value())));
    }
}
