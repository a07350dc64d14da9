package org.helpline.router;

import java.util.List;

/// Whom and what an event is about, for those who hear events and hand them on. Pure.
public final class EventParties {
    private EventParties() {}

    /// Contacts, consults among them; the first is the one that the event is about.
    public static List<ContactId> contacts(Event event) {
        return switch (event) {
            case Event.ContactQueued e -> List.of(e.contact());
            case Event.OfferMade e -> List.of(e.contact());
            case Event.OfferExtended e -> List.of(e.contact());
            case Event.OfferEnded e -> List.of(e.contact());
            case Event.ContactConnecting e -> List.of(e.contact());
            case Event.DeviceAttemptFailed e -> List.of(e.contact());
            case Event.ContactConnected e -> List.of(e.contact());
            case Event.AgentLost e -> List.of(e.contact());
            case Event.ContactRequeued e -> List.of(e.contact());
            case Event.ContactHeld e -> List.of(e.contact());
            case Event.ContactRetrieved e -> List.of(e.contact());
            case Event.ContactTransferred e -> List.of(e.contact());
            case Event.CallerVerified e -> List.of(e.contact());
            case Event.PlaceKept e -> List.of(e.contact());
            case Event.PlaceGivenUp e -> List.of(e.contact());
            case Event.ContactEnded e -> List.of(e.contact());
            case Event.ConsultStarted e -> List.of(e.consult(), e.of());
            case Event.ConsultEnded e -> List.of(e.consult(), e.of());
            case Event.TransferCompleted e -> List.of(e.contact(), e.consult());
            case Event.SupervisionRequested e -> List.of(e.contact());
            case Event.SupervisionStarted e -> List.of(e.contact());
            case Event.SupervisionChanged e -> List.of(e.contact());
            case Event.SupervisionEnded e -> List.of(e.contact());
            case Event.WrapUpStarted e -> List.of(e.contact());
            case Event.WrapUpCompleted e -> List.of(e.contact());
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
                    Event.TimerCancelled _ -> List.of();
        };
    }

    /// Agents whose own doings or contacts it changes.
    public static List<AgentId> agents(Event event) {
        return switch (event) {
            case Event.AgentSignedIn e -> List.of(e.agent());
            case Event.AgentSocketLost e -> List.of(e.agent());
            case Event.AgentSocketRestored e -> List.of(e.agent());
            case Event.AgentSignedOut e -> List.of(e.agent());
            case Event.AgentStateChanged e -> List.of(e.agent());
            case Event.AgentSkillsChanged e -> List.of(e.agent());
            case Event.DeviceReachabilityChanged e -> List.of(e.agent());
            case Event.OfferMade e -> List.of(e.agent());
            case Event.OfferExtended e -> List.of(e.agent());
            case Event.OfferEnded e -> List.of(e.agent());
            case Event.ContactConnecting e -> List.of(e.agent());
            case Event.DeviceAttemptFailed e -> List.of(e.agent());
            case Event.ContactConnected e -> List.of(e.agent());
            case Event.AgentLost e -> List.of(e.agent());
            case Event.ContactHeld e -> List.of(e.agent());
            case Event.ContactRetrieved e -> List.of(e.agent());
            case Event.ContactTransferred e -> List.of(e.from());
            case Event.CallerVerified e -> List.of(e.agent());
            case Event.ConsultStarted e -> List.of(e.by());
            case Event.TransferCompleted e -> List.of(e.from(), e.to());
            case Event.SupervisionRequested e -> List.of(e.agent());
            case Event.SupervisionStarted e -> List.of(e.agent());
            case Event.SupervisionChanged e -> List.of(e.agent());
            case Event.SupervisionEnded e -> List.of(e.agent());
            case Event.WrapUpStarted e -> List.of(e.agent());
            case Event.WrapUpCompleted e -> List.of(e.agent());
            case Event.DomainConfigured _,
                    Event.OffersSuspended _,
                    Event.OffersResumed _,
                    Event.AgentWishNoted _,
                    Event.ContactQueued _,
                    Event.ContactRequeued _,
                    Event.ContactEnded _,
                    Event.PlaceKept _,
                    Event.PlaceGivenUp _,
                    Event.ConsultEnded _,
                    Event.QueueClosed _,
                    Event.QueueOpened _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> List.of();
        };
    }
}
