package org.helpline.router;

/// One contact from the first ring to the yearly report: the same id in logs, SIP headers, journal and
/// records.
///
/// A consult is a contact too; its id is that of its contact with `-c` and a number behind it.
///
/// @param value 1 to 70 characters, no white space; 64 but for consults
public record ContactId(String value) implements Comparable<ContactId> {
    public ContactId {
        Checks.id("ContactId", value, 70);
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
