package org.helpline.router;

/// One contact from the first ring to the yearly report: the same id in logs, SIP headers, journal and
/// records.
///
/// @param value 1 to 64 characters, no white space
public record ContactId(String value) implements Comparable<ContactId> {
    public ContactId {
        Checks.id("ContactId", value, 64);
    }

    @Override
    public int compareTo(ContactId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
