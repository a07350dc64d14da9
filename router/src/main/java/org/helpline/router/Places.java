package org.helpline.router;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.helpline.router.RoutingSnapshot.PlaceRow;

/// Places in line of callers whom the switch has lost, until they are back or their time is over. Numbers are here,
/// so nothing is here for longer than that.
final class Places {
    /// Whoever comes back to several places under one number gets the oldest first.
    private static final Comparator<PlaceRow> BY_AGE =
            Comparator.comparing(PlaceRow::since).thenComparing(PlaceRow::contact);

    private static final Comparator<PlaceRow> BY_END =
            Comparator.comparing(PlaceRow::until).thenComparing(PlaceRow::contact);

    private final Map<ContactId, PlaceRow> rows = new HashMap<>();
    private final TreeSet<PlaceRow> ending = new TreeSet<>(BY_END);
    private final Map<Caller, TreeSet<PlaceRow>> callers = new HashMap<>();

    private record Caller(String number, QueueId queue, Language language) {
        static Caller of(PlaceRow row) {
            return new Caller(row.number(), row.queue(), row.language());
        }
    }

    void keep(Event.PlaceKept kept, Contact contact) {
        Optional<String> number = contact.context().callerNumber();
        Checks.follows(number.isPresent(), kept, contact.id() + " has no number");
        Checks.follows(!rows.containsKey(contact.id()), kept, contact.id() + " has a place already");
        put(new PlaceRow(
                contact.id(),
                number.get(),
                contact.queue(),
                contact.requirements().language(),
                contact.waitingSince(),
                kept.until()));
    }

    private void put(PlaceRow row) {
        rows.put(row.contact(), row);
        ending.add(row);
        callers.computeIfAbsent(Caller.of(row), _ -> new TreeSet<>(BY_AGE)).add(row);
    }

    void giveUp(Event.PlaceGivenUp givenUp) {
        PlaceRow row = rows.remove(givenUp.contact());
        Checks.follows(row != null, givenUp, givenUp.contact() + " has no place");
        ending.remove(row);
        callers.computeIfPresent(Caller.of(row), (_, places) -> {
            places.remove(row);
            return places.isEmpty() ? null : places;
        });
    }

    int size() {
        return rows.size();
    }

    /// The one whose time is over first.
    Optional<PlaceRow> next() {
        return ending.isEmpty() ? Optional.empty() : Optional.of(ending.first());
    }

    Optional<PlaceRow> of(ContactId contact) {
        return Optional.ofNullable(rows.get(contact));
    }

    /// The oldest one that is still kept for this caller.
    Optional<PlaceRow> of(String number, QueueId queue, Language language, Instant now) {
        TreeSet<PlaceRow> places = callers.get(new Caller(number, queue, language));
        if (places == null) return Optional.empty();
        return places.stream().filter(place -> place.until().isAfter(now)).findFirst();
    }

    /// In the order in which they end.
    List<PlaceRow> all() {
        return new ArrayList<>(ending);
    }

    void restore(List<PlaceRow> places) {
        places.forEach(this::put);
    }
}
