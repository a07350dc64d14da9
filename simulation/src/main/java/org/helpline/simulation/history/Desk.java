package org.helpline.simulation.history;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.simulation.history.Observation.Offered;

/// What one agent knows at a moment of the run, as its socket told it.
final class Desk {
    final String agent;
    boolean connected;
    /// Empty while the socket is away: nobody tells what is so.
    Optional<String> state = Optional.empty();
    Instant since = Instant.EPOCH;
    /// Offers that are out, and when they run out.
    final Map<String, Open> offers = new TreeMap<>();
    /// Contacts and their states; those that are over are not among them.
    final Map<String, Held> contacts = new TreeMap<>();
    /// Telephone legs, and whether they were answered.
    final Map<String, Boolean> legs = new TreeMap<>();
    private long upToSnapshot = -1;

    /// @param contact empty when only a snapshot told of the offer
    record Open(String offer, Optional<String> contact, Instant since, Instant expiresAt) {}

    record Held(String contact, String state, Instant since) {
        boolean isLive() {
            return switch (state) {
                case "connecting", "talking", "held" -> true;
                default -> false;
            };
        }
    }

    Desk(String agent) {
        this.agent = agent;
    }

    void note(Observation seen) {
        switch (seen) {
            case Observation.SocketOpened _ -> {}
            case Observation.SocketLost _ -> {
                connected = false;
                state = Optional.empty();
            }
            case Observation.Welcomed e -> welcomed(e);
            case Offered e -> {
                offers.put(e.offer(), new Open(e.offer(), Optional.of(e.contact()), e.at(), e.expiresAt()));
            }
            case Observation.OfferExtended e ->
                offers.computeIfPresent(
                        e.offer(), (id, open) -> new Open(id, open.contact(), open.since(), e.expiresAt()));
            case Observation.OfferOver e -> offers.remove(e.offer());
            case Observation.ContactTold e -> {
                if (e.state().equals("ended")) {
                    contacts.remove(e.contact());
                } else {
                    Held before = contacts.get(e.contact());
                    boolean same = before != null && before.state().equals(e.state());
                    contacts.put(e.contact(), new Held(e.contact(), e.state(), same ? before.since() : e.at()));
                }
            }
            case Observation.StateTold e -> is(e.state(), e.at());
            case Observation.DeviceRang e -> legs.put(e.leg(), false);
            case Observation.DeviceAnswered e -> legs.put(e.leg(), true);
            case Observation.DeviceEnded e -> legs.remove(e.leg());
            case Observation.OtherTold _, Observation.Commanded _ -> {}
            case Observation.OfCaller _,
                    Observation.Row _,
                    Observation.Killed _,
                    Observation.RoutingAgain _,
                    Observation.Ended _ -> throw new IllegalArgumentException(seen + " is no agent's");
        }
    }

    /// Messages that follow tell what the snapshot already knows, from the state before.
    private void welcomed(Observation.Welcomed e) {
        connected = true;
        upToSnapshot = e.snapshotSeq();
        if (e.seq() < e.snapshotSeq()) return;
        is(e.state(), e.at());
        offers.keySet().retainAll(e.offers());
        // A snapshot does not tell until when, and what was said of that may be out of date.
        if (e.reset()) offers.replaceAll((id, open) -> new Open(id, open.contact(), open.since(), Instant.MAX));
        e.offers()
                .forEach(offer ->
                        offers.computeIfAbsent(offer, id -> new Open(id, Optional.empty(), e.at(), Instant.MAX)));
        Map<String, Held> before = new TreeMap<>(contacts);
        contacts.clear();
        for (Observation.InHand hand : e.contacts()) {
            if (hand.state().equals("offered")) continue;
            Held known = before.get(hand.contact());
            boolean same = known != null && known.state().equals(hand.state());
            contacts.put(hand.contact(), same ? known : new Held(hand.contact(), hand.state(), e.at()));
        }
    }

    /// Whether this message is told a second time, or late, because the socket was away.
    boolean late(Observation.Told told) {
        return told.seq() <= upToSnapshot;
    }

    private void is(String next, Instant at) {
        if (!state.equals(Optional.of(next))) since = at;
        state = Optional.of(next);
    }

    boolean talksOnThePhone() {
        return legs.containsValue(true);
    }
}
