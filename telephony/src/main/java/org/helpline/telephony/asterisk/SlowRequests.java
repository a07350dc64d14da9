package org.helpline.telephony.asterisk;

import java.time.Duration;
import java.util.Optional;

/// Asterisk works off the requests of a WebSocket one at a time, so a slow one holds up all behind it. Says which one
/// it was.
final class SlowRequests {
    static final Duration SLOW = Duration.ofSeconds(1);

    /// The log is told at most once in this time; what is left out is counted.
    private static final Duration QUIET = Duration.ofSeconds(10);

    /// When Asterisk may have begun with the next one.
    private long freeNanos;

    private long saidNanos;
    private int unsaid;

    SlowRequests(long nowNanos) {
        freeNanos = nowNanos;
        saidNanos = nowNanos - QUIET.toNanos();
    }

    /// @return what the log is to be told
    Optional<String> answered(String request, long sentNanos, long nowNanos, int waiting) {
        return over("took {} ms for " + request, sentNanos, nowNanos, waiting);
    }

    /// Those behind it time out too, soon after: they are not what was slow.
    ///
    /// @return what the log is to be told
    Optional<String> unanswered(String request, long sentNanos, long nowNanos, int waiting) {
        return over("has not answered within {} ms " + request, sentNanos, nowNanos, waiting);
    }

    private Optional<String> over(String what, long sentNanos, long nowNanos, int waiting) {
        // Without the time that it waited for others.
        Duration own = Duration.ofNanos(nowNanos - Math.max(sentNanos, freeNanos));
        freeNanos = nowNanos;
        if (own.compareTo(SLOW) < 0) {
            return Optional.empty();
        }
        if (nowNanos - saidNanos < QUIET.toNanos()) {
            unsaid++;
            return Optional.empty();
        }
        String line = "Asterisk " + what.replace("{}", Long.toString(own.toMillis())) + "; " + waiting
                + " more requests wait; slow ones left out since the last such line: " + unsaid;
        saidNanos = nowNanos;
        unsaid = 0;
        return Optional.of(line);
    }
}
