package org.helpline.benchmarks.calls;

import java.time.Duration;

/// Calls to place, evenly in time.
///
/// @param called the number
/// @param calls how many
/// @param perSecond how many of them in a second
/// @param digitAfter from the answer to the key
/// @param talk from the agent's answer to the agent's hang-up
/// @param talkSpread talks differ by up to this, so that agents do not all become free at once
/// @param patience after the last one was placed; then whatever is left is hung up and has failed
record Load(
        String called,
        int calls,
        int perSecond,
        Duration digitAfter,
        Duration talk,
        Duration talkSpread,
        Duration patience) {}
