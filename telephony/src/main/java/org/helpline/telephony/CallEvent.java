package org.helpline.telephony;

import java.util.Optional;
import java.util.Set;

/// What a carrier reports.
public sealed interface CallEvent {

    /// A caller's leg has arrived and waits to be answered.
    ///
    /// @param called number or user part that was dialled
    /// @param callerNumber empty when withheld
    /// @param media what the caller's device offers
    record CallArrived(String leg, String called, Optional<String> callerNumber, Set<CallControl.Capability> media)
            implements CallEvent {}

    /// While the leg is in a bridge its keys go to the other parties and may not be told.
    ///
    /// @param key one of `0-9*#A-D`
    record DigitPressed(String leg, char key) implements CallEvent {}

    /// Exactly one for each play that was taken, unless its leg ended first.
    record PlayFinished(String leg, String play, PlayOutcome outcome) implements CallEvent {}

    record LegRinging(String leg) implements CallEvent {}

    record LegAnswered(String leg) implements CallEvent {}

    /// The last event of a leg, exactly once.
    record LegEnded(String leg, EndCause cause) implements CallEvent {}

    /// The carrier is connected (again). Legs that ended meanwhile were reported before this.
    record CarrierConnected(Census census) implements CallEvent {}

    /// The connection is lost; calls in progress may go on at the carrier.
    record CarrierLost(String why) implements CallEvent {}

    /// Another owner has taken over; this adapter sends nothing more and does not reconnect.
    record CarrierReplaced() implements CallEvent {}

    enum PlayOutcome {
        COMPLETED,
        STOPPED,
        FAILED
    }

    enum EndCause {
        /// A party hung up.
        NORMAL,
        BUSY,
        NO_ANSWER,
        UNREACHABLE,
        REJECTED,
        /// Media stopped arriving.
        MEDIA_LOST,
        /// The carrier lost the leg: it died and perhaps was started anew, or a leg that we rang was gone at a
        /// census. A caller who is gone from a carrier that has lived on has hung up instead.
        CARRIER_LOST,
        ERROR
    }
}
