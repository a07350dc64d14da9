package org.helpline.simulation;

import java.util.Optional;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ConsultOutcome;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.TransferTarget;

/// The ledger's pages on holds, transfers and consults.
final class HandOverLedger {
    private final Ledger ledger;

    HandOverLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    void held(Event.ContactHeld event) {
        Ledger.Contact contact = withItsAgent(event, event.contact(), event.agent(), ContactState.TALKING);
        contact.state = ContactState.HELD;
    }

    void retrieved(Event.ContactRetrieved event) {
        Ledger.Contact contact = withItsAgent(event, event.contact(), event.agent(), ContactState.HELD);
        ledger.check(contact.consult.isEmpty(), Invariant.CONSULT_HAS_CONTACT, event, "the agent still consults");
        contact.state = ContactState.TALKING;
    }

    private Ledger.Contact withItsAgent(Event event, ContactId id, AgentId agent, ContactState state) {
        Ledger.Contact contact = ledger.contact(event, id);
        boolean fits = contact.agent.equals(Optional.of(agent)) && contact.state == state && contact.of.isEmpty();
        ledger.check(fits, Invariant.ONE_CONTACT_ONE_AGENT, event, contact.state + " with " + contact.agent);
        return contact;
    }

    void transferred(Event.ContactTransferred event) {
        ledger.counts.transfers++;
        Ledger.Contact contact = ledger.contact(event, event.contact());
        boolean hadIt = contact.agent.equals(Optional.of(event.from())) && contact.served();
        ledger.check(hadIt, Invariant.ONE_CONTACT_ONE_AGENT, event, contact.state + " with " + contact.agent);
        ledger.check(contact.consult.isEmpty(), Invariant.CONSULT_HAS_CONTACT, event, "a consult is open");
        boolean asBefore =
                contact.requirements.language().equals(event.requirements().language())
                        && contact.requirements.modality()
                                == event.requirements().modality();
        ledger.check(asBefore, Invariant.HARD_REQUIREMENTS, event, contact.requirements);
        ledger.left.add(new Ledger.Left(contact.id, event.from()));
        contact.requirements = event.requirements();
        switch (event.to()) {
            case TransferTarget.ToQueue _ -> contact.only = Optional.empty();
            case TransferTarget.ToAgent to -> contact.only = Optional.of(to.agent());
            case TransferTarget.ToNumber _ -> contact.transferredOut = true;
        }
        ledger.waitAgain(contact);
    }

    void consultStarted(Event.ConsultStarted event) {
        ledger.counts.consults++;
        Ledger.Contact of = withItsAgent(event, event.of(), event.by(), ContactState.HELD);
        ledger.check(of.consult.isEmpty(), Invariant.CONSULT_HAS_CONTACT, event, "consults already");
        Ledger.Contact consult = new Ledger.Contact(event, of);
        boolean isNew = ledger.contacts.put(consult.id, consult) == null;
        ledger.check(isNew, Invariant.CONSULT_HAS_CONTACT, event, "is here already");
        of.consult = Optional.of(consult);
        switch (event.to()) {
            case TransferTarget.ToQueue to -> {
                boolean open = !ledger.closedQueues.contains(to.queue());
                ledger.check(open, Invariant.CLOSED_QUEUES, event, ledger.closedQueues);
                ledger.waiting.add(consult);
            }
            case TransferTarget.ToAgent to -> consult.only = Optional.of(to.agent());
            case TransferTarget.ToNumber _ ->
                ledger.check(false, Invariant.CONSULT_HAS_CONTACT, event, "nobody consults a number");
        }
    }

    /// The consulted agent goes on with the caller, on the leg it has.
    void completed(Event.TransferCompleted event) {
        ledger.counts.completed++;
        Ledger.Contact contact = withItsAgent(event, event.contact(), event.from(), ContactState.HELD);
        Ledger.Contact consult = ledger.contact(event, event.consult());
        boolean fits = consult.of.equals(Optional.of(contact))
                && consult.state == ContactState.TALKING
                && consult.agent.equals(Optional.of(event.to()))
                && consult.leg.equals(Optional.of(event.leg()));
        ledger.check(fits, Invariant.CONSULT_HAS_CONTACT, event, consult.state + " with " + consult.agent);
        ledger.left.add(new Ledger.Left(contact.id, event.from()));
        ledger.release(contact);
        ledger.release(consult);
        ledger.take(contact, event.to());
        contact.state = ContactState.TALKING;
        contact.leg = consult.leg;
        contact.only = Optional.empty();
        consult.leg = Optional.empty();
        ledger.devices.computeIfPresent(
                event.leg(), (_, device) -> new Ledger.Device(contact.id, event.to(), device.up()));
    }

    void consultEnded(Event.ConsultEnded event) {
        ledger.counts.consultsEnded++;
        Ledger.Contact consult = ledger.contact(event, event.consult());
        Ledger.Contact of = ledger.contact(event, event.of());
        ledger.check(of.consult.equals(Optional.of(consult)), Invariant.CONSULT_HAS_CONTACT, event, of.consult);
        ledger.check(consult.offer.isEmpty(), Invariant.OFFER_ENDS_ONCE, event, consult.offer + " is still out");
        boolean wentOn = event.outcome() == ConsultOutcome.COMPLETED;
        ledger.check(wentOn == of.state.equals(ContactState.TALKING), Invariant.CONSULT_HAS_CONTACT, event, of.state);
        of.consult = Optional.empty();
        ledger.release(consult);
        ledger.waiting.remove(consult);
        ledger.contacts.remove(consult.id);
        ledger.touchedContacts.add(of.id);
    }
}
