package org.helpline.config;

import java.time.Duration;

/// Least and most of the times in a file, as the modules they are for allow them; told with the line here, before a
/// constructor would throw.
final class TimeLimits {
    static final Duration OFFER_LEAST = Duration.ofSeconds(3);
    static final Duration OFFER_MOST = Duration.ofMinutes(5);
    static final Duration DEVICE_LEAST = Duration.ofSeconds(3);
    static final Duration DEVICE_MOST = Duration.ofMinutes(1);
    static final Duration WRAP_UP_LEAST = Duration.ZERO;
    static final Duration WRAP_UP_MOST = Duration.ofHours(1);
    static final Duration PATIENCE_LEAST = Duration.ofSeconds(1);
    static final Duration PATIENCE_MOST = Duration.ofMinutes(1);
    static final Duration ANNOUNCE_LEAST = Duration.ofSeconds(10);
    static final Duration ANNOUNCE_MOST = Duration.ofMinutes(10);
    static final Duration MENU_TIME_LEAST = Duration.ofMinutes(1);
    static final Duration MENU_TIME_MOST = Duration.ofMinutes(30);

    private TimeLimits() {}
}
