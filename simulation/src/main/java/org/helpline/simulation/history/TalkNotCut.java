package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.helpline.simulation.history.History.Call;
import org.helpline.simulation.history.History.Outage;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Sound;

/// Who heard a voice when Helpline died hears it on, until somebody who talks ends that.
final class TalkNotCut {
    /// What an agent ordered this long before may take effect only now.
    private static final Duration ORDERED_BEFORE = Duration.ofSeconds(3);

    private TalkNotCut() {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        for (Outage outage : history.outages()) {
            for (Call call : history.calls()) {
                Optional<Heard> atDeath = call.soundAt(outage.from());
                if (call.over(outage.from())
                        || atDeath.isEmpty()
                        || atDeath.get().sound() != Sound.VOICE) continue;
                parted(history, outage, call, atDeath.get(), outage.until().plus(bounds.settle()), verdict);
            }
        }
        history.calls().forEach(call -> hungUpOn(history, call, verdict));
    }

    private static void parted(History history, Outage outage, Call call, Heard voice, Instant until, Verdict verdict) {
        Heard last = voice;
        Heard shortlyBefore = call.soundAt(outage.from().minus(ORDERED_BEFORE)).orElse(voice);
        for (Heard heard : call.sounds) {
            if (!heard.at().isAfter(outage.from()) || heard.at().isAfter(until)) continue;
            if (heard.sound() == Sound.VOICE) {
                last = heard;
                continue;
            }
            boolean excused = excused(history, call, voice, outage.from(), heard.at())
                    || excused(history, call, last, outage.from(), heard.at())
                    || excused(history, call, shortlyBefore, outage.from(), heard.at());
            if (!excused) {
                verdict.violated(
                        heard.at(),
                        call.caller,
                        call.contacts(),
                        "heard",
                        last.what(),
                        "and then",
                        heard.sound(),
                        heard.what(),
                        "after Helpline died at",
                        outage.from(),
                        "and routed again at",
                        outage.until());
            }
            return;
        }
    }

    /// At no time of a run.
    private static void hungUpOn(History history, Call call, Verdict verdict) {
        if (call.end.isEmpty() || call.end.get().by() != By.OTHER_SIDE || call.sounds.isEmpty()) return;
        Heard last = call.sounds.getLast();
        Instant at = call.end.get().at();
        if (last.sound() != Sound.VOICE || excused(history, call, last, at, at)) return;
        verdict.violated(
                at, call.caller, call.contacts(), "heard", last.what(), "and was hung up on; no agent did that");
    }

    /// Somebody who talks ended it, or ordered what ended it.
    private static boolean excused(History history, Call call, Heard voice, Instant from, Instant at) {
        if (call.end
                .filter(end -> end.by() != By.OTHER_SIDE && !end.at().isAfter(at))
                .isPresent()) return true;
        for (String leg : voice.what().split(" ", -1)) {
            boolean left = history.endOfDevice(leg)
                    .filter(end -> end.by() != By.OTHER_SIDE && !end.at().isAfter(at))
                    .isPresent();
            if (left) return true;
        }
        Instant since = from.minus(ORDERED_BEFORE);
        return call.contacts().stream().anyMatch(contact -> history.commanded(contact, since, at));
    }
}
