package org.helpline.router;

import static org.helpline.router.RoutingState.ContactState.CONNECTING;
import static org.helpline.router.RoutingState.ContactState.HELD;
import static org.helpline.router.RoutingState.ContactState.TALKING;
import static org.helpline.router.RoutingState.ContactState.WAITING;

import java.util.Optional;
import java.util.Set;

/// How consults begin, end, and hand their agent over to the contact they are about.
final class ConsultChanges {
    private final DomainTables tables;
    private final ContactChanges contacts;

    ConsultChanges(DomainTables tables, ContactChanges contacts) {
        this.tables = tables;
        this.contacts = contacts;
    }

    void apply(Event.ConsultStarted started) {
        Contact of = contacts.in(started, started.of(), Set.of(HELD));
        Checks.follows(of.consult().isEmpty(), started, of.id() + " has a consult already");
        Checks.follows(tables.contact(started.consult()).isEmpty(), started, started.consult() + " is here already");
        Contact consult = new Contact(started, of);
        Checks.follows(tables.queueRows().containsKey(consult.queue()), started, "no queue " + consult.queue());
        tables.contactRows().put(consult.id(), consult);
        of.startConsult(consult);
        if (!consult.direct()) contacts.enterLine(consult);
    }

    void apply(Event.TransferCompleted completed) {
        Contact contact = contacts.in(completed, completed.contact(), Set.of(HELD));
        Contact consult = contacts.in(completed, completed.consult(), Set.of(TALKING));
        Checks.follows(contact.consult().equals(Optional.of(consult)), completed, "no consult of " + contact.id());
        Checks.follows(consult.leg().equals(Optional.of(completed.leg())), completed, "the leg is " + consult.leg());
        contact.agent().left(contact.asLeft());
        contacts.dropLeg(contact);
        consult.agent().takeOver(contact);
        contact.completeConsult(completed.at());
        tables.legRows().put(completed.leg(), contact);
    }

    void apply(Event.ConsultEnded ended) {
        Contact consult = contacts.in(ended, ended.consult(), Set.of(WAITING, CONNECTING, TALKING));
        Checks.follows(
                consult.consultOf().map(Contact::id).equals(Optional.of(ended.of())),
                ended,
                "it is a consult of another");
        contacts.leaveLine(consult);
        contacts.dropLeg(consult);
        consult.consultOf().get().endConsult();
        consult.over();
        tables.contactRows().remove(consult.id());
    }
}
