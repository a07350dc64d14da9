package org.helpline.app.switchboard;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.helpline.ivr.FlowTimer;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.LegId;
import org.helpline.router.TimerKey;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.Census;

/// What can happen to a domain: the carrier reports, an agent commands, time passes, an action fails.
public sealed interface SwitchInput {

    /// A new call, with the contact id made for it at the edge.
    record NewCall(ContactId contact, CallEvent.CallArrived call, KnownCaller caller) implements SwitchInput {
        public NewCall(ContactId contact, CallEvent.CallArrived call) {
            this(contact, call, KnownCaller.STRANGER);
        }
    }

    /// Anything else a carrier reports.
    record Carrier(CallEvent event) implements SwitchInput {}

    /// A command of an agent or supervisor, or a change of settings. The only input that can be refused.
    record Command(Input input) implements SwitchInput {}

    record RoutingTimer(TimerKey key, long generation) implements SwitchInput {}

    record CallTimer(ContactId contact, FlowTimer timer, long generation) implements SwitchInput {}

    /// The carrier would not play: the flow goes on as if it had been heard.
    record PlayFailed(ContactId contact, long play) implements SwitchInput {}

    /// The carrier would not call the device.
    record RingFailed(LegId leg) implements SwitchInput {}

    record BridgeFailed(ContactId contact, LegId leg) implements SwitchInput {}

    /// The carrier would not take the caller to the number.
    record ReferFailed(ContactId contact) implements SwitchInput {}

    /// The carrier would not take the supervisor to where they listen.
    ///
    /// @param snoop empty: to the contact's bridge
    record ListenFailed(LegId leg, Optional<String> snoop) implements SwitchInput {}

    /// A browser can be called from now on, in the place of the one its owner had before.
    ///
    /// @param address in the carrier's notation; each page that is opened has one of its own
    record PhoneRegistered(PhoneOwner owner, String address) implements Phone {}

    /// The browser at this address cannot be called any more. A call that it is in may go on.
    record PhoneGone(PhoneOwner owner, String address) implements Phone {}

    /// Something about a browser as somebody's phone.
    sealed interface Phone extends SwitchInput {}

    /// Helpline's process is new: the state is that of the one before, the carrier is connected. The first input after
    /// a recovery, before any timer is armed ([Switchboard#timers]), in the place of that connection. What was told
    /// to the carrier last may have been carried out or not, and what it reported meanwhile is lost.
    ///
    /// @param asOf when the carrier was asked; legs known since after that are not missed
    record Restarted(Census census, Instant asOf) implements SwitchInput {}

    /// The domain is to take no new calls, or to take them again.
    record Drain(boolean on) implements SwitchInput {}

    /// The carrier was asked what it holds. Legs known since before that and not held any more are gone; what it holds
    /// and nobody knows is given back to its own fall-back when `strangers` names it.
    ///
    /// @param asOf when the carrier was asked
    /// @param strangers legs that were unknown at the audit before, too
    record Audited(Census census, Instant asOf, Set<String> strangers) implements SwitchInput {
        public Audited {
            strangers = Set.copyOf(strangers);
        }
    }
}
