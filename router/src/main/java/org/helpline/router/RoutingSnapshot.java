package org.helpline.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.SupervisionView;

/// A [RoutingState] as pure data: all that later behaviour depends on, indexes left out. What refers to another row
/// names it.
///
/// Snapshots are kept: a component that is added must have a meaning when it is absent.
///
/// @param settings empty before the domain was configured
/// @param queues as configured, then those that vanished while contacts were in them
/// @param agents as configured, then those that vanished in the middle of something
/// @param contacts that are not over, consults among them; oldest first
/// @param wrapUps contacts as the agents who wrap them up left them; oldest first
/// @param supervisionsRequested how many there ever were
/// @param closedQueues in order of their ids
/// @param offersMade how many there ever were
/// @param timers that run, ordered by key
/// @param newestGeneration of all timers there ever were
/// @param places kept for callers whom the switch has lost, in the order in which they end
public record RoutingSnapshot(
        Optional<DomainSettings> settings,
        List<QueueSettings> queues,
        List<AgentRow> agents,
        List<ContactRow> contacts,
        List<ContactRow> wrapUps,
        List<SupervisionView> supervisions,
        long supervisionsRequested,
        List<QueueId> closedQueues,
        boolean offersSuspended,
        long offersMade,
        List<Event.TimerStarted> timers,
        long newestGeneration,
        List<PlaceRow> places) {
    public RoutingSnapshot {
        queues = List.copyOf(queues);
        agents = List.copyOf(agents);
        contacts = List.copyOf(contacts);
        wrapUps = List.copyOf(wrapUps);
        supervisions = List.copyOf(supervisions);
        closedQueues = List.copyOf(closedQueues);
        timers = List.copyOf(timers);
        places = places == null ? List.of() : List.copyOf(places);
    }

    /// @param configured as configured
    /// @param settings as they count, with the skills that a supervisor set since
    /// @param retired no longer configured, and only here to finish what it is in the middle of
    /// @param idleSince the place among those who are ready
    /// @param contact the contact it is reserved for, serves or wraps up
    /// @param left between two events of a turn: that contact as the agent has just left it
    /// @param lastOffer how the last offer ended, for answers that come late
    public record AgentRow(
            AgentSettings configured,
            AgentSettings settings,
            boolean retired,
            AgentState state,
            Optional<String> reason,
            Instant since,
            Instant idleSince,
            boolean connected,
            Optional<ContactId> contact,
            Optional<ContactRow> left,
            Optional<OfferId> offer,
            Optional<WishRow> wish,
            Optional<OfferId> lastOffer,
            Optional<OfferOutcome> lastOutcome,
            Optional<String> unreachable) {}

    /// The place in line of a caller whom the switch has lost.
    ///
    /// @param number personal data
    public record PlaceRow(
            ContactId contact, String number, QueueId queue, Language language, Instant since, Instant until) {}

    /// What an agent wants to be once it is free.
    public record WishRow(Input.Readiness readiness, Optional<String> reason) {}

    /// @param lastOffer the one that legs are named after
    /// @param rings how often the device was rung under it
    /// @param inLine waits for any agent who may serve it
    /// @param consultOf for a consult, the contact it is about
    /// @param target for a consult, whom it seeks
    /// @param direct offered to one agent alone
    /// @param verified an agent has made sure who calls
    public record ContactRow(
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
            Optional<OfferId> lastOffer,
            int rings,
            boolean inLine,
            Optional<ContactId> consultOf,
            Optional<TransferTarget> target,
            int consultsStarted,
            boolean direct,
            boolean verified) {}
}
