package org.helpline.simulation.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.helpline.simulation.history.Observation.ContactTold;
import org.helpline.simulation.history.Observation.Offered;

/// The offers of a run as they were made, and since when each contact surely stood in the line it was offered from.
final class Lines {
    private final History history;
    private final Map<String, List<Offered>> byContact = new TreeMap<>();
    private final Map<String, List<Offered>> byLine = new TreeMap<>();
    private final Map<String, Instant> overAt = new HashMap<>();

    Lines(History history) {
        this.history = history;
        history.agents().values().forEach(this::read);
        byLine.values().forEach(line -> line.sort(Comparator.comparing(Offered::at)));
    }

    /// What is told again after a socket came back bears the age it had when it was told first: it is left out.
    private void read(List<Observation> ofAgent) {
        Set<Long> seen = new HashSet<>();
        long toldAgainUpTo = 0;
        for (Observation observation : ofAgent) {
            if (observation instanceof Observation.Welcomed welcomed) toldAgainUpTo = welcomed.snapshotSeq();
            if (observation instanceof Observation.OfferOver over) overAt.putIfAbsent(over.offer(), over.at());
            if (observation instanceof Offered offer && seen.add(offer.seq()) && offer.seq() > toldAgainUpTo) {
                byContact
                        .computeIfAbsent(offer.contact(), _ -> new ArrayList<>())
                        .add(offer);
                if (offer.consultOf().isEmpty()) {
                    byLine.computeIfAbsent(offer.line(), _ -> new ArrayList<>()).add(offer);
                }
            }
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
        for (Offered earlier : byContact.get(offer.contact())) {
            if (!earlier.at().isBefore(offer.at())) continue;
            // Whose socket was away when it ended had it until then at most.
            since = later(since, overAt.getOrDefault(earlier.offer(), earlier.expiresAt()));
        }
        for (ContactTold told : history.told(offer.contact())) {
            if (told.at().isBefore(offer.at())) since = later(since, told.at());
        }
        return since;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
