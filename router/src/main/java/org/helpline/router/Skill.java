package org.helpline.router;

/// A skill that agents have at a level of proficiency and queues ask for (a programme such as SNAP).
///
/// @param value 1 to 64 characters, no white space
public record Skill(String value) implements Comparable<Skill> {
    public Skill {
        Checks.id("Skill", value, 64);
    }

    @Override
    public int compareTo(Skill other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
