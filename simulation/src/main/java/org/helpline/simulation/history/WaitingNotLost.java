package org.helpline.simulation.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.simulation.history.History.Call;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.ContactTold;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Sound;

/// Music is what those hear who wait. Nobody ends their call but they themselves, or an agent who has it in hand.
final class WaitingNotLost {
    private WaitingNotLost() {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        for (Call call : history.calls()) {
            sentAway(history, call, verdict);
            hungUpOn(history, bounds, call, verdict);
        }
    }

    /// Who was answered once is ours.
    private static void sentAway(History history, Call call, Verdict verdict) {
        Optional<Heard> apology = call.first(Sound.APOLOGY);
        if (apology.isEmpty() || call.names.isEmpty()) return;
        Instant answered = call.names.getFirst().at();
        if (answered.isAfter(apology.get().at()) || history.unwritten(answered)) return;
        verdict.violated(
                apology.get().at(),
                call.caller,
                call.contacts(),
                "was answered at",
                answered,
                "and then given back to the carrier, which apologised");
    }

    private static void hungUpOn(History history, Bounds bounds, Call call, Verdict verdict) {
        Optional<Heard> last = call.sounds.isEmpty() ? Optional.empty() : Optional.of(call.sounds.getLast());
        if (call.end.isEmpty() || call.end.get().by() != By.OTHER_SIDE) return;
        boolean waited = last.filter(heard -> heard.sound() == Sound.MUSIC).isPresent();
        if (!waited) return;
        Instant at = call.end.get().at();
        boolean byAnAgent = call.first(Sound.VOICE).isPresent()
                && call.contacts().stream()
                        .anyMatch(contact -> history.commanded(contact, at.minus(bounds.settle()), at)
                                || inHand(history.told(contact), at, bounds));
        if (byAnAgent) return;
        verdict.violated(
                at,
                call.caller,
                call.contacts(),
                "heard music since",
                last.get().at(),
                "and was hung up on; no agent had the contact in hand");
    }

    /// As far as the sockets tell: an agent whose socket was away was told nothing.
    private static boolean inHand(List<ContactTold> told, Instant at, Bounds bounds) {
        return told.stream()
                .filter(message -> !message.at().isAfter(at.plus(bounds.times())))
                .reduce((_, later) -> later)
                .filter(message ->
                        !message.state().equals("ended") || !message.at().isBefore(at.minus(bounds.times())))
                .isPresent();
    }
}
