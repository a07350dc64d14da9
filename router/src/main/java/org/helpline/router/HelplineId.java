package org.helpline.router;

/// A public helpline: a number people call, with its flow and its queues.
///
/// @param value 1 to 64 characters, no white space
public record HelplineId(String value) implements Comparable<HelplineId> {
    public HelplineId {
        Checks.id("HelplineId", value, 64);
    }

    @Override
    public int compareTo(HelplineId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
