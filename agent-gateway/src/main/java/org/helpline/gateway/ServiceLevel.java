package org.helpline.gateway;

import java.time.Duration;

/// How the service level is counted. The figure means something only together with all three.
///
/// @param threshold a contact answered within it was answered in time, 1 s to 1 h
/// @param shortAbandon a contact that left within it is a short abandon: hardly anybody could have answered;
/// 0 s up to the threshold
public record ServiceLevel(ServiceLevelVariant variant, Duration threshold, Duration shortAbandon) {
    public static final Duration THRESHOLD_LEAST = Duration.ofSeconds(1);
    public static final Duration THRESHOLD_MOST = Duration.ofHours(1);

    public static final ServiceLevel DEFAULT = new ServiceLevel(
            ServiceLevelVariant.ABANDONS_WITHIN_THRESHOLD_LEFT_OUT, Duration.ofSeconds(20), Duration.ofSeconds(5));

    public ServiceLevel {
        if (threshold.compareTo(THRESHOLD_LEAST) < 0 || threshold.compareTo(THRESHOLD_MOST) > 0) {
            throw new IllegalArgumentException("threshold must be between " + THRESHOLD_LEAST + " and " + THRESHOLD_MOST
                    + ", but is " + threshold);
        }
        if (shortAbandon.isNegative() || shortAbandon.compareTo(threshold) > 0) {
            throw new IllegalArgumentException(
                    "shortAbandon must be between PT0S and the threshold " + threshold + ", but is " + shortAbandon);
        }
    }

    /// Whether a wait ended in time.
    public boolean met(Duration wait) {
        return wait.compareTo(threshold) <= 0;
    }

    /// Whether a wait that ended with the caller leaving was a short abandon.
    public boolean shortAbandon(Duration wait) {
        return wait.compareTo(shortAbandon) <= 0;
    }
}
