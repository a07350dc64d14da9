package org.helpline.router;

import static org.helpline.router.RoutingState.ContactState.AGENT_LOST;
import static org.helpline.router.RoutingState.ContactState.CONNECTING;
import static org.helpline.router.RoutingState.ContactState.HELD;
import static org.helpline.router.RoutingState.ContactState.OFFERED;
import static org.helpline.router.RoutingState.ContactState.TALKING;
import static org.helpline.router.RoutingState.ContactState.WAITING;

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
        leaveLine(contact);
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

    void apply(Event.OfferExtended extended) {
        Contact contact = in(extended, extended.contact(), Set.of(OFFERED));
        boolean same = contact.offer().equals(Optional.of(extended.offer()));
        Checks.follows(same, extended, "the offer is " + contact.offer());
        contact.expires(extended.expiresAt());
    }

    void apply(Event.CallerVerified verified) {
        in(verified, verified.contact(), Set.of(TALKING, HELD)).verified();
    }

    void apply(Event.PlaceKept kept) {
        Set<ContactState> any = Set.of(WAITING, OFFERED, CONNECTING, TALKING, HELD, AGENT_LOST);
        tables.places().keep(kept, in(kept, kept.contact(), any));
    }

    void apply(Event.OfferEnded ended) {
        Contact contact = in(ended, ended.contact(), Set.of(OFFERED));
        Checks.follows(contact.offer().equals(Optional.of(ended.offer())), ended, "the offer is " + contact.offer());
        tables.offerRows().remove(ended.offer());
        contact.agent().offerEnded(ended.outcome());
        contact.offerOver();
        if (ended.outcome() != OfferOutcome.ACCEPTED) startWaiting(contact);
    }

    void apply(Event.ContactHeld held) {
        in(held, held.contact(), Set.of(TALKING)).held();
    }

    void apply(Event.ContactRetrieved retrieved) {
        Contact contact = in(retrieved, retrieved.contact(), Set.of(HELD));
        contact.talking(retrieved.at());
    }

    void apply(Event.ContactTransferred transferred) {
        Contact contact = in(transferred, transferred.contact(), Set.of(TALKING, HELD));
        Checks.follows(contact.consult().isEmpty(), transferred, "a consult is open");
        contact.agent().left(contact.asLeft());
        dropLeg(contact);
        contact.transferred(transferred.to(), transferred.at());
        contact.waiting(transferred.requirements());
        switch (transferred.to()) {
            case TransferTarget.ToQueue _ -> enterLine(contact);
            case TransferTarget.ToAgent _, TransferTarget.ToNumber _ -> {}
        }
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
        Contact contact = in(lost, lost.contact(), Set.of(TALKING, HELD));
        dropLeg(contact);
        contact.agentLost();
    }

    void apply(Event.ContactRequeued requeued) {
        Contact contact = in(requeued, requeued.contact(), Set.of(CONNECTING, TALKING, AGENT_LOST));
        startWaiting(contact);
    }

    void apply(Event.ContactEnded ended) {
        Contact contact = in(ended, ended.contact(), Set.of(WAITING, CONNECTING, TALKING, HELD, AGENT_LOST));
        Checks.follows(contact.consult().isEmpty(), ended, "a consult is open");
        leaveLine(contact);
        dropLeg(contact);
        contact.over();
        tables.contactRows().remove(contact.id());
    }

    void apply(Event.WrapUpStarted started) {
        // The contact is over or has gone on, but its agent still holds it until its next state.
        Optional<Contact> over = tables.agent(started.agent())
                .map(Agent::contact)
                .filter(contact -> contact.id().equals(started.contact()) && contact.agent() == null);
        Checks.follows(over.isPresent(), started, started.agent() + " did not just end " + started.contact());
        over.get().wrapUp(tables.agent(started.agent()).get());
        tables.wrapUps().add(started.agent(), over.get());
    }

    void apply(Event.WrapUpCompleted completed) {
        Optional<Contact> row = tables.wrapUps().of(completed.contact(), completed.agent());
        Checks.follows(row.isPresent(), completed, completed.agent() + " does not wrap it up");
        tables.wrapUps().remove(completed.agent(), row.get());
        row.get().over();
    }

    /// A consult with one agent alone ends when that comes to nothing; it never waits for another.
    private void startWaiting(Contact contact) {
        dropLeg(contact);
        contact.waiting(tables.requirementsNow(contact));
        if (contact.direct() && contact.consultOf().isPresent()) return;
        contact.forAnyone();
        enterLine(contact);
    }

    void enterLine(Contact contact) {
        tables.waiting().add(contact);
        contact.inLine(true);
    }

    void leaveLine(Contact contact) {
        if (contact.inLine()) tables.waiting().remove(contact);
        contact.inLine(false);
    }

    void dropLeg(Contact contact) {
        contact.leg().ifPresent(tables.legRows()::remove);
        contact.legOver();
    }

    Contact in(Event event, ContactId id, Set<ContactState> allowed) {
        Optional<Contact> contact = tables.contact(id);
        Checks.follows(contact.isPresent(), event, "no contact " + id);
        ContactState state = contact.get().state();
        Checks.follows(allowed.contains(state), event, "contact " + id + " is " + state);
        return contact.get();
    }
}
