package org.helpline.simulation.history;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.helpline.simulation.history.Observation.ContactTold;
import org.helpline.simulation.history.Observation.OfferOver;
import org.helpline.simulation.history.Observation.Offered;

/// Two agents never have the same contact. Of an agent whose socket is away nothing is known, so nothing is concluded
/// from its silence.
final class OneOffer {
    private final History history;
    private final Bounds bounds;
    private final Verdict verdict;
    private final Map<String, Desk> desks = new TreeMap<>();
    private final Map<String, String> agentOfOffer = new HashMap<>();
    private final Map<String, Long> accepted = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    private OneOffer(History history, Bounds bounds, Verdict verdict) {
        this.history = history;
        this.bounds = bounds;
        this.verdict = verdict;
    }

    static void judge(History history, Bounds bounds, Verdict verdict) {
        OneOffer judge = new OneOffer(history, bounds, verdict);
        history.all().forEach(judge::see);
    }

    private void see(Observation seen) {
        String agent =
                switch (seen) {
                    case Observation.OfSocket of -> of.agent();
                    case Observation.OfDevice of -> of.agent();
                    case Observation.OfCaller _,
                            Observation.Row _,
                            Observation.Killed _,
                            Observation.RoutingAgain _,
                            Observation.Ended _ -> null;
                };
        if (agent == null) return;
        Desk desk = desks.computeIfAbsent(agent, Desk::new);
        boolean late = seen instanceof Observation.Told of && desk.late(of);
        switch (seen) {
            case Offered e -> offered(e, late);
            case OfferOver e -> over(e);
            case ContactTold e -> {
                if (!late && new Desk.Held(e.contact(), e.state(), e.at()).isLive()) {
                    withAnother(e.contact(), agent, e.at(), "is " + e.state() + " with " + agent);
                }
            }
            default -> {}
        }
        desk.note(seen);
    }

    private void offered(Offered e, boolean late) {
        String before = agentOfOffer.putIfAbsent(e.offer(), e.agent());
        if (before != null && !before.equals(e.agent())) {
            verdict.violated(e.at(), "offer", e.offer(), "went to", before, "and to", e.agent());
        }
        if (!late) withAnother(e.contact(), e.agent(), e.at(), "is offered to " + e.agent());
    }

    private void over(OfferOver e) {
        if (!e.outcome().equals("accepted") || !told.add(e.agent() + ' ' + e.seq())) return;
        Long before = accepted.put(e.offer(), e.seq());
        if (before != null) {
            verdict.violated(e.at(), "offer", e.offer(), "was accepted with message", before, "and with", e.seq());
        }
    }

    private void withAnother(String contact, String agent, Instant at, String what) {
        for (Desk other : desks.values()) {
            if (other.agent.equals(agent) || !other.connected) continue;
            Optional<String> has = Stream.concat(
                            other.offers.values().stream()
                                    .filter(open -> open.contact().equals(Optional.of(contact)))
                                    .filter(open -> open.expiresAt().isAfter(at))
                                    .map(open -> "is offered to " + other.agent + " since " + open.since()),
                            other.contacts.values().stream()
                                    .filter(held -> held.contact().equals(contact) && held.isLive())
                                    .map(held ->
                                            "is " + held.state() + " with " + other.agent + " since " + held.since()))
                    .findFirst();
            if (has.isPresent() && !leavesNow(other.agent, contact, at)) {
                verdict.violated(at, contact, what, "and", has.get());
            }
        }
    }

    /// Two sockets do not tell the same moment at the same moment; and one that is lost right then tells nothing more.
    private boolean leavesNow(String agent, String contact, Instant at) {
        Instant until = at.plus(bounds.times());
        List<Observation> seen = history.agents().get(agent);
        return seen.stream()
                .filter(next -> !next.at().isBefore(at) && !next.at().isAfter(until))
                .anyMatch(next -> switch (next) {
                    case ContactTold e ->
                        e.contact().equals(contact) && !new Desk.Held(contact, e.state(), at).isLive();
                    case OfferOver _, Observation.SocketLost _ -> true;
                    default -> false;
                });
    }
}
