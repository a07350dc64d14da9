package org.helpline.simulation.history;

import java.time.Instant;
import org.helpline.simulation.history.History.Call;
import org.helpline.simulation.history.History.Outage;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Sound;

/// Between the death and the return nobody who waits is told anything; music that is stopped then, or right after,
/// would be a restart that callers notice.
final class MusicGoesOn {
    private MusicGoesOn() {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        for (Outage outage : history.outages()) {
            for (Call call : history.calls()) {
                Instant death = outage.from().plus(bounds.inFlight());
                if (call.over(death)) continue;
                boolean waits = call.soundAt(death)
                        .filter(heard -> heard.sound() == Sound.MUSIC)
                        .isPresent();
                if (waits) judge(outage, call, death, until(history, outage, bounds), bounds, verdict);
            }
        }
    }

    /// The next death is a matter of its own: who hears an announcement by then hears nothing after it.
    private static Instant until(History history, Outage outage, Bounds bounds) {
        Instant settled = outage.until().plus(bounds.settle());
        return history.outages().stream()
                .map(Outage::from)
                .filter(next -> next.isAfter(outage.from()) && next.isBefore(settled))
                .findFirst()
                .orElse(settled);
    }

    private static void judge(Outage outage, Call call, Instant death, Instant until, Bounds bounds, Verdict verdict) {
        for (Heard heard : call.sounds) {
            if (!heard.at().isAfter(death) || heard.at().isAfter(until)) continue;
            boolean away = heard.at().isBefore(outage.until());
            boolean wrong =
                    switch (heard.sound()) {
                        case MUSIC, VOICE -> false;
                        case PROMPT, REFERRED -> away;
                        case APOLOGY -> true;
                        case SILENCE -> lasts(call, heard, outage, bounds);
                    };
            if (wrong) {
                verdict.violated(
                        heard.at(),
                        call.caller,
                        call.contacts(),
                        "waited to music when Helpline died at",
                        outage.from(),
                        "and then heard",
                        heard.sound(),
                        heard.what(),
                        "; it routed again at",
                        outage.until());
                return;
            }
        }
    }

    /// The blink between two commands is no silence.
    private static boolean lasts(Call call, Heard silence, Outage outage, Bounds bounds) {
        Instant over = call.until(silence).orElse(outage.until().plus(bounds.settle()));
        return over.isAfter(silence.at().plus(bounds.times()));
    }
}
