package org.helpline.simulation.history;

import java.time.Duration;

/// How much is allowed.
///
/// @param times two clocks that saw the same thing
/// @param inFlight what was under way when a process died still takes effect this long
/// @param settle after a restart, what it led to has shown itself
/// @param outage from a death to routing again
/// @param entering from coming to a queue to its music
/// @param silence what a caller may hear of nothing at all
/// @param offerOver how much longer than its time an offer may stay open
/// @param reserved how long an agent may be reserved
/// @param alone how long an agent may be told to talk with no telephone up
public record Bounds(
        Duration times,
        Duration inFlight,
        Duration settle,
        Duration outage,
        Duration entering,
        Duration silence,
        Duration offerOver,
        Duration reserved,
        Duration alone) {

    /// For simulated runs, in which nothing is ever late by itself.
    public static final Bounds SIMULATED = new Bounds(
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(40),
            Duration.ofSeconds(25),
            Duration.ofSeconds(90),
            Duration.ofSeconds(60));

    /// For real processes on a busy machine.
    public static final Bounds REAL = new Bounds(
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(180),
            Duration.ofSeconds(90));
}
