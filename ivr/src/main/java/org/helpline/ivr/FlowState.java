package org.helpline.ivr;

import java.time.Instant;

/// Where one call is in its flow. Immutable; [#apply] gives the next one.
public record FlowState(Instant startedAt) {

    /// A step on the caller's way, for the agent.
    public record Step(Instant at, String node, String value) {}

    public FlowState apply(FlowEvent event) {
        throw new UnsupportedOperationException();
    }
}
