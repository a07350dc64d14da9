package org.helpline.router;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.helpline.router.Event.PlaceEnd;
import org.helpline.router.RoutingSnapshot.PlaceRow;

/// Callers whom the switch has lost, and who call again.
final class PlacesBack {
    /// A switch that dies with more callers than that keeps those who were lost last.
    static final int MOST_PLACES = 10_000;

    /// One timer for all: that of the place which ends first.
    private static final String NEXT = "next";

    private PlacesBack() {}

    /// Before the end of the contact.
    static void keep(TurnDraft turn, Contact contact) {
        Duration time = turn.tables().settings().map(DomainSettings::placeBack).orElse(Duration.ZERO);
        if (time.isZero() || contact.context().callerNumber().isEmpty()) return;
        Places places = turn.tables().places();
        places.of(contact.id()).ifPresent(earlier -> giveUp(turn, earlier, PlaceEnd.CROWDED_OUT));
        if (places.size() >= MOST_PLACES) {
            giveUp(turn, places.next().orElseThrow(), PlaceEnd.CROWDED_OUT);
        }
        turn.emit(new Event.PlaceKept(turn.now(), contact.id(), turn.now().plus(time)));
        awaitNext(turn);
    }

    /// @return since when the caller has waited in all; empty without a place
    static Optional<Instant> takeBack(TurnDraft turn, Input.EnterQueue enter) {
        Optional<PlaceRow> place = enter.context()
                .callerNumber()
                .flatMap(number -> turn.tables().places().of(number, enter.queue(), enter.language(), turn.now()));
        place.ifPresent(row -> {
            giveUp(turn, row, PlaceEnd.TAKEN_BACK);
            awaitNext(turn);
        });
        return place.map(PlaceRow::since);
    }

    static void timeOver(TurnDraft turn) {
        Optional<PlaceRow> next = turn.tables().places().next();
        while (next.isPresent() && !next.get().until().isAfter(turn.now())) {
            giveUp(turn, next.get(), PlaceEnd.EXPIRED);
            next = turn.tables().places().next();
        }
        awaitNext(turn);
    }

    private static void giveUp(TurnDraft turn, PlaceRow row, PlaceEnd why) {
        turn.emit(new Event.PlaceGivenUp(turn.now(), row.contact(), why));
    }

    private static void awaitNext(TurnDraft turn) {
        Optional<Instant> wanted = turn.tables().places().next().map(PlaceRow::until);
        Optional<Instant> due = turn.due(TimerKey.Kind.PLACE, NEXT);
        if (wanted.isEmpty()) {
            turn.cancelTimer(TimerKey.Kind.PLACE, NEXT);
        } else if (!wanted.equals(due)) {
            turn.startTimer(TimerKey.Kind.PLACE, NEXT, Duration.between(turn.now(), wanted.get()));
        }
    }
}
