package org.helpline.simulation.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The violations of one rule while it looks.
final class Verdict {
    private final Rule rule;
    private final List<Violation> violations = new ArrayList<>();

    Verdict(Rule rule) {
        this.rule = rule;
    }

    /// @param what its parts, which are told with a blank between them
    void violated(Instant at, Object... what) {
        StringBuilder text = new StringBuilder();
        for (Object part : what) text.append(text.isEmpty() ? "" : " ").append(part);
        violations.add(new Violation(rule, at, text.toString()));
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
