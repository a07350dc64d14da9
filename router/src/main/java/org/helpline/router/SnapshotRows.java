package org.helpline.router;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.router.RoutingSnapshot.AgentRow;
import org.helpline.router.RoutingSnapshot.ContactRow;

/// The tables as a [RoutingSnapshot], and back. Takes time in proportion to the state, but for putting contacts in
/// order of their age.
final class SnapshotRows {
    private SnapshotRows() {}

    static RoutingSnapshot of(DomainTables tables) {
        return new RoutingSnapshot(
                tables.settings(),
                List.copyOf(tables.queueRows().values()),
                tables.agents().stream().map(agent -> row(tables, agent)).toList(),
                tables.contacts().stream()
                        .sorted(Contact.BY_AGE)
                        .map(Contact::row)
                        .toList(),
                tables.wrapUps().all().stream().map(Contact::row).toList(),
                tables.supervisions().all(),
                tables.supervisions().requested(),
                List.copyOf(tables.closedQueues()),
                tables.offersSuspended(),
                tables.offersMade(),
                tables.timers().all(),
                tables.timers().newestGeneration(),
                tables.places().all());
    }

    private static AgentRow row(DomainTables tables, Agent agent) {
        Contact contact = agent.contact();
        boolean elsewhere = contact == null
                || tables.contact(contact.id()).orElse(null) == contact
                || tables.wrapUps().of(contact.id(), agent.id()).orElse(null) == contact;
        return agent.row(elsewhere ? Optional.empty() : Optional.of(contact.row()));
    }

    /// Throws [IllegalArgumentException] when a row refers to another that is not there.
    static void restore(RoutingSnapshot snapshot, DomainTables tables) {
        snapshot.settings().ifPresent(tables::settings);
        snapshot.queues().forEach(queue -> tables.queueRows().put(queue.id(), queue));
        snapshot.agents().forEach(row -> tables.agentRows().put(row.settings().id(), new Agent(row)));
        restoreContacts(snapshot.contacts(), tables);
        for (ContactRow row : snapshot.wrapUps()) {
            Contact wrapUp = contact(row, tables);
            tables.wrapUps().add(wrapUp.agent().id(), wrapUp);
        }
        for (AgentRow row : snapshot.agents()) {
            Agent agent = tables.agentRows().get(row.settings().id());
            agent.holds(heldBy(row, agent, tables));
        }
        tables.ready().rebuild(tables.agents());
        tables.supervisions().restore(snapshot.supervisions(), snapshot.supervisionsRequested());
        tables.closedQueues().addAll(snapshot.closedQueues());
        tables.offersSuspended(snapshot.offersSuspended());
        tables.offersMade(snapshot.offersMade());
        tables.places().restore(snapshot.places());
        tables.timers().restore(snapshot.timers(), snapshot.newestGeneration());
    }

    /// Consults after the contacts that they are about. Oldest first, each goes to the end of its line.
    private static void restoreContacts(List<ContactRow> rows, DomainTables tables) {
        Map<ContactId, Contact> restored = new HashMap<>();
        for (ContactRow row : rows) {
            if (row.consultOf().isEmpty()) restored.put(row.id(), contact(row, tables));
        }
        for (ContactRow row : rows) {
            row.consultOf().ifPresent(of -> {
                Contact about = restored.get(of);
                if (about == null) throw missing("contact " + of, row.id().toString());
                Contact consult = new Contact(row, agentOf(row, tables), about);
                about.hasConsult(consult);
                restored.put(row.id(), consult);
            });
        }
        for (ContactRow row : rows) {
            Contact contact = restored.get(row.id());
            if (!tables.queueRows().containsKey(row.queue())) {
                throw missing("queue " + row.queue(), row.id().toString());
            }
            tables.contactRows().put(contact.id(), contact);
            contact.offer().ifPresent(offer -> tables.offerRows().put(offer, contact));
            contact.leg().ifPresent(leg -> tables.legRows().put(leg, contact));
            if (contact.inLine()) tables.waiting().add(contact);
        }
    }

    private static Contact contact(ContactRow row, DomainTables tables) {
        return new Contact(row, agentOf(row, tables), null);
    }

    /// Null when no agent has it in hand.
    private static Agent agentOf(ContactRow row, DomainTables tables) {
        return row.agent()
                .map(id -> tables.agent(id)
                        .orElseThrow(() -> missing("agent " + id, row.id().toString())))
                .orElse(null);
    }

    private static Contact heldBy(AgentRow row, Agent agent, DomainTables tables) {
        if (row.left().isPresent()) return contact(row.left().get(), tables);
        return row.contact()
                .map(id -> tables.wrapUps()
                        .of(id, agent.id())
                        .or(() -> tables.contact(id))
                        .orElseThrow(() -> missing("contact " + id, agent.id().toString())))
                .orElse(null);
    }

    private static IllegalArgumentException missing(String what, String of) {
        return new IllegalArgumentException("the snapshot has no " + what + ", which " + of + " refers to");
    }
}
