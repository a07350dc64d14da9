package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.helpline.simulation.history.Observation.ContactTold;
import org.helpline.simulation.history.Observation.Offered;

/// The offers of a run as they were made, and since when each contact surely stood in the line it was offered from.
final class Lines {
    private final History history;
    private final Map<String, List<Offered>> byContact = new TreeMap<>();
    private final Map<String, List<Offered>> byLine = new TreeMap<>();
    private final Map<String, List<Offered>> toldLate = new HashMap<>();
    private final Map<String, Instant> overAt = new HashMap<>();
    private final Bounds bounds;

    Lines(History history, Bounds bounds) {
        this.history = history;
        this.bounds = bounds;
        history.agents().values().forEach(this::read);
        byLine.values().forEach(line -> line.sort(Comparator.comparing(Offered::at)));
    }

    /// What is told late, after a socket came back, bears the age it had when it was made: that is left out.
    private void read(List<Observation> ofAgent) {
        Set<Long> seen = new HashSet<>();
        long toldAgainUpTo = 0;
        for (Observation observation : ofAgent) {
            if (observation instanceof Observation.Welcomed welcomed) {
                toldAgainUpTo = welcomed.snapshotSeq();
                outAt(welcomed);
            }
            if (observation instanceof Observation.OfferOver over) overAt.putIfAbsent(over.offer(), over.at());
            if (!(observation instanceof Offered offer) || !seen.add(offer.seq())) continue;
            if (offer.seq() <= toldAgainUpTo) {
                toldLate.computeIfAbsent(offer.contact(), _ -> new ArrayList<>())
                        .add(offer);
            } else {
                byContact
                        .computeIfAbsent(offer.contact(), _ -> new ArrayList<>())
                        .add(offer);
                if (offer.consultOf().isEmpty()) {
                    byLine.computeIfAbsent(offer.line(), _ -> new ArrayList<>()).add(offer);
                }
            }
        }
    }

    /// An offer that only a snapshot tells of, because its own message came while the socket was away.
    private void outAt(Observation.Welcomed e) {
        for (Observation.InHand hand : e.contacts()) {
            if (!hand.state().equals("offered") || e.offers().size() != 1) continue;
            String offer = e.offers().getFirst();
            toldLate.computeIfAbsent(hand.contact(), _ -> new ArrayList<>())
                    .add(new Offered(
                            e.at(),
                            e.agent(),
                            e.snapshotSeq(),
                            offer,
                            hand.contact(),
                            "",
                            Optional.empty(),
                            false,
                            Duration.ZERO,
                            e.at()));
        }
    }

    Map<String, List<Offered>> byContact() {
        return byContact;
    }

    /// In the order in which they were made.
    Map<String, List<Offered>> byLine() {
        return byLine;
    }

    static Instant queuedAt(Offered offer) {
        return offer.at().minus(offer.waited());
    }

    /// Since the contact last was with an agent, or was first queued.
    Instant waitedSince(Offered offer) {
        Instant since = queuedAt(offer);
        List<Offered> others = new ArrayList<>(byContact.get(offer.contact()));
        others.addAll(toldLate.getOrDefault(offer.contact(), List.of()));
        for (Offered earlier : others) {
            if (earlier.offer().equals(offer.offer()) || earlier.expiresAt().isAfter(offer.expiresAt())) continue;
            // Whose socket was away when it ended had it until then at most.
            since = later(since, overAt.getOrDefault(earlier.offer(), outAtMost(earlier)));
        }
        // By their numbers: what one agent is told late happened before what another one was told at once.
        ContactTold last = history.told(offer.contact()).stream()
                .filter(told -> !told.at().isAfter(offer.at()))
                .max(Comparator.comparingLong(ContactTold::seq))
                .orElse(null);
        if (last == null) return since;
        // Until when the agent had it whose socket was away at its end, nobody saw.
        boolean seenToLeave = last.state().equals("ended") || last.state().equals("wrap-up");
        return seenToLeave ? later(since, last.at()) : offer.at();
    }

    /// After a death an offer may be out that nobody saw: it was made right before, and its agent is not back.
    boolean mayBeOutUnseen(Instant queuedAt, Instant at) {
        return history.outages().stream()
                .anyMatch(outage -> outage.until().isAfter(queuedAt)
                        && outage.from().isBefore(at)
                        && !at.isAfter(outage.until().plus(bounds.offerOver())));
    }

    /// Each restart lets an offer begin its time anew.
    private Instant outAtMost(Offered offer) {
        Instant atMost = offer.expiresAt().plus(bounds.offerOver());
        for (History.Outage outage : history.outages()) {
            if (outage.from().isAfter(offer.at()) && outage.from().isBefore(atMost)) {
                atMost = later(atMost, outage.until().plus(bounds.offerOver()));
            }
        }
        return atMost;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
