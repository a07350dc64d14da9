package org.helpline.router;

/// An agent, as named in the agents' configuration.
///
/// @param value 1 to 64 characters, no white space
public record AgentId(String value) implements Comparable<AgentId> {
    public AgentId {
        Checks.id("AgentId", value, 64);
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
