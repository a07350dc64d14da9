package org.helpline.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.Input.Inquiry;

/// What happened, in the past tense. Applying the same events in the same order always gives the same state.
public sealed interface Event {

    /// When it happened.
    Instant at();

    record DomainConfigured(Instant at, DomainSettings settings) implements Event {}

    /// Until [OffersResumed] no offer is made, and no agent is blamed for a device that cannot be reached.
    record OffersSuspended(Instant at) implements Event {}

    record OffersResumed(Instant at) implements Event {}

    // ---- agents

    record AgentSignedIn(Instant at, AgentId agent) implements Event {}

    record AgentSocketLost(Instant at, AgentId agent) implements Event {}

    record AgentSocketRestored(Instant at, AgentId agent) implements Event {}

    record AgentSignedOut(Instant at, AgentId agent) implements Event {}

    /// @param reason present with NOT_READY: `signed-in`, `disconnected`, `offer-rejected`, `ring-no-answer`,
    /// `device-failed`, or the agent's own word (`unspecified` when it gave none)
    record AgentStateChanged(Instant at, AgentId agent, AgentState state, Optional<String> reason) implements Event {}

    /// A wish for after the contact in hand; it replaces an earlier one and is used up by the agent's next
    /// READY, NOT_READY or SIGNED_OUT.
    record AgentWishNoted(Instant at, AgentId agent, Input.Readiness readiness, Optional<String> reason)
            implements Event {}

    // ---- contacts

    record ContactQueued(
            Instant at, ContactId contact, QueueId queue, Requirements requirements, ContactContext context)
            implements Event {}

    record OfferMade(Instant at, OfferId offer, ContactId contact, AgentId agent, Instant expiresAt, Why why)
            implements Event {}

    record OfferEnded(Instant at, OfferId offer, ContactId contact, AgentId agent, OfferOutcome outcome)
            implements Event {}

    /// The device rings: the agent accepted, or is to get its device back after [AgentLost].
    record ContactConnecting(Instant at, ContactId contact, AgentId agent, LegId leg) implements Event {}

    /// The leg is over. Unless the contact is requeued or its offer ends, the agent's return is awaited.
    record DeviceAttemptFailed(Instant at, ContactId contact, AgentId agent, LegId leg, DeviceFailure reason)
            implements Event {}

    /// Caller and agent talk; again, when it follows [AgentLost].
    record ContactConnected(Instant at, ContactId contact, AgentId agent, LegId leg) implements Event {}

    /// The agent's device is gone while they talked; the caller is comforted. With the agent's socket open
    /// the device rings again at once, else when the socket is back in time.
    record AgentLost(Instant at, ContactId contact, AgentId agent, LegId leg) implements Event {}

    /// Back to its place with its original age.
    record ContactRequeued(Instant at, ContactId contact, RequeueReason reason) implements Event {}

    record ContactEnded(Instant at, ContactId contact, ContactOutcome outcome) implements Event {}

    record WrapUpStarted(Instant at, ContactId contact, AgentId agent, Instant endsAt) implements Event {}

    /// @param inquiries empty when the wrap-up was closed as undetermined
    record WrapUpCompleted(Instant at, ContactId contact, AgentId agent, List<Inquiry> inquiries) implements Event {
        public WrapUpCompleted {
            inquiries = List.copyOf(inquiries);
        }
    }

    /// @param generation newest generation of this key from now on
    record TimerStarted(Instant at, TimerKey key, long generation, Instant due) implements Event {}

    /// The timer no longer runs: it was cancelled, or it ran out.
    record TimerCancelled(Instant at, TimerKey key) implements Event {}

    enum OfferOutcome {
        ACCEPTED,
        REJECTED,
        TIMED_OUT,
        RESCINDED
    }

    enum RequeueReason {
        DEVICE_FAILED,
        AGENT_LOST,
        CONNECT_FAILED
    }

    enum ContactOutcome {
        /// The contact ended while it was with an agent.
        HANDLED,
        /// The caller left while waiting for an agent, at first or again.
        ABANDONED
    }

    /// Why this agent got this contact.
    ///
    /// @param considered ready agents looked at
    /// @param passed how many of them passed every filter
    /// @param ranking the strategy that ordered them
    /// @param tieBreak what decided between equals, empty when nothing had to
    record Why(int considered, int passed, String ranking, Optional<String> tieBreak) {}
}
