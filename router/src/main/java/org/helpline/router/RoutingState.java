package org.helpline.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything a routing domain knows, changed by [#apply] alone. Also used as a read replica: whoever gets the events
/// in order can keep one of its own and ask it anything. Not thread-safe.
public final class RoutingState {

    /// Takes one event. Throws [IllegalStateException] when the event cannot follow what was applied before.
    public void apply(Event event) {
        throw new UnsupportedOperationException();
    }

    public Optional<AgentView> agent(AgentId id) {
        throw new UnsupportedOperationException();
    }

    /// In the order of the configuration.
    public List<AgentView> agents() {
        throw new UnsupportedOperationException();
    }

    /// Contacts that are not over, and those in wrap-up.
    public Optional<ContactView> contact(ContactId id) {
        throw new UnsupportedOperationException();
    }

    /// Contacts that are not over, and those in wrap-up, oldest first.
    public List<ContactView> contacts() {
        throw new UnsupportedOperationException();
    }

    public List<QueueSettings> queues() {
        throw new UnsupportedOperationException();
    }

    /// 1 for the next to be served among the waiting contacts of the same queue, language and modality; 0 when the
    /// contact does not wait.
    public int position(ContactId id) {
        throw new UnsupportedOperationException();
    }

    /// Timers that run, with generation and due time; for re-arming after a restart. Ordered by key.
    public List<Event.TimerStarted> timers() {
        throw new UnsupportedOperationException();
    }

    /// A digest of the whole state: equal states, equal digests.
    public String digest() {
        throw new UnsupportedOperationException();
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
        /// Agent's socket and device are gone; the caller is comforted.
        AGENT_LOST,
        WRAP_UP
    }
}
