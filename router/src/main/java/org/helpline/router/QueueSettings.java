package org.helpline.router;

import java.time.Duration;
import java.util.List;

/// What is configured of one queue.
///
/// @param id the queue
/// @param helpline the helpline it belongs to
/// @param skills skills every contact of this queue needs
/// @param maxWaiting contacts that may wait at once, 1 to 100,000; the next one is refused `queue-full`
/// @param offerTimeout how long an agent may leave an offer unanswered before it counts as ring-no-answer, 3
/// s to 5 min
/// @param deviceTimeout how long the agent's device may take to answer after the accept, 3 s to 60 s
/// @param wrapUpLimit after-contact work ends by itself after this time, 0 s to 1 h
public record QueueSettings(
        QueueId id,
        HelplineId helpline,
        List<SkillRequirement> skills,
        int maxWaiting,
        Duration offerTimeout,
        Duration deviceTimeout,
        Duration wrapUpLimit) {
    public static final int DEFAULT_MAX_WAITING = 1_000;
    public static final Duration DEFAULT_OFFER_TIMEOUT = Duration.ofSeconds(20);
    public static final Duration DEFAULT_DEVICE_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_WRAP_UP_LIMIT = Duration.ofMinutes(2);

    public QueueSettings {
        skills = List.copyOf(skills);
        Checks.range("maxWaiting", maxWaiting, 1, 100_000);
        Checks.range("offerTimeout", offerTimeout, Duration.ofSeconds(3), Duration.ofMinutes(5));
        Checks.range("deviceTimeout", deviceTimeout, Duration.ofSeconds(3), Duration.ofMinutes(1));
        Checks.range("wrapUpLimit", wrapUpLimit, Duration.ZERO, Duration.ofHours(1));
    }

    /// A queue with the defaults above.
    public static QueueSettings of(QueueId id, HelplineId helpline, List<SkillRequirement> skills) {
        return new QueueSettings(
                id,
                helpline,
                skills,
                DEFAULT_MAX_WAITING,
                DEFAULT_OFFER_TIMEOUT,
                DEFAULT_DEVICE_TIMEOUT,
                DEFAULT_WRAP_UP_LIMIT);
    }
}
