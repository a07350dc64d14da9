package org.helpline.router;

/// One offer of one contact to one agent; never used twice in a domain.
///
/// @param value 1 to 96 characters, no white space
public record OfferId(String value) implements Comparable<OfferId> {
    public OfferId {
        Checks.id("OfferId", value, 96);
    }

    @Override
    public int compareTo(OfferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
