package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that was seen from outside, and when. Words are those of the wire: states, outcomes and commands as
/// sockets carry them.
public sealed interface Observation {
    Instant at();

    /// Who ended a call.
    enum By {
        /// Whoever's telephone it is.
        SELF,
        /// The other side: whoever answered, or rang.
        OTHER_SIDE,
        /// No media came any more.
        MEDIA_LOST,
        /// The carrier, with all its calls.
        CARRIER
    }

    enum Sound {
        PROMPT,
        MUSIC,
        /// Other people: agents, or a supervisor.
        VOICE,
        SILENCE,
        /// The carrier's own fall-back, instead of a helpline.
        APOLOGY,
        /// The carrier calls another number for the caller.
        REFERRED
    }

    // ---- callers

    sealed interface OfCaller extends Observation {
        /// Name of one call of one person.
        String caller();
    }

    record Called(Instant at, String caller) implements OfCaller {}

    /// The carrier's leg of the call bears this contact from now on: Helpline has answered.
    record Named(Instant at, String caller, String contact) implements OfCaller {}

    /// What the caller hears from now on.
    ///
    /// @param what the prompt's key, or the legs of those heard, one blank between them; else empty
    record Heard(Instant at, String caller, Sound sound, String what) implements OfCaller {}

    record CallEnded(Instant at, String caller, By by) implements OfCaller {}

    // ---- agents' sockets; one at a time for each agent

    sealed interface OfSocket extends Observation {
        String agent();
    }

    /// Something with a number.
    sealed interface Told extends OfSocket {
        long seq();
    }

    /// @param after the newest number that was seen before; empty for a first socket
    record SocketOpened(Instant at, String agent, Optional<Long> after) implements OfSocket {}

    record SocketLost(Instant at, String agent) implements OfSocket {}

    /// @param seq what follows is above this
    /// @param snapshotSeq newest number that the snapshot knows of
    record Welcomed(
            Instant at,
            String agent,
            long seq,
            long snapshotSeq,
            boolean reset,
            String state,
            List<InHand> contacts,
            List<String> offers)
            implements OfSocket {
        public Welcomed {
            contacts = List.copyOf(contacts);
            offers = List.copyOf(offers);
        }
    }

    record InHand(String contact, String state) {}

    /// @param line what decides who may serve it: helpline, queue, language, modality
    /// @param consultOf the contact that a consult is about
    /// @param alone nobody else may have it, as after a transfer to this agent; false when that is not known
    record Offered(
            Instant at,
            String agent,
            long seq,
            String offer,
            String contact,
            String line,
            Optional<String> consultOf,
            boolean alone,
            Duration waited,
            Instant expiresAt)
            implements Told {}

    /// The offer is kept longer than it was said.
    record OfferExtended(Instant at, String agent, long seq, String offer, Instant expiresAt) implements Told {}

    record OfferOver(Instant at, String agent, long seq, String offer, String outcome) implements Told {}

    record ContactTold(Instant at, String agent, long seq, String contact, String state, Optional<String> consultOf)
            implements Told {}

    record StateTold(Instant at, String agent, long seq, String state, Optional<String> reason) implements Told {}

    /// Any other numbered message.
    record OtherTold(Instant at, String agent, long seq, String type) implements Told {}

    /// The agent sent a command.
    ///
    /// @param about the contact or offer
    record Commanded(Instant at, String agent, String type, String about) implements OfSocket {}

    // ---- agents' telephones

    sealed interface OfDevice extends Observation {
        String agent();

        String leg();
    }

    record DeviceRang(Instant at, String agent, String leg, String contact) implements OfDevice {}

    record DeviceAnswered(Instant at, String agent, String leg) implements OfDevice {}

    record DeviceEnded(Instant at, String agent, String leg, By by) implements OfDevice {}

    // ---- contact records

    /// One record, read when the run was over.
    ///
    /// @param outcome `handled`, `abandoned`, `short-abandoned`, `ended-in-ivr` or `transferred-out`
    /// @param answeredAt when it first talked with an agent
    record Row(
            Instant at,
            String contact,
            String outcome,
            Instant arrivedAt,
            Optional<Instant> answeredAt,
            Instant endedAt,
            List<Part> parts)
            implements Observation {
        public Row {
            parts = List.copyOf(parts);
        }
    }

    /// A segment of a record.
    ///
    /// @param kind `ivr`, `queue`, `talk`, `hold`, `lost`, `closing`, `offer`, `ring`, `consult`, `transfer`,
    // `wrap-up`
    record Part(String kind, Instant start, Instant end, Optional<String> agent) {}

    // ---- the run

    /// Helpline's process died.
    ///
    /// @param unwrittenSince from then on things were done that the journal had not acknowledged; empty for none
    record Killed(Instant at, Optional<Instant> unwrittenSince) implements Observation {}

    /// A new process routes.
    record RoutingAgain(Instant at) implements Observation {}

    /// All that could end has ended, all waits are over.
    record Ended(Instant at) implements Observation {}
}
