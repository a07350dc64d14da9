package org.helpline.records;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// How the records are doing.
///
/// @param failing what the database said, and since when, as long as nothing can be written
/// @param behind whether more happened than the buffer holds, so that the journal has to be read
/// @param waitingEvents events that are not in the database yet; those of open contacts are not counted
/// @param openContacts contacts that have not left their record yet
/// @param written records written since the start
/// @param lost contacts without a record because the journal had not kept their events, since the start
/// @param refused records that the database would not have, since the start
public record RecordHealth(
        Optional<Failing> failing,
        boolean behind,
        long waitingEvents,
        int openContacts,
        long written,
        long lost,
        long refused) {

    public record Failing(String why, Instant since) {}

    /// For anyone who may ask, in one line: without what the database said, which may name hosts and users.
    public String told() {
        String now = failing.isPresent()
                ? "not written since " + failing.get().since().truncatedTo(ChronoUnit.SECONDS) + ", " + waitingEvents
                        + " events wait"
                : behind ? "catching up, " + waitingEvents + " events wait" : "written";
        return now
                + (lost == 0 ? "" : "; " + lost + " contacts left no record")
                + (refused == 0 ? "" : "; " + refused + " records were refused by the database");
    }
}
