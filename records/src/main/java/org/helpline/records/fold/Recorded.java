package org.helpline.records.fold;

import java.time.Instant;
import java.util.Optional;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;

/// What records are made of: what callers, flows and the router did, in the journal's order.
public sealed interface Recorded {
    Instant at();

    /// A caller's leg arrived: the contact begins.
    ///
    /// @param called label of the number that was called; never a caller's number
    /// @param caller keyed hash of the caller's number; empty when withheld
    record CallerArrived(Instant at, ContactId contact, HelplineId helpline, String called, Optional<NumberHash> caller)
            implements Recorded {}

    /// The caller's leg is gone.
    record CallerGone(Instant at, ContactId contact) implements Recorded {}

    /// The caller's way through its flow.
    record InFlow(ContactId contact, FlowEvent event) implements Recorded {
        @Override
        public Instant at() {
            return event.at();
        }
    }

    /// What the router did.
    record Routed(Event event) implements Recorded {
        @Override
        public Instant at() {
            return event.at();
        }
    }
}
