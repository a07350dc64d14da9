package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import org.helpline.simulation.history.History.Call;
import org.helpline.simulation.history.History.Outage;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Sound;

/// The time in which Helpline was away is nobody's fault here: [RoutesAgain] bounds it.
final class SilenceBounded {
    private SilenceBounded() {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        for (Call call : history.calls()) {
            for (Heard heard : call.sounds) {
                if (heard.sound() != Sound.SILENCE) continue;
                Instant until = call.until(heard).orElse(history.end());
                Duration silent = Duration.between(heard.at(), until);
                for (Outage outage : history.outages()) silent = silent.minus(outage.within(heard.at(), until));
                if (silent.compareTo(bounds.silence()) > 0) {
                    verdict.violated(
                            heard.at(),
                            call.caller,
                            call.contacts(),
                            "heard nothing from then until",
                            until,
                            "; at most",
                            bounds.silence(),
                            "are allowed");
                }
            }
        }
    }
}
