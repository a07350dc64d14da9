package org.helpline.records.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;

/// What remains of one contact.
///
/// @param called label of the number that was called
/// @param caller keyed hash of the caller's number; empty when withheld
/// @param language what the caller chose, as a BCP 47 tag; empty when the call ended before it had one
/// @param modality empty when the contact never came to a queue
/// @param reason why it ended in the flow: a refusal of the queue, the limit that it was beyond
/// (`limit-number`, `limit-all`), what the flow decided, or `caller-left`
/// @param offeredAt when it entered its first line
/// @param answeredAt when it first talked with an agent
/// @param endedAt when it was over for the router; for one that never came to a queue, when the caller was
/// gone
/// @param totals what its segments add up to
/// @param segments in the order of their beginnings
/// @param droppedSegments how many more there were than are kept; the totals count them
/// @param inquiries what was asked. Personal data
public record ContactRecord(
        ContactId contact,
        HelplineId helpline,
        String called,
        Optional<NumberHash> caller,
        Optional<String> language,
        Optional<Modality> modality,
        Optional<String> need,
        Outcome outcome,
        Optional<String> reason,
        Instant arrivedAt,
        Optional<Instant> offeredAt,
        Optional<Instant> answeredAt,
        Instant endedAt,
        Totals totals,
        List<Segment> segments,
        int droppedSegments,
        List<HandledInquiry> inquiries) {
    public ContactRecord {
        segments = List.copyOf(segments);
        inquiries = List.copyOf(inquiries);
    }

    /// The lines it waited in, in that order.
    public List<QueueId> queues() {
        return segments.stream()
                .filter(segment -> segment.kind() == Segment.Kind.QUEUE)
                .flatMap(segment -> segment.queue().stream())
                .distinct()
                .toList();
    }

    /// The agents it talked with, in that order.
    public List<AgentId> agents() {
        return segments.stream()
                .filter(segment -> segment.kind() == Segment.Kind.TALK)
                .flatMap(segment -> segment.agent().stream())
                .distinct()
                .toList();
    }

    /// @param queueWait in every line, that after a requeue or a transfer included
    /// @param requeues how often it went back to its place because an agent or a device failed it
    /// @param transfers how often it was handed on
    /// @param consults how often an agent asked another one
    public record Totals(
            Duration queueWait,
            Duration talk,
            Duration hold,
            Duration wrapUp,
            int requeues,
            int transfers,
            int consults) {}

    /// One question of the contact.
    ///
    /// @param at when its agent handed it in
    public record HandledInquiry(Instant at, AgentId agent, Inquiry inquiry) {}

    public enum Outcome {
        /// An agent talked with the caller until the end.
        HANDLED,
        /// The caller left while it waited, at first or again.
        ABANDONED,
        /// Abandoned within the threshold, before anyone could have answered.
        SHORT_ABANDONED,
        /// It never came to a line.
        ENDED_IN_IVR,
        /// Handed on to a number outside; what became of it there is not ours to know.
        TRANSFERRED_OUT,
        /// The switch died and lost the caller, who waited, or talked with an agent. Who calls again is a contact of
        /// its own.
        LOST
    }
}
