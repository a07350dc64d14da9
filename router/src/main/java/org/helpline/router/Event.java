package org.helpline.router;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
    /// `device-failed`, `device-unreachable`, or the agent's own word (`unspecified` when it gave none)
    record AgentStateChanged(Instant at, AgentId agent, AgentState state, Optional<String> reason) implements Event {}

    /// A wish for after the contact in hand; it replaces an earlier one and is used up by the agent's next
    /// READY, NOT_READY or SIGNED_OUT.
    record AgentWishNoted(Instant at, AgentId agent, Input.Readiness readiness, Optional<String> reason)
            implements Event {}

    // ---- contacts

    /// @param since when the caller came first, whose place was kept ([PlaceKept]); empty: just now
    record ContactQueued(
            Instant at,
            ContactId contact,
            QueueId queue,
            Requirements requirements,
            ContactContext context,
            Optional<Instant> since)
            implements Event {
        public ContactQueued(
                Instant at, ContactId contact, QueueId queue, Requirements requirements, ContactContext context) {
            this(at, contact, queue, requirements, context, Optional.empty());
        }

        /// Its age.
        public Instant waitingSince() {
            return since.orElse(at);
        }
    }

    record OfferMade(Instant at, OfferId offer, ContactId contact, AgentId agent, Instant expiresAt, Why why)
            implements Event {}

    /// An offer that was out when Helpline was started again, or whose agent is back after that, has more time.
    record OfferExtended(Instant at, OfferId offer, ContactId contact, AgentId agent, Instant expiresAt)
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

    /// The caller hears music, the agent still has the contact in hand.
    record ContactHeld(Instant at, ContactId contact, AgentId agent) implements Event {}

    record ContactRetrieved(Instant at, ContactId contact, AgentId agent) implements Event {}

    /// The agent handed the contact on without a consult, or before anybody answered it. To a queue, the
    /// contact waits in that one; to an agent, it is offered to that one alone and then waits where it was;
    /// to a number, it ends in this turn.
    ///
    /// @param requirements those of the line it comes to
    record ContactTransferred(Instant at, ContactId contact, AgentId from, TransferTarget to, Requirements requirements)
            implements Event {}

    /// The agent has made sure who calls.
    record CallerVerified(Instant at, ContactId contact, AgentId agent) implements Event {}

    /// The switch has lost the caller, whose place is kept for a while. The end of the contact follows.
    record PlaceKept(Instant at, ContactId contact, Instant until) implements Event {}

    /// The place is kept no more, and with it what was known of the caller.
    ///
    /// @param contact that had the place
    record PlaceGivenUp(Instant at, ContactId contact, PlaceEnd why) implements Event {}

    record ContactEnded(Instant at, ContactId contact, ContactOutcome outcome) implements Event {}

    // ---- consults: a contact of its own, whose caller is the agent `by`. It is offered, connected and
    // requeued like any other, but neither queued nor ended: it starts and ends with the two events below

    record ConsultStarted(
            Instant at,
            ContactId consult,
            ContactId of,
            AgentId by,
            TransferTarget to,
            Requirements requirements,
            ContactContext context)
            implements Event {}

    record ConsultEnded(Instant at, ContactId consult, ContactId of, ConsultOutcome outcome) implements Event {}

    /// The caller talks with `to`, under the contact's own id and on the leg that the consult had. The end of
    /// the consult follows.
    record TransferCompleted(Instant at, ContactId contact, ContactId consult, AgentId from, AgentId to, LegId leg)
            implements Event {}

    // ---- what supervisors do

    /// The supervisor's device rings.
    record SupervisionRequested(
            Instant at, SupervisorId supervisor, ContactId contact, AgentId agent, SupervisionMode mode, LegId leg)
            implements Event {}

    /// The supervisor's device answered, and it listens in.
    record SupervisionStarted(
            Instant at, SupervisorId supervisor, ContactId contact, AgentId agent, SupervisionMode mode, LegId leg)
            implements Event {}

    record SupervisionChanged(
            Instant at, SupervisorId supervisor, ContactId contact, AgentId agent, SupervisionMode mode)
            implements Event {}

    record SupervisionEnded(
            Instant at,
            SupervisorId supervisor,
            ContactId contact,
            AgentId agent,
            LegId leg,
            SupervisionOutcome outcome)
            implements Event {}

    /// Until the configuration says something new of this agent.
    record AgentSkillsChanged(
            Instant at,
            AgentId agent,
            List<Language> languages,
            List<Modality> modalities,
            SortedMap<Skill, Integer> skills)
            implements Event {
        public AgentSkillsChanged {
            languages = List.copyOf(languages);
            modalities = List.copyOf(modalities);
            skills = Collections.unmodifiableSortedMap(new TreeMap<>(skills));
        }
    }

    record QueueClosed(Instant at, QueueId queue) implements Event {}

    record QueueOpened(Instant at, QueueId queue) implements Event {}

    /// @param unreachableWhy empty when the device can be reached
    record DeviceReachabilityChanged(Instant at, AgentId agent, Optional<String> unreachableWhy) implements Event {}

    // ---- wrap-up, one for each agent who had the contact; the contact may have gone on meanwhile

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
        ABANDONED,
        /// An agent handed the caller on to a number.
        TRANSFERRED_OUT,
        /// The switch died and lost the caller, who waited, or talked with an agent.
        LOST
    }

    enum PlaceEnd {
        /// The caller is back and has it again.
        TAKEN_BACK,
        /// The caller did not come back in time.
        EXPIRED,
        /// More were lost than places are kept for, or this contact was lost once more, from another line.
        CROWDED_OUT
    }

    enum ConsultOutcome {
        /// The caller went on with the agent who was consulted.
        COMPLETED,
        /// The agent who consulted took the contact back.
        CANCELLED,
        /// The agent who consulted hung up before anybody answered: the contact was transferred cold.
        TURNED_COLD,
        /// The agent who was asked rejected the offer.
        REFUSED,
        /// The agent who was asked let the offer time out, or went away.
        UNANSWERED,
        /// The device of the agent who was asked or consulted failed.
        DEVICE_FAILED,
        /// The agent who was consulted hung up.
        LEFT,
        /// The agent who consulted lost its device before anybody answered.
        AGENT_LOST,
        CALLER_LEFT
    }

    enum SupervisionOutcome {
        /// By the supervisor.
        ENDED,
        /// The agent has that contact no more.
        CONTACT_LEFT,
        /// The supervisor's device failed, did not answer, or is gone.
        DEVICE_LEFT
    }

    /// Why this agent got this contact.
    ///
    /// @param considered ready agents looked at
    /// @param passed how many of them passed every filter
    /// @param ranking the strategy that ordered them
    /// @param tieBreak what decided between equals, empty when nothing had to
    record Why(int considered, int passed, String ranking, Optional<String> tieBreak) {}
}
