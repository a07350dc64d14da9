package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.EventParties;
import org.helpline.router.OfferId;
import org.helpline.router.RoutingSnapshot;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.TimerKey;

/// Turns the domain's events into what each agent is told. It keeps a replica of the routing state of its
/// own, so that no desktop ever reads what the routing owner is writing.
///
/// An agent has one contact in hand. After each event that can touch it, what the agent would be told of it is
/// compared with what the agent was told last; a difference is a message. So a desk hears of everything that
/// happens to its contact, at whichever end of a transfer it is.
final class Projection {
    private final RoutingState replica;
    private final ContactMessages messages;
    private final Hands hands = new Hands();

    Projection(RoutingState replica, CallerFacts callers) {
        this.replica = replica;
        this.messages = new ContactMessages(replica, callers);
    }

    /// One message to one agent.
    ///
    /// @param expiresAt for an offer: the time left is written when the message is sent, or sent again
    /// @param entry of the journal that led to it; empty when none did
    record Told(
            AgentId agent, ServerMessage.Type type, JsonObject body, Optional<Instant> expiresAt, OptionalLong entry) {
        Told from(long cause) {
            return new Told(agent, type, body, expiresAt, OptionalLong.of(cause));
        }
    }

    /// Hears of each event right after it was applied, with the contact it is about as that was before.
    interface Observer {
        void observe(Event event, Optional<ContactView> before);
    }

