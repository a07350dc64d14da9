package org.helpline.app.switchboard;

import java.util.List;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.ivr.FlowInput;
import org.helpline.router.ContactId;
import org.helpline.router.Effect;
import org.helpline.telephony.CallCommand;

/// A caller is joined with an agent, put on hold, parted again, or passed on.
final class Talks {
    private Talks() {}

    /// Also after a hold, and with the leg of a consult when that is completed: from then on the leg belongs to
    /// this contact.
    static void connect(SwitchTurn turn, Effect.Connect connect) {
        ContactId contact = connect.contact();
        Flows.give(turn, contact, new FlowInput.AgentConnected());
        turn.state().call(contact).ifPresent(call -> {
            Devices.moveTo(turn, contact, connect.leg());
            turn.emit(new DomainEvent.LegsBridged(turn.now(), contact, connect.leg()));
            turn.tell(
                    new CallCommand.Bridge(
                            LegNames.bridge(contact),
                            List.of(call.leg(), connect.leg().value())),
                    new SwitchInput.BridgeFailed(contact, connect.leg()));
            Supervision.follow(turn, contact);
        });
    }

    /// The agent's leg stays up, and whoever barged in stays with it.
    static void hold(SwitchTurn turn, ContactId contact) {
        part(turn, contact);
        Flows.give(turn, contact, new FlowInput.CallerHeld());
        Supervision.follow(turn, contact);
    }

    static void returnToWaiting(SwitchTurn turn, ContactId contact, boolean transferred) {
        part(turn, contact);
        turn.owe(contact, transferred ? new FlowInput.Transferred() : new FlowInput.ReturnedToQueue());
    }

    static void refer(SwitchTurn turn, Effect.ReferCaller refer) {
        part(turn, refer.contact());
        Flows.give(turn, refer.contact(), new FlowInput.Referred());
        turn.state().call(refer.contact()).ifPresent(call -> tellReferral(turn, call, refer.number()));
    }

    /// Helpline was started again, and the caller is still here: the command that was to take the caller away is lost.
    static void referAgain(SwitchTurn turn, Call call) {
        turn.state()
                .referral(call.contact())
                .ifPresentOrElse(
                        number -> tellReferral(turn, call, number),
                        // In a snapshot from before numbers were kept: the carrier's own fall-back knows more.
                        () -> turn.tell(new CallCommand.HandBack(call.leg())));
    }

    private static void tellReferral(SwitchTurn turn, Call call, String number) {
        turn.tell(
                new CallCommand.Refer(call.leg(), number, languageOf(turn, call)),
                new SwitchInput.ReferFailed(call.contact()));
    }

    private static String languageOf(SwitchTurn turn, Call call) {
        return call.flow()
                .language()
                .orElseGet(
                        () -> turn.plan().flows().get(call.helpline().value()).defaultLanguage())
                .tag();
    }

    /// Takes the bridge away, if there is one; what the caller hears next is for the flow to say.
    static void part(SwitchTurn turn, ContactId contact) {
        if (turn.state().call(contact).flatMap(Call::bridged).isEmpty()) return;
        turn.emit(new DomainEvent.LegsParted(turn.now(), contact));
        turn.tell(new CallCommand.Unbridge(LegNames.bridge(contact)));
    }
}
