package org.helpline.app.switchboard;

import java.util.Optional;
import org.helpline.router.ContactId;
import org.helpline.router.Event;

/// Which contact a routing event belongs to.
final class EventContacts {
    private EventContacts() {}

    static Optional<ContactId> of(Event event) {
        return switch (event) {
            case Event.ContactQueued e -> Optional.of(e.contact());
            case Event.OfferMade e -> Optional.of(e.contact());
            case Event.OfferEnded e -> Optional.of(e.contact());
            case Event.ContactConnecting e -> Optional.of(e.contact());
            case Event.DeviceAttemptFailed e -> Optional.of(e.contact());
            case Event.ContactConnected e -> Optional.of(e.contact());
            case Event.AgentLost e -> Optional.of(e.contact());
            case Event.ContactRequeued e -> Optional.of(e.contact());
            case Event.ContactHeld e -> Optional.of(e.contact());
            case Event.ContactRetrieved e -> Optional.of(e.contact());
            case Event.ContactTransferred e -> Optional.of(e.contact());
            case Event.ContactEnded e -> Optional.of(e.contact());
            case Event.ConsultStarted e -> Optional.of(e.consult());
            case Event.ConsultEnded e -> Optional.of(e.consult());
            case Event.TransferCompleted e -> Optional.of(e.contact());
            case Event.SupervisionRequested e -> Optional.of(e.contact());
            case Event.SupervisionStarted e -> Optional.of(e.contact());
            case Event.SupervisionChanged e -> Optional.of(e.contact());
            case Event.SupervisionEnded e -> Optional.of(e.contact());
            case Event.WrapUpStarted e -> Optional.of(e.contact());
            case Event.WrapUpCompleted e -> Optional.of(e.contact());
            case Event.DomainConfigured _,
                    Event.OffersSuspended _,
                    Event.OffersResumed _,
                    Event.AgentSignedIn _,
                    Event.AgentSocketLost _,
                    Event.AgentSocketRestored _,
                    Event.AgentSignedOut _,
                    Event.AgentStateChanged _,
                    Event.AgentWishNoted _,
                    Event.AgentSkillsChanged _,
                    Event.QueueClosed _,
                    Event.QueueOpened _,
                    Event.DeviceReachabilityChanged _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> Optional.empty();
        };
    }
}
