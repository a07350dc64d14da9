package org.helpline.records.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.QueueId;

/// A stretch of a contact that is charged to one place: the flow, a queue, or one agent.
///
/// Those of [Kind#ofTheCaller] follow each other without a gap from the caller's arrival to its leg's end;
/// the others lie beside them and say what agents did meanwhile.
///
/// @param start to the millisecond
/// @param end to the millisecond, exclusive
/// @param agent whose time it was
/// @param queue in whose line the caller waited, or was transferred to
/// @param by the agent who asked for the consult
/// @param to the agent the contact was transferred to
/// @param consult the consult it belongs to
/// @param outcome how it ended, in one word
public record Segment(
        Kind kind,
        Instant start,
        Instant end,
        Optional<AgentId> agent,
        Optional<QueueId> queue,
        Optional<AgentId> by,
        Optional<AgentId> to,
        Optional<ContactId> consult,
        Optional<String> outcome) {

    public Duration length() {
        return Duration.between(start, end);
    }

    public enum Kind {
        /// The caller is in the flow.
        IVR(true),
        /// The caller waits in a line, from entering it until it talks with an agent.
        QUEUE(true),
        /// The caller talks with the agent.
        TALK(true),
        /// The agent has put the caller on hold.
        HOLD(true),
        /// The agent's device was lost and is awaited.
        LOST(true),
        /// The contact is over; the flow says goodbye.
        CLOSING(true),
        /// An offer was out to the agent.
        OFFER(false),
        /// The agent's device rang.
        RING(false),
        /// The agent was in a consult: its beginner from the beginning, the one who was asked while they
        /// talked.
        CONSULT(false),
        /// The contact was handed on. Has no length.
        TRANSFER(false),
        /// After-contact work of the agent.
        WRAP_UP(false);

        private final boolean ofTheCaller;

        Kind(boolean ofTheCaller) {
            this.ofTheCaller = ofTheCaller;
        }

        /// Whether it is what the caller lived through.
        public boolean ofTheCaller() {
            return ofTheCaller;
        }
    }
}
