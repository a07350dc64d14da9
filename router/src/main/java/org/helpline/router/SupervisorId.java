package org.helpline.router;

/// A supervisor who listens in on contacts; whoever signs in as one has the id as user name.
///
/// @param value 1 to 64 characters, no white space
public record SupervisorId(String value) implements Comparable<SupervisorId> {
    public SupervisorId {
        Checks.id("SupervisorId", value, 64);
    }

    @Override
    public int compareTo(SupervisorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
