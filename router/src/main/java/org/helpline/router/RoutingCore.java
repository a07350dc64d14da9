package org.helpline.router;

import java.time.Instant;

/// The routing of one domain: a deterministic state machine.
///
/// `step` decides, and applies each event as it emits it; only [RoutingState#apply] changes state, so that replaying
/// the events gives the same state. No clock, no ids of its own, no I/O, no threads: not thread-safe, one owner.
public final class RoutingCore {
    private final RoutingState state;

    public RoutingCore(RoutingState state) {
        this.state = state;
    }

    /// Decides on one input.
    ///
    /// @param now never earlier than in the step before
    public Turn step(Input input, Instant now) {
        throw new UnsupportedOperationException();
    }

    public RoutingState state() {
        return state;
    }
}
