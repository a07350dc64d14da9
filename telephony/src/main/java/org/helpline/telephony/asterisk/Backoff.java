package org.helpline.telephony.asterisk;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses before attempts to connect: doubling, bounded, and spread at random over their upper half so that
/// many clients do not come back in step.
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        Duration longest = next;
        next = longest.multipliedBy(2).compareTo(most) < 0 ? longest.multipliedBy(2) : most;
        long half = longest.toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }

    void connected() {
        next = first;
    }
}
