package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.simulation.history.History.Call;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Offered;
import org.helpline.simulation.history.Observation.Sound;

/// The age that offers tell is one and the same for a contact all the time, fits what its caller heard, and decides
/// whose turn it is.
final class PlaceKept {
    /// Whoever lost the call by a dead carrier may have an older place than this call has.
    private static final Duration PLACE_BACK = Duration.ofMinutes(10);

    private PlaceKept() {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        Lines lines = new Lines(history, bounds);
        lines.byContact().forEach((_, offers) -> sameAge(offers, bounds, verdict));
        Map<String, Call> byContact = new HashMap<>();
        history.calls().forEach(call -> call.contacts().forEach(contact -> byContact.put(contact, call)));
        lines.byContact().forEach((contact, offers) -> {
            if (byContact.containsKey(contact)) asHeard(history, byContact.get(contact), offers, bounds, verdict);
        });
        lines.byLine().values().forEach(line -> inTurn(lines, line, bounds, verdict));
    }

    private static void sameAge(List<Offered> offers, Bounds bounds, Verdict verdict) {
        Instant first = Lines.queuedAt(offers.getFirst());
        for (Offered offer : offers) {
            Instant said = Lines.queuedAt(offer);
            if (Duration.between(first, said).abs().compareTo(bounds.times()) > 0) {
                verdict.violated(
                        offer.at(),
                        offer.contact(),
                        "was offered to",
                        offer.agent(),
                        "as queued at",
                        said,
                        "; at",
                        offers.getFirst().at(),
                        offers.getFirst().agent(),
                        "was told",
                        first);
            }
        }
    }

    private static void asHeard(History history, Call call, List<Offered> offers, Bounds bounds, Verdict verdict) {
        Optional<Heard> music = call.first(Sound.MUSIC);
        Offered offer = offers.getFirst();
        if (music.isEmpty() || music.get().at().isAfter(offer.at())) return;
        // Music after a talk is that of a hold, or of a second wait.
        boolean talkedBefore = call.first(Sound.VOICE)
                .filter(voice -> voice.at().isBefore(music.get().at()))
                .isPresent();
        if (talkedBefore) return;
        Instant said = Lines.queuedAt(offer);
        boolean younger = said.isAfter(music.get().at().plus(bounds.times()));
        boolean older = said.isBefore(music.get().at().minus(bounds.entering()))
                && !placeBack(history, call.called)
                && !diedBetween(history, said, music.get().at());
        if (younger || older) {
            verdict.violated(
                    offer.at(),
                    call.caller,
                    offer.contact(),
                    "has heard music since",
                    music.get().at(),
                    ", but was offered as queued at",
                    said);
        }
    }

    /// What was to be played then is played when somebody is back.
    private static boolean diedBetween(History history, Instant from, Instant until) {
        return history.outages().stream()
                .anyMatch(outage ->
                        outage.from().isBefore(until) && outage.until().isAfter(from));
    }

    private static boolean placeBack(History history, Instant called) {
        return history.calls().stream()
                .flatMap(call -> call.end.stream())
                .anyMatch(end -> end.by() == By.CARRIER
                        && end.at().isBefore(called)
                        && end.at().isAfter(called.minus(PLACE_BACK)));
    }

    private static void inTurn(Lines lines, List<Offered> line, Bounds bounds, Verdict verdict) {
        for (int i = 0; i < line.size(); i++) {
            Offered served = line.get(i);
            if (served.alone()) continue;
            for (Offered later : line.subList(i + 1, line.size())) {
                boolean older = Lines.queuedAt(later).plus(bounds.times()).isBefore(Lines.queuedAt(served));
                // Of what two sockets tell at one moment nobody knows the order.
                boolean atOnce = !later.at().isAfter(served.at().plus(bounds.times()));
                if (!older || atOnce || later.alone() || later.contact().equals(served.contact())) continue;
                Instant since = lines.waitedSince(later);
                if (lines.mayBeOutUnseen(Lines.queuedAt(later), served.at())) continue;
                if (since.plus(bounds.times()).isBefore(served.at())) {
                    verdict.violated(
                            served.at(),
                            served.contact(),
                            "of",
                            served.line(),
                            ", queued at",
                            Lines.queuedAt(served),
                            ", was offered to",
                            served.agent(),
                            "while",
                            later.contact(),
                            ", queued at",
                            Lines.queuedAt(later),
                            ", had waited in the same line since",
                            since,
                            "; it was offered at",
                            later.at());
                    return;
                }
            }
        }
    }
}
