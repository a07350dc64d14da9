package org.helpline.app.switchboard;

import java.util.ArrayList;
import java.util.List;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.ivr.FlowInput;
import org.helpline.ivr.FlowPhase;
import org.helpline.router.Input;
import org.helpline.router.LegId;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.Census;

/// Helpline was started again: the state is brought together with what the carrier holds.
///
/// The journal may be ahead of the carrier by the commands of the last turns, and the carrier ahead of the journal by
/// what nobody heard. Both are mended the same way: what the state says, the carrier is told again unless it has it
/// already; what the carrier has got further with, the state takes as reported now. Where all agrees, as for caller and
/// agent who talk, nothing is sent at all.
///
/// The order matters. First no offers are made and nobody is blamed, as while the carrier is away. Then ends are taken
/// before answers, for a leg that answered may find its contact gone; then flows go on; then the agents' sockets count
/// as lost, so that whoever has just become free is awaited like all others. The carrier is mended by what the state
/// has become.
final class Restart {
    private Restart() {}

    static void take(SwitchTurn turn, SwitchInput.Restarted in) {
        // Browsers' connections went through the process that has ended; a page that is back registers anew.
        turn.state()
                .phones()
                .forEach((owner, address) -> turn.emit(new DomainEvent.PhoneGone(turn.now(), owner, address)));
        turn.owe(new Input.CarrierLost());
        Switchboard.drain(turn);

        Reconciliation found = Reconciliation.atRestart(turn.state(), in);
        found.callersGone().forEach(gone -> Switchboard.callerGone(turn, gone.call(), gone.lost()));
        found.lostDevices().forEach(leg -> Devices.over(turn, leg, EndCause.CARRIER_LOST));
        Switchboard.drain(turn);
        answered(turn, in.census()).forEach(leg -> Devices.up(turn, leg));
        Switchboard.drain(turn);

        for (Call call : List.copyOf(turn.state().calls())) {
            if (call.flow().phase() == FlowPhase.REFERRED) {
                Talks.referAgain(turn, call);
            } else {
                Flows.give(turn, call.contact(), new FlowInput.Restarted());
            }
        }
        turn.owe(new Input.Restarted());
        Switchboard.drain(turn);

        turn.actOnce(Reconciliation.mends(turn.state(), in.census()));
        turn.owe(new Input.CarrierRestored());
    }

    /// Devices' legs whose answer was missed.
    private static List<LegId> answered(SwitchTurn turn, Census census) {
        List<LegId> answered = new ArrayList<>();
        for (Census.Leg leg : census.legs()) {
            if (!leg.up()) continue;
            LegId id = new LegId(leg.leg());
            boolean rings =
                    turn.state().device(id).filter(device -> !device.up()).isPresent()
                            || turn.state()
                                    .listener(id)
                                    .filter(listener -> !listener.up())
                                    .isPresent();
            if (rings) answered.add(id);
        }
        return answered;
    }
}
