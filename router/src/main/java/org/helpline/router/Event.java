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

    // ---- agents

    record AgentSignedIn(Instant at, AgentId agent) implements Event {}

    record AgentSocketLost(Instant at, AgentId agent) implements Event {}

    record AgentSocketRestored(Instant at, AgentId agent) implements Event {}

    record AgentSignedOut(Instant at, AgentId agent) implements Event {}

    /// @param reason present with NOT_READY: `signed-in`, `disconnected`, `ring-no-answer`, `device-failed`, or the
    /// agent's own word
    record AgentStateChanged(Instant at, AgentId agent, AgentState state, Optional<String> reason) implements Event {}

    /// A wish for after the contact in hand. Empty: the wish is withdrawn.
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

    /// The agent accepted; the device rings.
    record ContactConnecting(Instant at, ContactId contact, AgentId agent, LegId leg) implements Event {}

    record DeviceAttemptFailed(Instant at, ContactId contact, AgentId agent, LegId leg, DeviceFailure reason)
            implements Event {}

    record ContactConnected(Instant at, ContactId contact, AgentId agent, LegId leg) implements Event {}

    /// Socket and device of the agent are gone; the caller is comforted while the agent may come back.
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
        /// The caller talked with an agent.
        HANDLED,
        /// The caller left before talking with an agent.
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
