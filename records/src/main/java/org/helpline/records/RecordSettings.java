package org.helpline.records;

import java.time.Duration;
import org.helpline.records.sql.Retention;

/// What is configured of the records.
///
/// @param shortAbandon who leaves a line within that time, unanswered, is a short abandon; 0 s to 1 min
/// @param retention how long each class of data is kept
public record RecordSettings(Duration shortAbandon, Retention retention) {
    public static final Duration MOST_SHORT_ABANDON = Duration.ofMinutes(1);
    public static final RecordSettings DEFAULT = new RecordSettings(Duration.ofSeconds(5), Retention.DEFAULT);

    public RecordSettings {
        if (shortAbandon.isNegative() || shortAbandon.compareTo(MOST_SHORT_ABANDON) > 0) {
            throw new IllegalArgumentException(
                    "shortAbandon must be 0 s to " + MOST_SHORT_ABANDON.toSeconds() + " s, but is " + shortAbandon);
        }
    }
}
