package org.helpline.router;

/// A queue of one routing domain.
///
/// @param value 1 to 64 characters, no white space
public record QueueId(String value) implements Comparable<QueueId> {
    public QueueId {
        Checks.id("QueueId", value, 64);
    }

    @Override
    public int compareTo(QueueId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
