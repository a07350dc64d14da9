package org.helpline.records.sql;

import java.time.Duration;

/// How long each class of data is kept, counted from the end of the contact or from when an inquiry was
/// handed in.
///
/// @param contacts contact records and their segments; what they hold of the other classes goes with them
/// @param inquiries what was asked and how it went
/// @param notes what agents wrote about it
/// @param numberHashes the keyed hashes of callers' numbers
public record Retention(Duration contacts, Duration inquiries, Duration notes, Duration numberHashes) {
    public static final Duration LEAST = Duration.ofDays(1);
    public static final Duration MOST = Duration.ofDays(36_500);

    /// A year's report looks back a year, and takes a month to write.
    public static final Retention DEFAULT =
            new Retention(Duration.ofDays(1_095), Duration.ofDays(400), Duration.ofDays(90), Duration.ofDays(180));

    public Retention {
        check("contacts", contacts);
        check("inquiries", inquiries);
        check("notes", notes);
        check("numberHashes", numberHashes);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + " must be kept " + LEAST.toDays() + " to " + MOST.toDays()
                    + " days, but is " + value.toDays());
        }
    }
}
