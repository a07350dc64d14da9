package org.helpline.telephony;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the carrier holds of ours.
///
/// @param bridges among them, under the same id, that of each listening; its members are the listener's leg and the
/// listening itself
/// @param snoops ids of what listens to legs; see [CallCommand.Snoop]
/// @param startedAt when the carrier was started, by its own clock: whoever was on a call before that was lost with
/// the carrier. Empty when it does not tell
public record Census(List<Leg> legs, List<BridgeEntry> bridges, List<String> snoops, Optional<Instant> startedAt) {
    public Census {
        legs = List.copyOf(legs);
        bridges = List.copyOf(bridges);
        snoops = List.copyOf(snoops);
    }

    /// Of a carrier that does not tell when it was started.
    public Census(List<Leg> legs, List<BridgeEntry> bridges, List<String> snoops) {
        this(legs, bridges, snoops, Optional.empty());
    }

    /// Of one on which nobody listens, either.
    public Census(List<Leg> legs, List<BridgeEntry> bridges) {
        this(legs, bridges, List.of());
    }

    /// Whether it holds nothing at all.
    public boolean empty() {
        return legs.isEmpty() && bridges.isEmpty() && snoops.isEmpty();
    }

    /// @param contact as set when the leg was answered or originated
    public record Leg(String leg, Optional<String> contact, boolean up) {}

    public record BridgeEntry(String bridge, List<String> legs) {
        public BridgeEntry {
            legs = List.copyOf(legs);
        }
    }
}
