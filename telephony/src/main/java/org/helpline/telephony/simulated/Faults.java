package org.helpline.telephony.simulated;

import java.time.Duration;

/// What goes wrong, each with a probability from 0 to 1. Events of one leg keep their order whatever happens
/// to them.
///
/// @param eventLost the event never arrives; the next census repairs what can be repaired
/// @param eventLate the event arrives up to `latest` later
/// @param eventDoubled the event arrives twice
/// @param commandRefused the command is not carried out and fails as refused
/// @param commandUnanswered the command fails with a time-out; every second one was carried out nevertheless
public record Faults(
        double eventLost,
        double eventLate,
        Duration latest,
        double eventDoubled,
        double commandRefused,
        double commandUnanswered) {

    public static final Faults NONE = new Faults(0, 0, Duration.ZERO, 0, 0, 0);

    public Faults {
        probability("eventLost", eventLost);
        probability("eventLate", eventLate);
        probability("eventDoubled", eventDoubled);
        probability("commandRefused", commandRefused);
        probability("commandUnanswered", commandUnanswered);
        if (latest.isNegative()) {
            throw new IllegalArgumentException("latest must not be negative, but is " + latest);
        }
    }

    private static void probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but is " + value);
        }
    }
}
