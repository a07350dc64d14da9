package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Watches each desk from message to message: what lasts too long shows when the next thing is seen, or at the end.
final class NoAgentStuck {
    private static final Set<String> AT_REST = Set.of("ready", "not-ready", "signed-out");

    private final Bounds bounds;
    private final Verdict verdict;
    private final Desk desk;
    private Instant noPhoneSince = Instant.EPOCH;

    private NoAgentStuck(Desk desk, Bounds bounds, Verdict verdict) {
        this.desk = desk;
        this.bounds = bounds;
        this.verdict = verdict;
    }

    static void judge(History history, Bounds bounds, Verdict verdict) {
        history.agents()
                .forEach((agent, seen) -> new NoAgentStuck(new Desk(agent), bounds, verdict).watch(history, seen));
    }

    private void watch(History history, List<Observation> seen) {
        for (Observation next : seen) {
            if (lastsTooLong(history, next.at())) return;
            boolean phone = desk.talksOnThePhone();
            desk.note(next);
            if (phone && !desk.talksOnThePhone()) noPhoneSince = next.at();
        }
        if (lastsTooLong(history, history.end()) || !history.ended() || !desk.connected) return;
        desk.state
                .filter(state -> !AT_REST.contains(state))
                .ifPresent(state -> verdict.violated(
                        history.end(), desk.agent, "is", state, "since", desk.since, "although all is over"));
    }

    /// What Helpline's absence takes is not counted.
    private boolean lastsTooLong(History history, Instant now) {
        if (!desk.connected || desk.state.isEmpty()) return false;
        if (desk.state.get().equals("reserved") && longer(history, desk.since, now, bounds.reserved())) {
            verdict.violated(
                    now,
                    desk.agent,
                    "is reserved since",
                    desk.since,
                    "with",
                    desk.offers.keySet(),
                    desk.contacts.keySet());
            return true;
        }
        for (Desk.Open offer : desk.offers.values()) {
            if (offer.expiresAt().isBefore(now) && longer(history, offer.expiresAt(), now, bounds.offerOver())) {
                verdict.violated(now, desk.agent, "was never told the end of", offer);
                return true;
            }
        }
        for (Desk.Held contact : desk.contacts.values()) {
            if (!contact.isLive() || desk.talksOnThePhone()) continue;
            Instant since = contact.since().isAfter(noPhoneSince) ? contact.since() : noPhoneSince;
            if (longer(history, since, now, bounds.alone())) {
                verdict.violated(now, desk.agent, "has", contact, "and no answered telephone since", since);
                return true;
            }
        }
        return false;
    }

    private static boolean longer(History history, Instant since, Instant now, Duration bound) {
        Duration lasted = Duration.between(since, now);
        for (History.Outage outage : history.outages()) {
            // Clocks of sockets and offers start anew after each.
            if (outage.until().isAfter(since) && outage.from().isBefore(now)) {
                lasted = Duration.between(outage.until(), now);
            }
        }
        return lasted.compareTo(bound) > 0;
    }
}
