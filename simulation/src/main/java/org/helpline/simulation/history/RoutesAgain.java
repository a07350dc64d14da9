package org.helpline.simulation.history;

import java.time.Duration;

final class RoutesAgain {
    private RoutesAgain() {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        for (History.Outage outage : history.outages()) {
            Duration away = Duration.between(outage.lastDeath(), outage.until());
            if (!outage.over() || away.compareTo(bounds.outage()) > 0) {
                verdict.violated(
                        outage.lastDeath(),
                        "Helpline died and",
                        outage.over() ? "routed again after " + away : "never routed again",
                        "; at most",
                        bounds.outage(),
                        "are allowed");
            }
        }
    }
}
