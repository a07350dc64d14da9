package org.helpline.telephony;

import java.util.List;
import java.util.Optional;

/// What the carrier holds of ours.
public record Census(List<Leg> legs, List<BridgeEntry> bridges) {
    public Census {
        legs = List.copyOf(legs);
        bridges = List.copyOf(bridges);
    }

    /// @param contact as set when the leg was answered or originated
    public record Leg(String leg, Optional<String> contact, boolean up) {}

    public record BridgeEntry(String bridge, List<String> legs) {
        public BridgeEntry {
            legs = List.copyOf(legs);
        }
    }
}
