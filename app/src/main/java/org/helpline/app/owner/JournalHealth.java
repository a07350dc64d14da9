package org.helpline.app.owner;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// How the journal is doing.
///
/// @param since when it came into this state
/// @param why what the store said; empty while it is healthy
/// @param backlogEntries entries in memory that it has not acknowledged
/// @param backlogBytes what they take
/// @param acknowledgedSeq of the newest entry that it has acknowledged
/// @param lateTurns turns whose effects went out before it had answered, since the start
/// @param rewritten acknowledged entries that it had lost and that were written again from memory, since
/// the start
/// @param givenUp entries that it will never have, since the start
public record JournalHealth(
        State state,
        Instant since,
        Optional<String> why,
        int backlogEntries,
        long backlogBytes,
        long acknowledgedSeq,
        long lateTurns,
        long rewritten,
        long givenUp) {

    public enum State {
        /// Effects wait for it.
        HEALTHY,
        /// It answers, but not in time: some effects do not wait for it.
        SLOW,
        /// It does not take anything: no effect waits for it.
        AWAY,
        /// Another owner writes it; this one has stopped.
        FENCED
    }

    /// For anyone who may ask, in one line: without what the store said, which may name hosts and folders.
    public String told() {
        String from = " since " + since.truncatedTo(ChronoUnit.SECONDS);
        String now =
                switch (state) {
                    case HEALTHY -> "written";
                    case SLOW -> "slow" + from + ", " + inMemory();
                    case AWAY -> "away" + from + ", " + inMemory();
                    case FENCED -> "taken over by another Helpline" + from;
                };
        return now + (givenUp == 0 ? "" : "; " + givenUp + " events were given up");
    }

    private String inMemory() {
        return backlogEntries + (backlogEntries == 1 ? " event" : " events") + " in memory";
    }
}
