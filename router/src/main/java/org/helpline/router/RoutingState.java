package org.helpline.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything a routing domain knows, changed by [#apply] alone. Also used as a read replica: whoever gets
/// the events in order can keep one of its own and ask it anything. Not thread-safe.
public final class RoutingState {

    private final DomainTables tables = new DomainTables();
    private final AgentChanges agentChanges = new AgentChanges(tables);
    private final ContactChanges contactChanges = new ContactChanges(tables);

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
            case Event.OfferEnded e -> contactChanges.apply(e);
            case Event.ContactConnecting e -> contactChanges.apply(e);
            case Event.DeviceAttemptFailed e -> contactChanges.apply(e);
            case Event.ContactConnected e -> contactChanges.apply(e);
            case Event.AgentLost e -> contactChanges.apply(e);
            case Event.ContactRequeued e -> contactChanges.apply(e);
            case Event.ContactEnded e -> contactChanges.apply(e);
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

    /// Contacts that are not over, and those in wrap-up.
    public Optional<ContactView> contact(ContactId id) {
        return tables.contact(id).map(Contact::view);
    }

    /// Contacts that are not over, and those in wrap-up, oldest first.
    public List<ContactView> contacts() {
        return tables.contacts().stream()
                .sorted(Contact.BY_AGE)
                .map(Contact::view)
                .toList();
    }

    /// Queues that contacts may enter, in the order of the configuration.
    public List<QueueSettings> queues() {
        return tables.settings().map(DomainSettings::queues).orElse(List.of());
    }

    /// 1 for the next to be served among the waiting contacts of the same queue, language and modality; 0
    /// when the contact does not wait.
    public int position(ContactId id) {
        return tables.contact(id)
                .filter(contact -> contact.state() == ContactState.WAITING)
                .map(tables.waiting()::position)
                .orElse(0);
    }

    /// Timers that run, with generation and due time; for re-arming after a restart. Ordered by key.
    public List<Event.TimerStarted> timers() {
        return tables.timers().all();
    }

    /// A digest of the whole state: equal states, equal digests. SHA-256 in hexadecimal; takes time in
    /// proportion to the state.
    public String digest() {
        return StateDigest.of(tables);
    }

    /// @param contact the contact the agent is reserved for, serves or wraps up
    /// @param connected at least one socket is open
    public record AgentView(
            AgentSettings settings,
            AgentState state,
            Optional<String> reason,
            Instant since,
            boolean connected,
            Optional<ContactId> contact,
            Optional<OfferId> offer) {}

    /// @param waitingSince when the contact first entered the queue: its age survives every return
    /// @param connectedAt since when the caller has talked with this agent; empty again after a return to the
    /// queue
    /// @param agent the agent it is offered to, connecting to, served or wrapped up by
    /// @param leg the agent's device leg while connecting or talking
    public record ContactView(
            ContactId id,
            QueueId queue,
            ContactState state,
            Requirements requirements,
            ContactContext context,
            Instant waitingSince,
            Optional<Instant> connectedAt,
            Optional<AgentId> agent,
            Optional<OfferId> offer,
            Optional<Instant> offerExpiresAt,
            Optional<LegId> leg) {}

    public enum ContactState {
        WAITING,
        OFFERED,
        CONNECTING,
        TALKING,
        /// The agent's device is gone and the caller is comforted; with a leg, the device rings again.
        AGENT_LOST,
        WRAP_UP
    }
}
