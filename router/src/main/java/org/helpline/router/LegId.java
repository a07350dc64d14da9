package org.helpline.router;

/// A call leg on a carrier that the routing domain asked for (an agent's device).
///
/// @param value 1 to 96 characters, no white space
public record LegId(String value) implements Comparable<LegId> {
    public LegId {
        Checks.id("LegId", value, 96);
    }

    @Override
    public int compareTo(LegId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
