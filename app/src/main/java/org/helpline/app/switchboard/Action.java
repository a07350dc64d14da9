package org.helpline.app.switchboard;

import java.time.Instant;
import java.util.Optional;
import org.helpline.ivr.FlowTimer;
import org.helpline.router.ContactId;
import org.helpline.router.TimerKey;
import org.helpline.telephony.CallCommand;

/// What the edge must do after a turn's events are in the journal.
public sealed interface Action {

    /// Send a command to the carrier.
    ///
    /// @param onFailure what to feed back when the carrier does not carry it out; empty: nothing depends on it
    record Tell(CallCommand command, Optional<SwitchInput> onFailure) implements Action {}

    record StartTimer(TimerName name, long generation, Instant due) implements Action {}

    record CancelTimer(TimerName name) implements Action {}

    /// A timer of the domain or of one call.
    sealed interface TimerName {
        record Routing(TimerKey key) implements TimerName {}

        record Call(ContactId contact, FlowTimer timer) implements TimerName {}
    }
}
