package org.helpline.router;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.helpline.router.DomainSettings.DisconnectGraces;

/// The rows and indexes behind [RoutingState]. Decisions read them; [AgentChanges] and [ContactChanges] alone
/// change them, one event at a time.
final class DomainTables {
    /// Empty until the domain was configured.
    private Optional<DomainSettings> settings = Optional.empty();
    /// Queues as configured, in that order, then those that vanished while contacts were in them.
    private final Map<QueueId, QueueSettings> queues = new LinkedHashMap<>();
    /// Agents as configured, in that order, then those that vanished in the middle of something.
    private final Map<AgentId, Agent> agents = new LinkedHashMap<>();

    private final Map<ContactId, Contact> contacts = new HashMap<>();
    private final Map<OfferId, Contact> pendingOffers = new HashMap<>();
    private final Map<LegId, Contact> legs = new HashMap<>();
    private final WaitingLines waiting = new WaitingLines();
    private final ReadyAgents ready = new ReadyAgents();
    private final Timers timers = new Timers();
    private long offersMade;
    private boolean offersSuspended;
    private final WrapUpRows wrapUps = new WrapUpRows();
    private final SupervisionRows supervisions = new SupervisionRows();
    private final Places places = new Places();
    private final NavigableSet<QueueId> closedQueues = new TreeSet<>();

    Optional<DomainSettings> settings() {
        return settings;
    }

    DisconnectGraces graces() {
        return settings.map(DomainSettings::graces).orElse(DisconnectGraces.DEFAULT);
    }

    Collection<Agent> agents() {
        return agents.values();
    }

    Optional<Agent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    /// Only queues that are configured.
    Optional<QueueSettings> queue(QueueId id) {
        return settings.flatMap(
                s -> s.queues().stream().filter(queue -> queue.id().equals(id)).findFirst());
    }

    /// Settings of the queue a contact is in, also when the queue is no longer configured.
    QueueSettings queueOf(Contact contact) {
        return queues.get(contact.queue());
    }

    /// What a contact must be given: its own language and modality, and the skills its queue asks for now.
    /// Taken anew each time a contact begins to wait, so that all contacts of one line ask for the same.
    Requirements requirementsNow(Contact contact) {
        return requirementsIn(contact, queueOf(contact));
    }

    static Requirements requirementsIn(Contact contact, QueueSettings queue) {
        Requirements before = contact.requirements();
        return new Requirements(before.language(), before.modality(), queue.skills());
    }

    Collection<Contact> contacts() {
        return contacts.values();
    }

    Optional<Contact> contact(ContactId id) {
        return Optional.ofNullable(contacts.get(id));
    }

    /// Live, or in wrap-up by somebody.
    boolean known(ContactId id) {
        return contacts.containsKey(id) || !wrapUps.of(id).isEmpty();
    }

    Optional<Contact> contactOf(OfferId pending) {
        return Optional.ofNullable(pendingOffers.get(pending));
    }

    /// The contact whose device leg this is; empty when the leg is over or was never ours.
    Optional<Contact> contactOf(LegId leg) {
        return Optional.ofNullable(legs.get(leg));
    }

    WrapUpRows wrapUps() {
        return wrapUps;
    }

    SupervisionRows supervisions() {
        return supervisions;
    }

    /// Kept for callers whom the switch has lost.
    Places places() {
        return places;
    }

    /// Closed by a supervisor, also when they are not configured for the moment.
    NavigableSet<QueueId> closedQueues() {
        return closedQueues;
    }

    WaitingLines waiting() {
        return waiting;
    }

    ReadyAgents ready() {
        return ready;
    }

    Timers timers() {
        return timers;
    }

    long offersMade() {
        return offersMade;
    }

    boolean offersSuspended() {
        return offersSuspended;
    }

    /// Derived from the contact and a counter of the domain, so that it is unique and the same in every
    /// replay.
    OfferId nextOffer(Contact contact) {
        return new OfferId(contact.id() + "-o" + (offersMade + 1));
    }

    // ---- changing

    void countOffer() {
        offersMade++;
    }

    void offersMade(long restored) {
        offersMade = restored;
    }

    void offersSuspended(boolean suspended) {
        offersSuspended = suspended;
    }

    void settings(DomainSettings newest) {
        settings = Optional.of(newest);
    }

    Map<QueueId, QueueSettings> queueRows() {
        return queues;
    }

    Map<AgentId, Agent> agentRows() {
        return agents;
    }

    Map<ContactId, Contact> contactRows() {
        return contacts;
    }

    Map<OfferId, Contact> offerRows() {
        return pendingOffers;
    }

    Map<LegId, Contact> legRows() {
        return legs;
    }
}
