package org.helpline.simulation;

import java.time.Duration;

/// What is simulated. The same scenario always gives the same run.
///
/// @param seed everything that is left to chance comes from it
/// @param calls callers who call
/// @param agents agents on duty
/// @param betweenCalls mean time between two arrivals
/// @param talk mean time of a conversation
/// @param wild whether callers, agents, devices and the carrier do all they can do wrong
public record Scenario(long seed, int calls, int agents, Duration betweenCalls, Duration talk, boolean wild) {

    /// Everyone behaves, nothing breaks, and callers wait as long as it takes.
    public static Scenario calm(long seed, int calls) {
        return new Scenario(seed, calls, 25, Duration.ofSeconds(5), Duration.ofSeconds(45), false);
    }

    /// Everything goes wrong now and then. The seed also says how many agents there are, and how busy they
    /// get.
    public static Scenario wild(long seed, int calls) {
        int size = Math.floorMod(seed * 7, 4);
        int agents = 20 + 10 * size;
        return new Scenario(seed, calls, agents, Duration.ofMillis(4_000 - 600L * size), Duration.ofSeconds(45), true);
    }
}
