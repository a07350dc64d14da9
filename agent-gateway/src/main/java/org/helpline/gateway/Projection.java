package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// Turns the domain's events into what each agent is told. It keeps a replica of the routing state of its
/// own, so that no desktop ever reads what the routing owner is writing.
final class Projection {
    private final RoutingState replica;

    Projection(RoutingState replica) {
        this.replica = replica;
    }

    /// One message to one agent.
    ///
    /// @param expiresAt for an offer: the time left is written when the message is sent, or sent again
    record Told(AgentId agent, ServerMessage.Type type, JsonObject body, Optional<Instant> expiresAt) {}

    /// Hears of each event right after it was applied, with the contact it is about as that was before.
    interface Observer {
        void observe(Event event, Optional<ContactView> before);
    }

    /// Takes the events of one turn, or of several.
    List<Told> apply(List<Event> events, Observer observer) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            Optional<ContactView> before = contactOf(event).flatMap(replica::contact);
            replica.apply(event);
            observer.observe(event, before);
            if (!wrapUpFollows(event, events.subList(i + 1, events.size()))) told.addAll(told(event, before));
        }
        return told;
    }

    /// A contact that goes into wrap-up is not over for its agent, although the caller's part of it is.
    private static boolean wrapUpFollows(Event event, List<Event> rest) {
        return event instanceof Event.ContactEnded ended
                && rest.stream()
                        .anyMatch(later -> later instanceof Event.WrapUpStarted started
                                && started.contact().equals(ended.contact()));
    }

    Optional<AgentView> agent(AgentId id) {
        return replica.agent(id);
    }

    /// The changing part of `welcome`.
    JsonObject snapshot(AgentView agent, Instant now) {
        JsonArray contacts = new JsonArray();
        JsonArray offers = new JsonArray();
        Optional<AgentId> me = Optional.of(agent.settings().id());
        replica.contacts().stream()
                .filter(contact -> contact.agent().equals(me) && contact.state() != ContactState.WAITING)
                .forEach(contact -> {
                    contacts.add(ServerMessage.contact(contact, false, now));
                    if (contact.offer().isPresent()) offers.add(pendingOffer(contact, now));
                });
        return new JsonObject()
                .put("agent", ServerMessage.agent(agent))
                .put("state", ServerMessage.state(agent))
                .put("contacts", contacts)
                .put("offers", offers);
    }

    private static JsonObject pendingOffer(ContactView contact, Instant now) {
        Instant expiresAt = contact.offerExpiresAt().orElseThrow();
        return new JsonObject()
                .put("offerId", contact.offer().orElseThrow().value())
                .put("contactId", contact.id().value())
                .put("expiresAt", expiresAt.toString())
                .put("expiresInMs", ServerMessage.millisUntil(expiresAt, now));
    }

    private List<Told> told(Event event, Optional<ContactView> before) {
        return switch (event) {
            case Event.AgentStateChanged e ->
                List.of(tell(
                        e.agent(),
                        ServerMessage.Type.AGENT_STATE,
                        ServerMessage.state(word(e.state()), e.reason(), e.at())));
            case Event.OfferMade e -> offer(e);
            case Event.OfferEnded e ->
                List.of(tell(
                        e.agent(),
                        ServerMessage.Type.OFFER_ENDED,
                        new JsonObject().put("offerId", e.offer().value()).put("outcome", word(e.outcome()))));
            case Event.ContactConnecting e -> contact(e.contact(), before, e.at());
            case Event.ContactConnected e -> contact(e.contact(), before, e.at());
            case Event.AgentLost e -> contact(e.contact(), before, e.at());
            case Event.ContactRequeued e -> contact(e.contact(), before, e.at());
            case Event.ContactHeld e -> contact(e.contact(), before, e.at());
            case Event.ContactRetrieved e -> contact(e.contact(), before, e.at());
            case Event.ContactTransferred e -> contact(e.contact(), before, e.at());
            case Event.ContactEnded e -> contact(e.contact(), before, e.at());
            case Event.ConsultEnded e -> contact(e.consult(), before, e.at());
            case Event.TransferCompleted e -> contact(e.contact(), before, e.at());
            case Event.WrapUpStarted e -> contact(e.contact(), before, e.at());
            case Event.WrapUpCompleted e -> contact(e.contact(), before, e.at());
            case Event.DomainConfigured _,
                    Event.OffersSuspended _,
                    Event.OffersResumed _,
                    Event.AgentSignedIn _,
                    Event.AgentSocketLost _,
                    Event.AgentSocketRestored _,
                    Event.AgentSignedOut _,
                    Event.AgentWishNoted _,
                    Event.ContactQueued _,
                    Event.ConsultStarted _,
                    Event.SupervisionRequested _,
                    Event.SupervisionStarted _,
                    Event.SupervisionChanged _,
                    Event.SupervisionEnded _,
                    Event.AgentSkillsChanged _,
                    Event.QueueClosed _,
                    Event.QueueOpened _,
                    Event.DeviceReachabilityChanged _,
                    Event.DeviceAttemptFailed _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> List.of();
        };
    }

    private List<Told> offer(Event.OfferMade e) {
        JsonObject body = new JsonObject()
                .put("offerId", e.offer().value())
                .put("expiresAt", e.expiresAt().toString())
                .put("expiresInMs", ServerMessage.millisUntil(e.expiresAt(), e.at()))
                .put("contact", ServerMessage.contact(shown(e.contact()), false, e.at()));
        return List.of(new Told(e.agent(), ServerMessage.Type.OFFER, body, Optional.of(e.expiresAt())));
    }

    private ContactView shown(ContactId id) {
        return replica.contact(id).orElseThrow(() -> new IllegalStateException("no contact " + id + " in the replica"));
    }

    /// The contact's agent hears of the change; an agent who had it and has it no more hears that it is over.
    /// An offer alone is no having: its end is told by `offer-ended`.
    private List<Told> contact(ContactId id, Optional<ContactView> before, Instant at) {
        Optional<ContactView> after =
                replica.contact(id).filter(view -> view.agent().isPresent());
        if (after.isPresent()) {
            return List.of(tell(
                    after.get().agent().orElseThrow(),
                    ServerMessage.Type.CONTACT,
                    new JsonObject().put("contact", ServerMessage.contact(after.get(), false, at))));
        }
        return before
                .filter(view -> view.agent().isPresent() && view.state() != ContactState.OFFERED)
                .map(view -> tell(
                        view.agent().orElseThrow(),
                        ServerMessage.Type.CONTACT,
                        new JsonObject().put("contact", ServerMessage.contact(view, true, at))))
                .stream()
                .toList();
    }

    private static Told tell(AgentId agent, ServerMessage.Type type, JsonObject body) {
        return new Told(agent, type, body, Optional.empty());
    }

    private static Optional<ContactId> contactOf(Event event) {
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
