package org.helpline.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything a routing domain knows, changed by [#apply] alone. Also used as a read replica: whoever gets
/// the events in order can keep one of its own and ask it anything. Not thread-safe.
public final class RoutingState {

    private final DomainTables tables = new DomainTables();
    private final AgentChanges agentChanges = new AgentChanges(tables);
    private final ContactChanges contactChanges = new ContactChanges(tables);
    private final ConsultChanges consultChanges = new ConsultChanges(tables, contactChanges);

    /// Takes one event. Throws [IllegalStateException] when the event cannot follow what was applied before.
    public void apply(Event event) {
        switch (event) {
            case Event.DomainConfigured e -> agentChanges.apply(e);
            case Event.OffersSuspended e -> suspend(e, true);
            case Event.OffersResumed e -> suspend(e, false);
            case Event.AgentSignedIn e -> agentChanges.apply(e);
            case Event.AgentSocketLost e -> agentChanges.apply(e);
            case Event.AgentSocketRestored e -> agentChanges.apply(e);
            case Event.AgentSignedOut e -> agentChanges.apply(e);
            case Event.AgentStateChanged e -> agentChanges.apply(e);
            case Event.AgentWishNoted e -> agentChanges.apply(e);
            case Event.ContactQueued e -> contactChanges.apply(e);
            case Event.OfferMade e -> contactChanges.apply(e);
            case Event.OfferExtended e -> contactChanges.apply(e);
            case Event.OfferEnded e -> contactChanges.apply(e);
            case Event.ContactConnecting e -> contactChanges.apply(e);
            case Event.DeviceAttemptFailed e -> contactChanges.apply(e);
            case Event.ContactConnected e -> contactChanges.apply(e);
            case Event.AgentLost e -> contactChanges.apply(e);
            case Event.ContactRequeued e -> contactChanges.apply(e);
            case Event.ContactHeld e -> contactChanges.apply(e);
            case Event.ContactRetrieved e -> contactChanges.apply(e);
            case Event.ContactTransferred e -> contactChanges.apply(e);
            case Event.CallerVerified e -> contactChanges.apply(e);
            case Event.PlaceKept e -> contactChanges.apply(e);
            case Event.PlaceGivenUp e -> tables.places().giveUp(e);
            case Event.ContactEnded e -> contactChanges.apply(e);
            case Event.ConsultStarted e -> consultChanges.apply(e);
            case Event.ConsultEnded e -> consultChanges.apply(e);
            case Event.TransferCompleted e -> consultChanges.apply(e);
            case Event.SupervisionRequested e -> tables.supervisions().apply(e);
            case Event.SupervisionStarted e -> tables.supervisions().apply(e);
            case Event.SupervisionChanged e -> tables.supervisions().apply(e);
            case Event.SupervisionEnded e -> tables.supervisions().apply(e);
            case Event.AgentSkillsChanged e -> agentChanges.apply(e);
            case Event.DeviceReachabilityChanged e -> agentChanges.apply(e);
            case Event.QueueClosed e -> queue(e, e.queue(), true);
            case Event.QueueOpened e -> queue(e, e.queue(), false);
            case Event.WrapUpStarted e -> contactChanges.apply(e);
            case Event.WrapUpCompleted e -> contactChanges.apply(e);
            case Event.TimerStarted e -> tables.timers().start(e);
            case Event.TimerCancelled e -> tables.timers().cancel(e);
        }
    }

    private void suspend(Event event, boolean suspended) {
        Checks.follows(tables.offersSuspended() != suspended, event, "offers are suspended: " + !suspended);
        tables.offersSuspended(suspended);
    }

    private void queue(Event event, QueueId queue, boolean closed) {
        boolean changed = closed
                ? tables.closedQueues().add(queue)
                : tables.closedQueues().remove(queue);
        Checks.follows(changed, event, "queue " + queue + " is closed: " + !closed);
    }

    /// True while the carrier is away: no offers are made.
    public boolean offersSuspended() {
        return tables.offersSuspended();
    }

    /// For decisions, which only read it.
    DomainTables tables() {
        return tables;
    }

    public Optional<AgentView> agent(AgentId id) {
        return tables.agent(id).map(Agent::view);
    }

    /// In the order of the configuration; agents that are no longer configured but still finish something
    /// come last.
    public List<AgentView> agents() {
        return tables.agents().stream().map(Agent::view).toList();
    }

    /// The contact if it is not over, consults included; else the wrap-up of it by the agent whose id comes
    /// first.
    public Optional<ContactView> contact(ContactId id) {
        return tables.contact(id)
                .or(() -> tables.wrapUps().of(id).stream().findFirst())
                .map(Contact::view);
    }

    /// What this agent has in hand under this id: offered, connecting, talking, held or in wrap-up.
    public Optional<ContactView> contact(ContactId id, AgentId agent) {
        return tables.agent(agent)
                .map(Agent::inHand)
                .filter(contact -> contact.id().equals(id))
                .map(Contact::view);
    }

    /// Contacts that are not over, consults among them, and wrap-ups; oldest first. A contact that went on
    /// without an agent who still wraps it up is there once for each of them, told apart by agent and state.
    public List<ContactView> contacts() {
        return Stream.concat(tables.contacts().stream(), tables.wrapUps().all().stream())
                .sorted(Contact.BY_AGE)
                .map(Contact::view)
                .toList();
    }

    /// What supervisors listen in on, by supervisor.
    public List<SupervisionView> supervisions() {
        return tables.supervisions().all();
    }

    /// Queues that no contact enters until they are opened again, in order of their ids; configured or not.
    public List<QueueId> closedQueues() {
        return List.copyOf(tables.closedQueues());
    }

    /// Queues that are configured, in the order of the configuration.
    public List<QueueSettings> queues() {
        return tables.settings().map(DomainSettings::queues).orElse(List.of());
    }

    /// 1 for the next to be served among the waiting contacts of the same queue, language and modality; 0
    /// when the contact does not wait.
    public int position(ContactId id) {
        return tables.contact(id)
                .filter(Contact::inLine)
                .map(tables.waiting()::position)
                .orElse(0);
    }

    /// Timers that run, with generation and due time; for re-arming after a restart. Ordered by key.
    public List<Event.TimerStarted> timers() {
        return tables.timers().all();
    }

    /// All of it as data. Takes time in proportion to the state.
    public RoutingSnapshot snapshot() {
        return SnapshotRows.of(tables);
    }

    /// The state of which this is the snapshot: the same digest, and the same behaviour from there on. Throws
    /// [IllegalArgumentException] when the snapshot is not whole.
    public static RoutingState restore(RoutingSnapshot snapshot) {
        var state = new RoutingState();
        SnapshotRows.restore(snapshot, state.tables);
        return state;
    }

    /// A digest of the whole state: equal states, equal digests. SHA-256 in hexadecimal; takes time in
    /// proportion to the state.
    public String digest() {
        return StateDigest.of(tables);
    }

    /// @param contact the contact the agent is reserved for, serves or wraps up
    /// @param connected at least one socket is open
    /// @param deviceUnreachable why the agent's device cannot be reached; empty when it can, or nobody said
    public record AgentView(
            AgentSettings settings,
            AgentState state,
            Optional<String> reason,
            Instant since,
            boolean connected,
            Optional<ContactId> contact,
            Optional<OfferId> offer,
            Optional<String> deviceUnreachable) {}

    /// @param waitingSince when the contact first entered a queue: its age survives every return and transfer;
    /// that of a consult is its contact's
    /// @param queuedAt when it entered the line it is in, or was in before it came to its agent; that of a
    /// consult is its start
    /// @param connectedAt since when the caller has talked with this agent; empty again after a return to the
    /// queue
    /// @param agent the agent it is offered to, connecting to, served or wrapped up by
    /// @param leg the agent's device leg while connecting, talking or held
    /// @param consultOf for a consult, the contact it is about
    /// @param consult the consult that is open for this contact
    /// @param verified an agent has made sure who calls
    public record ContactView(
            ContactId id,
            QueueId queue,
            ContactState state,
            Requirements requirements,
            ContactContext context,
            Instant waitingSince,
            Instant queuedAt,
            Optional<Instant> connectedAt,
            Optional<AgentId> agent,
            Optional<OfferId> offer,
            Optional<Instant> offerExpiresAt,
            Optional<LegId> leg,
            Optional<ContactId> consultOf,
            Optional<ContactId> consult,
            boolean verified) {}

    /// @param agent the agent who has the contact in hand; when that changes, the supervision is over
    /// @param leg the supervisor's device leg
    /// @param listening false while the supervisor's device rings
    public record SupervisionView(
            SupervisorId supervisor,
            ContactId contact,
            AgentId agent,
            SupervisionMode mode,
            LegId leg,
            boolean listening) {}

    public enum ContactState {
        WAITING,
        OFFERED,
        CONNECTING,
        TALKING,
        /// The agent has the contact in hand and the caller hears music; with a consult, the agent may speak
        /// with another one.
        HELD,
        /// The agent's device is gone and the caller is comforted; with a leg, the device rings again.
        AGENT_LOST,
        WRAP_UP
    }
}
