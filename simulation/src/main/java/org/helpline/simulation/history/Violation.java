package org.helpline.simulation.history;

import java.time.Instant;

/// A rule that was broken.
///
/// @param at when it showed
/// @param what who and what was seen, and what had to be
public record Violation(Rule rule, Instant at, String what) {
    @Override
    public String toString() {
        return rule + " at " + at + ": " + what + " (" + rule.says() + ")";
    }
}
