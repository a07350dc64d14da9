package org.helpline.router;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that can happen to a routing domain. Commands are imperative and may be refused; facts from the
/// edge are taken as they are, and one that comes late, twice or for something already over changes nothing.
public sealed interface Input {

    /// Settings were read, at start or anew. Agents and queues that vanished keep what they are in the middle
    /// of.
    record Configure(DomainSettings settings) implements Input {}

    /// Helpline's process is new, and the state is that of the one before: no agent's socket is open. Whoever was
    /// connected has [DomainSettings.DisconnectGraces#restart] to come back, and finds all as it was. The clocks of
    /// absence begin anew, so that none of them ends before anybody can have come back.
    record Restarted() implements Input {}

    // ---- contacts

    /// A caller has come to a queue. Refused `queue-full` (unless an agent is ready for this very caller),
    /// `unknown-queue`, `queue-closed` or `already-queued`.
    record EnterQueue(ContactId contact, QueueId queue, Language language, Modality modality, ContactContext context)
            implements Input {}

    /// The caller's leg is gone, in whatever state the contact was.
    record CallerLeft(ContactId contact) implements Input {}

    /// The switch died and the caller's leg with it, in whatever state the contact was. The place in line is kept
    /// for [DomainSettings#placeBack]: the same number that enters that queue in that language again has it.
    record CallerLost(ContactId contact) implements Input {}

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

    // ---- agents with a contact in hand

    /// The caller hears music instead of the agent. Refused `wrong-state` unless they talk.
    record Hold(AgentId agent, ContactId contact) implements Input {}

    /// Agent and caller talk again. Refused `wrong-state` unless the contact is held, `consulting` while a
    /// consult is open.
    record Retrieve(AgentId agent, ContactId contact) implements Input {}

    /// Hands the contact on, while they talk or the caller is held. A warm one holds the caller and opens a
    /// consult, a second contact whose caller is this agent; to a number only a cold one is possible. Refused
    /// `wrong-state`, `already-consulting`, `consulting`, `to-itself`, `unknown-queue`, `queue-closed`,
    /// `queue-full`, `unknown-agent`, `agent-lacks-language`, `agent-lacks-modality`, `agent-not-available`,
    /// `offers-suspended`, `number-not-allowed`, `warm-to-number` or `too-many-consults`.
    record Transfer(AgentId agent, ContactId contact, TransferTarget to, TransferMode mode) implements Input {}

    /// The caller goes on with the agent who is consulted. Refused `no-consult`, or `not-answered` while
    /// nobody has answered.
    record CompleteTransfer(AgentId agent, ContactId contact) implements Input {}

    /// Takes the contact back: the consult ends, the caller stays held. Refused `no-consult`.
    record CancelTransfer(AgentId agent, ContactId contact) implements Input {}

    /// The agent has made sure who calls; again, it changes nothing. Refused `unknown-contact`, `not-yours`, or
    /// `wrong-state` unless they talk or the caller is held.
    record VerifyCaller(AgentId agent, ContactId contact) implements Input {}

    /// The agent ends the contact, or its part in a consult.
    record HangUp(AgentId agent, ContactId contact) implements Input {}

    /// 1 to 5 inquiries.
    record CompleteWrapUp(AgentId agent, ContactId contact, List<Inquiry> inquiries) implements Input {}

    // ---- what the switch watches

    /// The agent's device can be reached.
    record DeviceReachable(AgentId agent) implements Input {}

    /// The agent's device cannot be reached: whoever is ready becomes not ready `device-unreachable`, and may
    /// not go ready before it can be reached. Ignored while offers are suspended, because then it is the
    /// carrier that is away.
    ///
    /// @param why for people, 1 to 200 characters
    record DeviceUnreachable(AgentId agent, String why) implements Input {}

    // ---- supervisors

    /// Listens in on a contact that an agent has in hand; again with another mode, it changes that. The
    /// supervisor's device is rung first. Refused `unknown-contact`, `wrong-state` or `already-supervising`
    /// (another contact).
    record Supervise(SupervisorId supervisor, ContactId contact, SupervisionMode mode) implements Input {}

    /// Refused `not-supervising`.
    record EndSupervision(SupervisorId supervisor) implements Input {}

    /// Replaces what is configured of the agent until the configuration says something new of this agent.
    /// Refused `unknown-agent` or `invalid-skills`.
    record SetAgentSkills(
            AgentId agent, List<Language> languages, List<Modality> modalities, SortedMap<Skill, Integer> skills)
            implements Input {
        public SetAgentSkills {
            languages = List.copyOf(languages);
            modalities = List.copyOf(modalities);
            skills = Collections.unmodifiableSortedMap(new TreeMap<>(skills));
        }
    }

    /// Contacts may enter the queue again. Refused `unknown-queue`.
    record OpenQueue(QueueId queue) implements Input {}

    /// No contact enters the queue any more, neither from a flow nor by transfer; those that wait in it are
    /// served. It stays closed until [OpenQueue], whatever is configured anew. Refused `unknown-queue`.
    record CloseQueue(QueueId queue) implements Input {}

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
