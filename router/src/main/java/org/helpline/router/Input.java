package org.helpline.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything that can happen to a routing domain. Commands are imperative and may be refused; facts from the
/// edge are taken as they are, and one that comes late, twice or for something already over changes nothing.
public sealed interface Input {

    /// Settings were read, at start or anew. Agents and queues that vanished keep what they are in the middle
    /// of.
    record Configure(DomainSettings settings) implements Input {}

    // ---- contacts

    /// A caller has come to a queue. Refused `queue-full` (unless an agent is ready for this very caller),
    /// `unknown-queue` or `already-queued`.
    record EnterQueue(ContactId contact, QueueId queue, Language language, Modality modality, ContactContext context)
            implements Input {}

    /// The caller's leg is gone, in whatever state the contact was.
    record CallerLeft(ContactId contact) implements Input {}

    // ---- agents' devices; `leg` is the one named by [Effect.RingDevice]

    /// The agent's device answered.
    record DeviceAnswered(LegId leg) implements Input {}

    /// The agent's device could not be reached, refused, or did not answer in time.
    record DeviceFailed(LegId leg, DeviceFailure reason) implements Input {}

    /// A device leg that had answered is gone.
    ///
    /// @param byHangUp the agent hung up the phone; false when the device vanished (no media, carrier lost)
    record DeviceLeft(LegId leg, boolean byHangUp) implements Input {}

    /// Caller and device could not be joined although both were up.
    record ConnectFailed(ContactId contact, LegId leg) implements Input {}

    // ---- the carrier

    /// No device can be reached: no offers until [CarrierRestored]. What is under way stays as it is.
    record CarrierLost() implements Input {}

    record CarrierRestored() implements Input {}

    // ---- agents

    /// An agent's first socket opened, or a socket opened again after the last one had dropped.
    record AgentConnected(AgentId agent) implements Input {}

    /// The last of an agent's sockets dropped.
    record AgentDisconnected(AgentId agent) implements Input {}

    /// Sign out, whatever sockets are still open. It rejects an offer that is out; while a contact is being
    /// served it is refused `on-contact`, and during wrap-up `wrap-up`.
    record SignOut(AgentId agent) implements Input {}

    /// Go ready, or not ready with a reason. During an offer, a contact or wrap-up the wish is kept and takes
    /// effect when that is over; not ready with an offer out rejects the offer.
    record SetAgentState(AgentId agent, Readiness readiness, Optional<String> reason) implements Input {}

    record AcceptOffer(AgentId agent, OfferId offer) implements Input {}

    /// The agent becomes not ready `offer-rejected`, so that the contact goes to somebody else.
    record RejectOffer(AgentId agent, OfferId offer, Optional<String> reason) implements Input {}

    /// The agent ends the contact.
    record HangUp(AgentId agent, ContactId contact) implements Input {}

    /// 1 to 5 inquiries.
    record CompleteWrapUp(AgentId agent, ContactId contact, List<Inquiry> inquiries) implements Input {}

    // ---- time

    /// A timer that [Effect.StartTimer] asked for ran out. Any but the newest generation of its key is
    /// ignored.
    record TimerFired(TimerKey key, long generation) implements Input {}

    /// What an agent may ask to be.
    enum Readiness {
        READY,
        NOT_READY
    }

    /// Why a device did not take a contact.
    enum DeviceFailure {
        BUSY,
        NO_ANSWER,
        UNREACHABLE,
        REJECTED,
        ERROR
    }

    /// One question handled in a contact. Personal data.
    record Inquiry(
            String inquiry,
            InquiryOutcome outcome,
            Optional<String> escalatedTo,
            Optional<String> referredTo,
            Optional<String> notes) {}

    enum InquiryOutcome {
        RESOLVED,
        ESCALATED
    }

    /// Convenience for callers that hold `now` beside the input, such as a replay log.
    record Timed(Input input, Instant now) {}
}
