package org.helpline.ivr;

import java.time.Instant;
import java.util.List;

/// One call in its flow: a deterministic state machine without clock, ids, I/O or threads.
public final class FlowMachine {
    private FlowMachine() {}

    /// What one input led to.
    public record FlowTurn(FlowState state, List<FlowEvent> events, List<FlowEffect> effects) {}

    /// State of a call that has not arrived yet.
    public static FlowState initial() {
        throw new UnsupportedOperationException();
    }

    public static FlowTurn step(CallFlow flow, FlowState state, FlowInput input, Instant now) {
        throw new UnsupportedOperationException();
    }
}
