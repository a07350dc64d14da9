package org.helpline.simulation.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An agent's capacity is one: an offer, a contact or a wrap-up.
final class OneContact {
    private OneContact() {}

    static void judge(History history, Bounds bounds, Verdict verdict) {
        history.agents().forEach((agent, seen) -> {
            Desk desk = new Desk(agent);
            for (int i = 0; i < seen.size(); i++) {
                desk.note(seen.get(i));
                if (!desk.connected || desk.contacts.size() + desk.offers.size() <= 1) continue;
                Optional<Instant> over = overSince(desk, seen, i);
                Instant at = seen.get(i).at();
                if (over.isEmpty() || over.get().isAfter(at.plus(bounds.times()))) {
                    verdict.violated(at, agent, "has", desk.contacts.values(), "and offers", desk.offers.values());
                    return;
                }
            }
        });
    }

    /// When it is back to one: the messages of one moment come one by one.
    private static Optional<Instant> overSince(Desk now, List<Observation> seen, int at) {
        Desk ahead = new Desk(now.agent);
        for (Observation earlier : seen.subList(0, at + 1)) ahead.note(earlier);
        for (Observation next : seen.subList(at + 1, seen.size())) {
            ahead.note(next);
            if (!ahead.connected || ahead.contacts.size() + ahead.offers.size() <= 1) return Optional.of(next.at());
        }
        return Optional.empty();
    }
}
