package org.helpline.telephony;

import java.util.List;
import java.util.Optional;

/// What the carrier holds of ours.
///
/// @param bridges among them, under the same id, that of each listening; its members are the listener's leg and the
/// listening itself
/// @param snoops ids of what listens to legs; see [CallCommand.Snoop]
public record Census(List<Leg> legs, List<BridgeEntry> bridges, List<String> snoops) {
    public Census {
        legs = List.copyOf(legs);
        bridges = List.copyOf(bridges);
        snoops = List.copyOf(snoops);
    }

    /// Of a carrier on which nobody listens.
    public Census(List<Leg> legs, List<BridgeEntry> bridges) {
        this(legs, bridges, List.of());
    }

    /// @param contact as set when the leg was answered or originated
    public record Leg(String leg, Optional<String> contact, boolean up) {}

    public record BridgeEntry(String bridge, List<String> legs) {
        public BridgeEntry {
            legs = List.copyOf(legs);
        }
    }
}
