package org.helpline.app.owner;

import java.time.Duration;

/// How long a turn waits for a journal that is not well, and how much is kept for it in memory.
///
/// @param patience a turn waits this long at most for the journal; its effects go out then
/// @param silence without any answer for this long the journal counts as away
/// @param retryFirst pause before the first attempt to reach a journal that is away; it doubles
/// @param retryMost up to this
/// @param backlogEntries entries in memory that the journal has not acknowledged, at most
/// @param backlogBytes the same, in bytes
/// @param remembered newest acknowledged entries in memory, for a journal that turns out to have lost them
/// @param inFlight turns that the journal is given before it has answered
public record JournalSettings(
        Duration patience,
        Duration silence,
        Duration retryFirst,
        Duration retryMost,
        int backlogEntries,
        long backlogBytes,
        int remembered,
        int inFlight) {
    public static final JournalSettings DEFAULT = new JournalSettings(
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            200_000,
            256L << 20,
            20_000,
            1_000);

    public JournalSettings {
        if (patience.toMillis() < 5) throw wrong("patience", patience, "5 ms or more");
        if (silence.compareTo(patience) < 0) throw wrong("silence", silence, "the patience or more");
        if (!retryFirst.isPositive()) throw wrong("retryFirst", retryFirst, "above 0");
        if (retryMost.compareTo(retryFirst) < 0) throw wrong("retryMost", retryMost, "retryFirst or more");
        if (backlogEntries < 1) throw wrong("backlogEntries", backlogEntries, "1 or more");
        if (backlogBytes < 1) throw wrong("backlogBytes", backlogBytes, "1 or more");
        if (remembered < 0) throw wrong("remembered", remembered, "0 or more");
        if (inFlight < 1) throw wrong("inFlight", inFlight, "1 or more");
    }

    /// This one with a backlog of its own size.
    public JournalSettings withBacklog(int entries, long bytes) {
        return new JournalSettings(patience, silence, retryFirst, retryMost, entries, bytes, remembered, inFlight);
    }

    /// This one with a patience of its own.
    public JournalSettings withPatience(Duration other) {
        return new JournalSettings(
                other, silence, retryFirst, retryMost, backlogEntries, backlogBytes, remembered, inFlight);
    }

    /// This one with a patience and a silence of its own.
    public JournalSettings withTimes(Duration otherPatience, Duration otherSilence) {
        return new JournalSettings(
                otherPatience, otherSilence, retryFirst, retryMost, backlogEntries, backlogBytes, remembered, inFlight);
    }

    private static IllegalArgumentException wrong(String field, Object value, String allowed) {
        return new IllegalArgumentException(field + " must be " + allowed + ", but is " + value);
    }
}
