package org.helpline.simulation.history;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.helpline.simulation.history.Observation.Told;

/// Numbers have gaps by nature, so a missing message shows by what follows it: a snapshot that knows more than what
/// was told, or the end of an offer that was never told.
final class NumbersGrow {
    private final String agent;
    private final Verdict verdict;
    private final Map<Long, String> meaning = new HashMap<>();
    private final Set<String> offers = new HashSet<>();
    private long last = -1;
    private long snapshot = -1;

    private NumbersGrow(String agent, Verdict verdict) {
        this.agent = agent;
        this.verdict = verdict;
    }

    static void judge(History history, Verdict verdict) {
        history.agents().forEach((agent, seen) -> new NumbersGrow(agent, verdict).watch(history, seen));
    }

    private void watch(History history, List<Observation> seen) {
        boolean open = false;
        for (Observation next : seen) {
            switch (next) {
                case Observation.Welcomed e -> {
                    open = true;
                    welcomed(e);
                }
                case Observation.SocketLost _ -> open = false;
                case Told e -> told(e);
                default -> {}
            }
        }
        if (open && history.ended() && last < snapshot) missed(history.end(), "until the end");
    }

    private void welcomed(Observation.Welcomed e) {
        boolean resumes = !e.reset() && last >= 0 && e.seq() == last;
        if (!e.reset() && e.seq() < last) {
            verdict.violated(e.at(), agent, "had seen message", last, "and was welcomed with", e.seq());
        }
        last = e.seq();
        snapshot = e.snapshotSeq();
        if (!resumes || e.seq() == e.snapshotSeq()) offers.addAll(e.offers());
    }

    private void told(Told e) {
        if (e.seq() <= last) verdict.violated(e.at(), agent, "was told", e.seq(), "after", last, "on the same socket");
        // What comes after the snapshot comes after all that is in it.
        if (e.seq() > snapshot && last < snapshot) missed(e.at(), "before message " + e.seq());
        last = e.seq();
        String means = meaning(e);
        String before = meaning.putIfAbsent(e.seq(), means);
        if (before != null && !before.equals(means)) {
            verdict.violated(e.at(), agent, "was told with number", e.seq(), "first", before, "and then", means);
        }
        if (e instanceof Observation.Offered offer) offers.add(offer.offer());
        if (e instanceof Observation.OfferOver over && !offers.contains(over.offer())) {
            verdict.violated(e.at(), agent, "was told the end of offer", over.offer(), "and never the offer");
        }
    }

    private void missed(Instant at, String when) {
        verdict.violated(at, agent, "was welcomed with snapshot", snapshot, ", but was told up to", last, when);
    }

    private static String meaning(Told told) {
        return switch (told) {
            case Observation.Offered e -> "offer " + e.offer() + " of " + e.contact();
            case Observation.OfferExtended e -> "offer " + e.offer() + " until " + e.expiresAt();
            case Observation.OfferOver e -> "offer " + e.offer() + " " + e.outcome();
            case Observation.ContactTold e -> "contact " + e.contact() + " " + e.state();
            case Observation.StateTold e -> "state " + e.state();
            case Observation.OtherTold e -> e.type();
        };
    }
}