    /// Takes the events of one turn, or of several.
    List<Told> apply(List<NumberedEvent> events, Observer observer) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i).event();
            Optional<ContactView> before =
                    EventParties.contacts(event).stream().findFirst().flatMap(replica::contact);
            replica.apply(event);
            observer.observe(event, before);
            note(event);
            List<Told> because = new ArrayList<>(told(event));
            for (AgentId agent : touched(event, before)) {
                because.addAll(refresh(agent, event.at(), events.subList(i + 1, events.size())));
            }
            long entry = events.get(i).entry();
            because.forEach(message -> told.add(message.from(entry)));
        }
        return told;
    }

    /// Takes what agents have in hand as told. What a snapshot does not say is not known: since when a contact has been
    /// held, and how an agent's last transfer ended.
    ///
    /// @param snapshot of the state that the replica has
    void startFrom(RoutingSnapshot snapshot) {
        Map<String, Instant> wrapUpEnds = new HashMap<>();
        for (Event.TimerStarted timer : snapshot.timers()) {
            if (timer.key().kind() == TimerKey.Kind.WRAP_UP)
                wrapUpEnds.put(timer.key().subject(), timer.due());
        }
        for (AgentView agent : replica.agents()) {
            AgentId id = agent.settings().id();
            ownContact(id)
                    .filter(contact -> contact.state() != ContactState.OFFERED)
                    .ifPresent(contact -> {
                        ContactInHand hand = hands.take(id, contact, since(agent, contact));
                        Optional.ofNullable(wrapUpEnds.get(id.value())).ifPresent(hand::wrapUpEndsAt);
                    });
        }
        snapshot.contacts().forEach(this::startConsult);
        for (AgentView agent : replica.agents()) {
            hands.of(agent.settings().id()).ifPresent(hand -> hand.isNews(messages.facts(hand)));
        }
    }

    private static Optional<Instant> since(AgentView agent, ContactView contact) {
        return switch (contact.state()) {
            case WRAP_UP, CONNECTING -> Optional.of(agent.since());
            case TALKING -> contact.connectedAt();
            case HELD, AGENT_LOST, WAITING, OFFERED -> Optional.empty();
        };
    }

    private void startConsult(RoutingSnapshot.ContactRow row) {
        if (row.consultOf().isEmpty() || row.target().isEmpty()) return;
        Optional<AgentId> by = replica.contact(row.consultOf().get()).flatMap(ContactView::agent);
        by.flatMap(agent -> hands.of(agent, row.consultOf().get())).ifPresent(hand -> {
            hands.consultStarted(row.id(), by.get());
            hand.consultStarted(row.id(), row.target().get(), row.queuedAt());
            hand.consultIs(ContactMessages.state(row.state()), row.connectedAt().orElse(row.queuedAt()));
        });
    }

    Optional<AgentView> agent(AgentId id) {
        return replica.agent(id);
    }

    /// The changing part of `welcome`.
    JsonObject snapshot(AgentView agent, Instant now) {
        JsonArray contacts = new JsonArray();
        JsonArray offers = new JsonArray();
        ownContact(agent.settings().id()).ifPresent(contact -> {
            if (contact.state() == ContactState.OFFERED) {
                contacts.add(messages.offered(contact, now));
                offers.add(pendingOffer(contact, now));
            } else {
                contacts.add(messages.inHand(hands.take(agent.settings().id(), contact, Optional.of(now)), now));
            }
        });
        return new JsonObject()
                .put("agent", ServerMessage.agent(agent))
                .put("state", ServerMessage.state(agent))
                .put("device", ServerMessage.device(agent.deviceUnreachable()))
                .put("contacts", contacts)
                .put("offers", offers);
    }

    /// What is known of the caller has changed.
    List<Told> retell(ContactId id, Instant now) {
        List<Told> told = new ArrayList<>();
        for (ContactView contact : replica.contacts()) {
            boolean about = contact.id().equals(id) || contact.consultOf().equals(Optional.of(id));
            if (!about || contact.agent().isEmpty()) continue;
            AgentId agent = contact.agent().get();
            if (contact.state() == ContactState.OFFERED) told.add(contact(agent, messages.offered(contact, now)));
            else told.addAll(refresh(agent, now, List.of()));
        }
        return told;
    }

    private static JsonObject pendingOffer(ContactView contact, Instant now) {
        Instant expiresAt = contact.offerExpiresAt().orElseThrow();
        return new JsonObject()
                .put("offerId", contact.offer().orElseThrow().value())
                .put("contactId", contact.id().value())
                .put("expiresAt", expiresAt.toString())
                .put("expiresInMs", ServerMessage.millisUntil(expiresAt, now));
    }

    /// What the agent has in hand, is offered or wraps up.
    private Optional<ContactView> ownContact(AgentId agent) {
        return replica.agent(agent).flatMap(AgentView::contact).flatMap(id -> replica.contact(id, agent));
    }

    /// Keeps what the routing state forgets.
    private void note(Event event) {
        switch (event) {
            case Event.ConsultStarted e -> {
                hands.consultStarted(e.consult(), e.by());
                hands.of(e.by(), e.of()).ifPresent(hand -> hand.consultStarted(e.consult(), e.to(), e.at()));
            }
            case Event.ConsultEnded e ->
                hands.consultEnded(e.consult())
                        .flatMap(by -> hands.of(by, e.of()))
                        .ifPresent(hand -> hand.consultEnded(word(e.outcome())));
            case Event.ContactTransferred e ->
                hands.of(e.from(), e.contact()).ifPresent(hand -> hand.transferredCold(e.to()));
            case Event.WrapUpStarted e ->
                ownContact(e.agent())
                        .ifPresent(contact -> hands.take(e.agent(), contact, Optional.of(e.at()))
                                .wrapUpEndsAt(e.endsAt()));
            default -> {}
        }
    }

    private List<Told> told(Event event) {
        return switch (event) {
            case Event.AgentStateChanged e ->
                List.of(tell(
                        e.agent(),
                        ServerMessage.Type.AGENT_STATE,
                        ServerMessage.state(word(e.state()), e.reason(), e.at())));
            case Event.OfferMade e -> offer(e.offer(), e.contact(), e.agent(), e.expiresAt(), e.at());
            case Event.OfferExtended e -> offer(e.offer(), e.contact(), e.agent(), e.expiresAt(), e.at());
            case Event.OfferEnded e ->
                List.of(tell(
                        e.agent(),
                        ServerMessage.Type.OFFER_ENDED,
                        new JsonObject().put("offerId", e.offer().value()).put("outcome", word(e.outcome()))));
            case Event.AgentSkillsChanged e ->
                replica
                        .agent(e.agent())
                        .map(agent -> tell(
                                e.agent(),
                                ServerMessage.Type.AGENT,
                                new JsonObject().put("agent", ServerMessage.agent(agent))))
                        .stream()
                        .toList();
            case Event.DeviceReachabilityChanged e ->
                List.of(tell(
                        e.agent(),
                        ServerMessage.Type.DEVICE,
                        new JsonObject().put("device", ServerMessage.device(e.unreachableWhy()))));
            default -> List.of();
        };
    }

    /// An offer, or one that has more time.
    private List<Told> offer(OfferId offer, ContactId id, AgentId agent, Instant expiresAt, Instant at) {
        ContactView contact = replica.contact(id, agent)
                .orElseThrow(() -> new IllegalStateException("no contact " + id + " in the replica"));
        JsonObject body = new JsonObject()
                .put("offerId", offer.value())
                .put("expiresAt", expiresAt.toString())
                .put("expiresInMs", ServerMessage.millisUntil(expiresAt, at))
                .put("contact", messages.offered(contact, at));
        return List.of(new Told(agent, ServerMessage.Type.OFFER, body, Optional.of(expiresAt), OptionalLong.empty()));
    }

    /// The agents who may see the event in what they have in hand. An offer alone is no having: it is told by
    /// `offer` and `offer-ended`.
    private Set<AgentId> touched(Event event, Optional<ContactView> before) {
        Set<AgentId> touched = new LinkedHashSet<>();
        boolean onlyOffered = event instanceof Event.OfferMade
                || event instanceof Event.OfferExtended
                || event instanceof Event.OfferEnded
                || event instanceof Event.DeviceAttemptFailed;
        List<ContactId> contacts = EventParties.contacts(event);
        if (contacts.isEmpty()) return touched;
        if (!onlyOffered) {
            touched.addAll(EventParties.agents(event));
            before.flatMap(ContactView::agent).ifPresent(touched::add);
        }
        for (ContactId contact : contacts) {
            hands.consulting(contact).ifPresent(touched::add);
            if (!onlyOffered) touched.addAll(hands.holders(contact));
        }
        // Who is consulted about a contact sees who calls there.
        if (event instanceof Event.CallerVerified e) {
            replica.contact(e.contact())
                    .flatMap(ContactView::consult)
                    .ifPresent(consult -> touched.addAll(hands.holders(consult)));
        }
        return touched;
    }

    private List<Told> refresh(AgentId agent, Instant at, List<NumberedEvent> rest) {
        List<Told> told = new ArrayList<>();
        Optional<ContactView> contact = ownContact(agent);
        Optional<ContactInHand> before = hands.of(agent);
        if (before.isPresent() && !before.map(ContactInHand::id).equals(contact.map(ContactView::id))) {
            if (wrapUpFollows(before.get().id(), agent, at, rest)) return told;
            told.add(contact(agent, messages.ended(before.get(), at)));
            hands.drop(agent);
        }
        if (contact.isEmpty() || contact.get().state() == ContactState.OFFERED) return told;
        ContactInHand hand = hands.take(agent, contact.get(), Optional.of(at));
        hand.now(contact.get(), at);
        hand.consult()
                .flatMap(open -> replica.contact(open.id()))
                .ifPresent(consult -> hand.consultIs(ContactMessages.state(consult.state()), at));
        JsonObject facts = messages.facts(hand);
        if (hand.isNews(facts)) told.add(contact(agent, messages.timed(facts, hand, at)));
        return told;
    }

    /// A contact that goes into wrap-up is not over for its agent, although the caller's part of it is.
    /// It does so in the same turn, and that is at the same time.
    private static boolean wrapUpFollows(ContactId contact, AgentId agent, Instant at, List<NumberedEvent> rest) {
        return rest.stream()
                .map(NumberedEvent::event)
                .takeWhile(later -> later.at().equals(at))
                .anyMatch(later -> later instanceof Event.WrapUpStarted started
                        && started.contact().equals(contact)
                        && started.agent().equals(agent));
    }

    private static Told contact(AgentId agent, JsonObject contact) {
        return tell(agent, ServerMessage.Type.CONTACT, new JsonObject().put("contact", contact));
    }

    private static Told tell(AgentId agent, ServerMessage.Type type, JsonObject body) {
        return new Told(agent, type, body, Optional.empty(), OptionalLong.empty());
    }
}
