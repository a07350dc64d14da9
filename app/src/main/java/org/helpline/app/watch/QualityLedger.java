package org.helpline.app.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.watch.ContactQuality.Party;
import org.helpline.router.ContactId;
import org.helpline.telephony.SwitchReport.CallQuality;
import org.helpline.telephony.SwitchReport.Listener;

/// Adds up, for each contact, how its legs sound; hands the sum out when the contact's last leg is over. What
/// is kept is bounded by the legs of the contacts in progress.
final class QualityLedger {
    private final Map<String, Leg> legs = new HashMap<>();
    private final Map<ContactId, List<Leg>> contacts = new HashMap<>();

    private static final class Leg {
        private final String id;
        private final Party party;
        private final ContactId contact;
        private final Map<Listener, Sum> heardBy = new TreeMap<>();
        private boolean over;

        Leg(String id, Party party, ContactId contact) {
            this.id = id;
            this.party = party;
            this.contact = contact;
        }
    }

    private static final class Sum {
        private int reports;
        private double lost;
        private double worstLost;
        private final Times jitter = new Times();
        private final Times roundTrip = new Times();
    }

    private static final class Times {
        private int count;
        private long nanos;
        private long worst;

        void add(Duration time) {
            count++;
            nanos += time.toNanos();
            worst = Math.max(worst, time.toNanos());
        }

        Optional<Duration> mean() {
            return count == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos / count));
        }

        Optional<Duration> longest() {
            return count == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(worst));
        }
    }

    /// @return whose leg it is; empty when it is none of a contact
    Optional<Party> add(CallQuality report) {
        Leg leg = legs.get(report.leg());
        if (leg == null) return Optional.empty();
        Sum sum = leg.heardBy.computeIfAbsent(report.heardBy(), _ -> new Sum());
        sum.reports++;
        sum.lost += report.lost();
        sum.worstLost = Math.max(sum.worstLost, report.lost());
        report.jitter().ifPresent(sum.jitter::add);
        report.roundTrip().ifPresent(sum.roundTrip::add);
        return Optional.of(leg.party);
    }

    /// @return the contact that ended by this event, if it was heard of
    Optional<ContactQuality> apply(DomainEvent event) {
        return switch (event) {
            case DomainEvent.CallerArrived e -> begin(e.leg(), Party.CALLER, e.id());
            case DomainEvent.DeviceRung e -> begin(e.leg().value(), Party.AGENT, e.id());
            case DomainEvent.DeviceGone e ->
                over(Optional.ofNullable(legs.get(e.leg().value())));
            case DomainEvent.CallerGone e ->
                over(contacts.getOrDefault(e.id(), List.of()).stream()
                        .filter(leg -> leg.party == Party.CALLER)
                        .findFirst());
            default -> Optional.empty();
        };
    }

    private Optional<ContactQuality> begin(String id, Party party, ContactId contact) {
        Leg leg = new Leg(id, party, contact);
        legs.put(id, leg);
        contacts.computeIfAbsent(contact, _ -> new ArrayList<>()).add(leg);
        return Optional.empty();
    }

    private Optional<ContactQuality> over(Optional<Leg> ended) {
        if (ended.isEmpty()) return Optional.empty();
        Leg leg = ended.get();
        leg.over = true;
        List<Leg> all = contacts.getOrDefault(leg.contact, List.of());
        if (!all.stream().allMatch(each -> each.over)) return Optional.empty();
        contacts.remove(leg.contact);
        all.forEach(each -> legs.remove(each.id));
        List<ContactQuality.Stream> streams = new ArrayList<>();
        for (Leg each : all) each.heardBy.forEach((heardBy, sum) -> streams.add(stream(each, heardBy, sum)));
        return streams.isEmpty() ? Optional.empty() : Optional.of(new ContactQuality(leg.contact, streams));
    }

    private static ContactQuality.Stream stream(Leg leg, Listener heardBy, Sum sum) {
        return new ContactQuality.Stream(
                leg.id,
                leg.party,
                heardBy,
                sum.reports,
                sum.lost / sum.reports,
                sum.worstLost,
                sum.jitter.mean(),
                sum.jitter.longest(),
                sum.roundTrip.mean());
    }

    boolean knows(String leg) {
        return legs.containsKey(leg);
    }

    int size() {
        return legs.size();
    }
}
