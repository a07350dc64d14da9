package org.helpline.simulation.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.simulation.history.History.Call;
import org.helpline.simulation.history.History.Outage;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Sound;

/// Between the death and the return nobody who waits is told anything; music that is stopped then, or right after,
/// would be a restart that callers notice.
final class MusicGoesOn {
    private MusicGoesOn() {}

    /// @param wrong what the caller heard instead
    private record Broken(Call call, Heard wrong) {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        for (Outage outage : history.outages()) {
            broken(history, outage, bounds).forEach(one -> told(one, outage, verdict));
        }
    }

    private static List<Broken> broken(History history, Outage outage, Bounds bounds) {
        List<Broken> broken = new ArrayList<>();
        Instant death = outage.from().plus(bounds.inFlight());
        for (Call call : history.calls()) {
            if (call.over(death)) continue;
            boolean waits = call.soundAt(death)
                    .filter(heard -> heard.sound() == Sound.MUSIC)
                    .isPresent();
            if (!waits || isFetched(history, call, outage, bounds)) continue;
            wrong(outage, call, death, until(history, outage, bounds), bounds)
                    .ifPresent(heard -> broken.add(new Broken(call, heard)));
        }
        return broken;
    }

    /// An agent has just picked up, or ordered something about the contact: of the commands which that led to, some
    /// were carried out and the others were not.
    private static boolean isFetched(History history, Call call, Outage outage, Bounds bounds) {
        Instant before = outage.from().minus(bounds.times());
        Instant until = outage.lastDeath().plus(bounds.inFlight());
        return call.contacts().stream()
                .anyMatch(contact ->
                        history.commanded(contact, before, until) || history.phoneMoved(contact, before, until));
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

    private static Optional<Heard> wrong(Outage outage, Call call, Instant death, Instant until, Bounds bounds) {
        return call.sounds.stream()
                .filter(heard -> heard.at().isAfter(death) && !heard.at().isAfter(until))
                .filter(heard -> switch (heard.sound()) {
                    case MUSIC, VOICE -> false;
                    case PROMPT, REFERRED -> heard.at().isBefore(outage.until());
                    case APOLOGY -> true;
                    case SILENCE -> lasts(call, heard, outage, bounds);
                })
                .findFirst();
    }

    private static void told(Broken broken, Outage outage, Verdict verdict) {
        verdict.violated(
                broken.wrong().at(),
                broken.call().caller,
                broken.call().contacts(),
                "waited to music when Helpline died at",
                outage.from(),
                "and then heard",
                broken.wrong().sound(),
                broken.wrong().what(),
                "; it routed again at",
                outage.until());
    }

    /// The blink between two commands is no silence.
    private static boolean lasts(Call call, Heard silence, Outage outage, Bounds bounds) {
        Instant over = call.until(silence).orElse(outage.until().plus(bounds.settle()));
        return over.isAfter(silence.at().plus(bounds.times()));
    }
}
