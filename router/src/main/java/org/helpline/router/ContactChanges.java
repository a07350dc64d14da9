package org.helpline.router;

import static org.helpline.router.RoutingState.ContactState.AGENT_LOST;
import static org.helpline.router.RoutingState.ContactState.CONNECTING;
import static org.helpline.router.RoutingState.ContactState.OFFERED;
import static org.helpline.router.RoutingState.ContactState.TALKING;
import static org.helpline.router.RoutingState.ContactState.WAITING;
import static org.helpline.router.RoutingState.ContactState.WRAP_UP;

import java.util.Optional;
import java.util.Set;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.RoutingState.ContactState;

/// How contacts and offers change by events.
final class ContactChanges {
    private final DomainTables tables;

    ContactChanges(DomainTables tables) {
        this.tables = tables;
    }

    void apply(Event.ContactQueued queued) {
        Checks.follows(tables.contact(queued.contact()).isEmpty(), queued, queued.contact() + " is here already");
        Checks.follows(tables.queueRows().containsKey(queued.queue()), queued, "no queue " + queued.queue());
        var contact = new Contact(queued);
        tables.contactRows().put(contact.id(), contact);
        startWaiting(contact);
    }

    void apply(Event.OfferMade made) {
        Contact contact = in(made, made.contact(), Set.of(WAITING));
        Optional<Agent> agent = tables.agent(made.agent());
        Checks.follows(agent.filter(Agent::available).isPresent(), made, made.agent() + " is not available");
        tables.waiting().remove(contact);
        tables.ready().remove(agent.get());
        contact.offered(
                made.offer(),
                agent.get(),
                made.expiresAt(),
                agent.get().settings().offerOn() == OfferOn.DEVICE);
        agent.get().reserve(contact, made.offer());
        tables.offerRows().put(made.offer(), contact);
        contact.leg().ifPresent(leg -> tables.legRows().put(leg, contact));
        tables.countOffer();
    }

    void apply(Event.OfferEnded ended) {
        Contact contact = in(ended, ended.contact(), Set.of(OFFERED));
        Checks.follows(contact.offer().equals(Optional.of(ended.offer())), ended, "the offer is " + contact.offer());
        tables.offerRows().remove(ended.offer());
        contact.agent().offerEnded(ended.outcome());
        contact.offerOver();
        if (ended.outcome() != OfferOutcome.ACCEPTED) startWaiting(contact);
    }

    void apply(Event.ContactConnecting connecting) {
        Contact contact = in(connecting, connecting.contact(), Set.of(OFFERED, AGENT_LOST));
        Checks.follows(contact.offer().isEmpty(), connecting, "offer " + contact.offer() + " is still out");
        contact.ring(connecting.leg());
        contact.connecting();
        tables.legRows().put(connecting.leg(), contact);
    }

    void apply(Event.DeviceAttemptFailed failed) {
        Contact contact = in(failed, failed.contact(), Set.of(OFFERED, CONNECTING, AGENT_LOST));
        Checks.follows(contact.leg().equals(Optional.of(failed.leg())), failed, "the leg is " + contact.leg());
        dropLeg(contact);
    }

    void apply(Event.ContactConnected connected) {
        Contact contact = in(connected, connected.contact(), Set.of(CONNECTING, AGENT_LOST));
        Checks.follows(contact.leg().equals(Optional.of(connected.leg())), connected, "the leg is " + contact.leg());
        contact.talking(connected.at());
    }

    void apply(Event.AgentLost lost) {
        Contact contact = in(lost, lost.contact(), Set.of(TALKING));
        dropLeg(contact);
        contact.agentLost();
    }

    void apply(Event.ContactRequeued requeued) {
        startWaiting(in(requeued, requeued.contact(), Set.of(CONNECTING, TALKING, AGENT_LOST)));
    }

    void apply(Event.ContactEnded ended) {
        Contact contact = in(ended, ended.contact(), Set.of(WAITING, CONNECTING, TALKING, AGENT_LOST));
        if (contact.state() == WAITING) tables.waiting().remove(contact);
        dropLeg(contact);
        contact.over();
        tables.contactRows().remove(contact.id());
    }

    void apply(Event.WrapUpStarted started) {
        // The contact is over, but its agent still holds it until its next state.
        Optional<Contact> over = tables.agent(started.agent())
                .map(Agent::contact)
                .filter(contact -> contact.id().equals(started.contact()) && contact.agent() == null);
        Checks.follows(over.isPresent(), started, started.agent() + " did not just end " + started.contact());
        over.get().wrapUp(tables.agent(started.agent()).get());
        tables.contactRows().put(started.contact(), over.get());
    }

    void apply(Event.WrapUpCompleted completed) {
        Contact contact = in(completed, completed.contact(), Set.of(WRAP_UP));
        contact.over();
        tables.contactRows().remove(contact.id());
    }

    private void startWaiting(Contact contact) {
        dropLeg(contact);
        contact.waiting(tables.requirementsNow(contact));
        tables.waiting().add(contact);
    }

    private void dropLeg(Contact contact) {
        contact.leg().ifPresent(tables.legRows()::remove);
        contact.legOver();
    }

    private Contact in(Event event, ContactId id, Set<ContactState> allowed) {
        Optional<Contact> contact = tables.contact(id);
        Checks.follows(contact.isPresent(), event, "no contact " + id);
        ContactState state = contact.get().state();
        Checks.follows(allowed.contains(state), event, "contact " + id + " is " + state);
        return contact.get();
    }
}
