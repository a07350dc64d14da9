package org.helpline.app.switchboard;

import java.util.Optional;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.app.switchboard.SwitchState.DeviceLeg;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.Effect;
import org.helpline.router.Input;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.LegId;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallEvent.EndCause;

/// Agents' devices ring, answer and end; those of supervisors are in [Supervision].
final class Devices {
    private Devices() {}

    static void ring(SwitchTurn turn, Effect.RingDevice ring) {
        Optional<Call> call = Consults.callOf(turn, ring.contact());
        Optional<String> phone = turn.state().phone(PhoneOwner.of(ring.agent()));
        Optional<String> address = phone.or(() -> turn.plan().deviceOf(ring.agent()));
        if (call.isEmpty() || address.isEmpty()) {
            turn.owe(new Input.DeviceFailed(ring.leg(), DeviceFailure.UNREACHABLE));
            return;
        }
        boolean acceptedOnDesktop = turn.state()
                .routing()
                .agent(ring.agent())
                .map(agent -> agent.settings().offerOn() == AgentSettings.OfferOn.DESKTOP)
                .orElse(true);
        turn.emit(new DomainEvent.DeviceRung(turn.now(), ring.contact(), ring.agent(), ring.leg(), phone));
        turn.tell(
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

    static void release(SwitchTurn turn, LegId leg) {
        turn.state()
                .device(leg)
                .ifPresent(device -> turn.emit(new DomainEvent.DeviceGone(turn.now(), device.contact(), leg)));
        turn.tell(new CallCommand.HangUp(leg.value()));
    }

    static void up(SwitchTurn turn, LegId leg) {
        DeviceLeg device = turn.state().device(leg).orElse(null);
        if (device == null) {
            boolean awaited = Supervision.up(turn, leg);
            // Answered after we had given it up: nobody waits for this leg any more.
            if (!awaited && turn.state().callOfLeg(leg.value()).isEmpty()) {
                turn.tell(new CallCommand.HangUp(leg.value()));
            }
            return;
        }
        if (device.up()) return;
        turn.emit(new DomainEvent.DeviceUp(turn.now(), device.contact(), leg));
        turn.owe(new Input.DeviceAnswered(leg));
    }

    static void over(SwitchTurn turn, LegId leg, EndCause cause) {
        DeviceLeg device = turn.state().device(leg).orElse(null);
        if (device == null) {
            Supervision.over(turn, leg, cause);
            return;
        }
        turn.emit(new DomainEvent.DeviceGone(turn.now(), device.contact(), leg));
        turn.owe(overFor(leg, device.up(), cause));
    }

    static Input overFor(LegId leg, boolean wasUp, EndCause cause) {
        return wasUp
                ? new Input.DeviceLeft(leg, cause == EndCause.NORMAL)
                : new Input.DeviceFailed(leg, failure(cause));
    }

    private static DeviceFailure failure(EndCause cause) {
        return switch (cause) {
            case BUSY -> DeviceFailure.BUSY;
            case NO_ANSWER -> DeviceFailure.NO_ANSWER;
            case UNREACHABLE -> DeviceFailure.UNREACHABLE;
            case REJECTED -> DeviceFailure.REJECTED;
            case NORMAL, MEDIA_LOST, CARRIER_LOST, ERROR -> DeviceFailure.ERROR;
        };
    }

    static void moveTo(SwitchTurn turn, ContactId contact, LegId leg) {
        turn.state()
                .device(leg)
                .filter(device -> !device.contact().equals(contact))
                .ifPresent(_ -> turn.emit(new DomainEvent.DeviceMoved(turn.now(), contact, leg)));
    }

    /// A page that was loaded again, or on another machine, took the place of the one before, which cannot end
    /// its calls in good order any more: nobody hears the caller there. Ended as lost, the call comes to the new
    /// one.
    static void phoneRegistered(SwitchTurn turn, SwitchInput.PhoneRegistered in) {
        if (turn.state().phone(in.owner()).filter(in.address()::equals).isPresent()) return;
        turn.emit(new DomainEvent.PhoneRegistered(turn.now(), in.owner(), in.address()));
        for (LegId leg : turn.state().legsOnFormerPages(in.owner(), in.address())) {
            over(turn, leg, EndCause.CARRIER_LOST);
            turn.tell(new CallCommand.HangUp(leg.value()));
        }
    }

    static void phoneGone(SwitchTurn turn, SwitchInput.PhoneGone in) {
        if (turn.state().phone(in.owner()).filter(in.address()::equals).isPresent()) {
            turn.emit(new DomainEvent.PhoneGone(turn.now(), in.owner(), in.address()));
        }
    }
}
