package org.helpline.ivr;

import java.util.List;

/// What can be told of a flow before the first call: every fault at once.
public final class FlowChecks {
    private FlowChecks() {}

    /// @param path where in the flow, such as `nodes.need.choices[2].next`
    /// @param message what is wrong, the value found, what is allowed
    public record Fault(String path, String message) {}

    public static List<Fault> check(CallFlow flow) {
        throw new UnsupportedOperationException();
    }
}
