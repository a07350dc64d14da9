package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.helpline.simulation.history.Observation.CallEnded;
import org.helpline.simulation.history.Observation.Commanded;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Sound;

/// All that was seen of a run, in the order of its times, and by whom.
final class History {
    private final List<Observation> all;
    private final NavigableMap<String, Call> calls = new TreeMap<>();
    private final NavigableMap<String, List<Observation>> agents = new TreeMap<>();
    private final Map<String, List<Commanded>> commands = new HashMap<>();
    private final Map<String, List<Observation.ContactTold>> told = new HashMap<>();
    private final Map<String, Observation.DeviceEnded> deviceEnds = new HashMap<>();
    private final Map<String, String> contactOfLeg = new HashMap<>();
    private final Map<String, String> consultOf = new HashMap<>();
    private final Map<String, List<Instant>> phoneMoves = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final Instant end;

    /// @param until when somebody routed again; the end of the run when nobody did
    /// @param lastDeath of those who died before anybody routed
    record Outage(Instant from, Instant lastDeath, Optional<Instant> unwrittenSince, Instant until, boolean over) {
        /// How much of the time between these was in it.
        Duration within(Instant begin, Instant end) {
            Instant first = begin.isAfter(from) ? begin : from;
            Instant last = end.isBefore(until) ? end : until;
            return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
        }

        boolean contains(Instant when, Duration before, Duration after) {
            return !when.isBefore(from.minus(before)) && !when.isAfter(until.plus(after));
        }
    }

    /// One caller's call.
    static final class Call {
        final String caller;
        Instant called;
        final List<Observation.Named> names = new ArrayList<>();
        final List<Heard> sounds = new ArrayList<>();
        Optional<CallEnded> end = Optional.empty();

        Call(String caller, Instant first) {
            this.caller = caller;
            this.called = first;
        }

        boolean over(Instant when) {
            return end.filter(ended -> !ended.at().isAfter(when)).isPresent();
        }

        /// What was heard at that moment.
        Optional<Heard> soundAt(Instant when) {
            Heard last = null;
            for (Heard heard : sounds) {
                if (heard.at().isAfter(when)) break;
                last = heard;
            }
            return Optional.ofNullable(last);
        }

        Optional<Heard> first(Sound sound) {
            return sounds.stream().filter(heard -> heard.sound() == sound).findFirst();
        }

        /// When the sound that began then was followed by another or by the end.
        Optional<Instant> until(Heard heard) {
            int next = sounds.indexOf(heard) + 1;
            return next < sounds.size() ? Optional.of(sounds.get(next).at()) : end.map(CallEnded::at);
        }

        Set<String> contacts() {
            Set<String> contacts = new TreeSet<>();
            names.forEach(name -> contacts.add(name.contact()));
            return contacts;
        }
    }

    private History(List<Observation> seen) {
        all = seen.stream().sorted(Comparator.comparing(Observation::at)).toList();
        end = all.isEmpty() ? Instant.EPOCH : all.getLast().at();
        all.forEach(this::note);
        deaths();
    }

    static History of(List<Observation> seen) {
        return new History(seen);
    }

    private void note(Observation seen) {
        switch (seen) {
            case Observation.OfCaller of -> {
                Call call = calls.computeIfAbsent(of.caller(), name -> new Call(name, of.at()));
                switch (of) {
                    case Observation.Called called -> call.called = called.at();
                    case Observation.Named named -> call.names.add(named);
                    case Heard heard -> call.sounds.add(heard);
                    case CallEnded ended -> call.end = Optional.of(ended);
                }
            }
            case Observation.OfSocket of -> {
                agents.computeIfAbsent(of.agent(), _ -> new ArrayList<>()).add(of);
                if (of instanceof Commanded command) {
                    commands.computeIfAbsent(command.about(), _ -> new ArrayList<>())
                            .add(command);
                }
                if (of instanceof Observation.Welcomed welcomed) inHand(welcomed);
                if (of instanceof Observation.Offered offer) {
                    offer.consultOf().ifPresent(about -> consultOf.put(offer.contact(), about));
                }
                if (of instanceof Observation.ContactTold contact) {
                    contact.consultOf().ifPresent(about -> consultOf.put(contact.contact(), about));
                    told.computeIfAbsent(contact.contact(), _ -> new ArrayList<>())
                            .add(contact);
                }
            }
            case Observation.OfDevice of -> {
                agents.computeIfAbsent(of.agent(), _ -> new ArrayList<>()).add(of);
                if (of instanceof Observation.DeviceEnded ended) deviceEnds.put(ended.leg(), ended);
                if (of instanceof Observation.DeviceRang rang) {
                    contactOfLeg.put(rang.leg(), rang.contact());
                } else {
                    String contact = contactOfLeg.getOrDefault(of.leg(), "");
                    moves(contact, of.at());
                    moves(consultOf.getOrDefault(contact, ""), of.at());
                }
            }
            case Observation.Row _, Observation.Killed _, Observation.RoutingAgain _, Observation.Ended _ -> {}
        }
    }

    private void moves(String contact, Instant at) {
        phoneMoves.computeIfAbsent(contact, _ -> new ArrayList<>()).add(at);
    }

    /// A snapshot tells of a contact as a message does.
    private void inHand(Observation.Welcomed e) {
        for (Observation.InHand hand : e.contacts()) {
            if (hand.state().equals("offered")) continue;
            told.computeIfAbsent(hand.contact(), _ -> new ArrayList<>())
                    .add(new Observation.ContactTold(
                            e.at(), e.agent(), e.snapshotSeq(), hand.contact(), hand.state(), Optional.empty()));
        }
    }

    /// One that dies before it routes prolongs the outage.
    private void deaths() {
        Observation.Killed open = null;
        Instant last = end;
        for (Observation seen : all) {
            if (seen instanceof Observation.Killed killed) {
                if (open == null) open = killed;
                last = killed.at();
            }
            if (seen instanceof Observation.RoutingAgain again && open != null) {
                outages.add(new Outage(open.at(), last, open.unwrittenSince(), again.at(), true));
                open = null;
            }
        }
        if (open != null) outages.add(new Outage(open.at(), last, open.unwrittenSince(), end, false));
    }

    List<Observation> all() {
        return all;
    }

    Instant end() {
        return end;
    }

    /// Whether the run came to its end, so that nothing is left to come.
    boolean ended() {
        return all.stream().anyMatch(Observation.Ended.class::isInstance);
    }

    Collection<Call> calls() {
        return calls.values();
    }

    NavigableMap<String, List<Observation>> agents() {
        return agents;
    }

    List<Outage> outages() {
        return outages;
    }

    boolean inOutage(Instant when, Duration before, Duration after) {
        return outages.stream().anyMatch(outage -> outage.contains(when, before, after));
    }

    List<Observation.Row> rows() {
        return all.stream()
                .filter(Observation.Row.class::isInstance)
                .map(Observation.Row.class::cast)
                .toList();
    }

    Optional<Observation.DeviceEnded> endOfDevice(String leg) {
        return Optional.ofNullable(deviceEnds.get(leg));
    }

    /// What agents were told of the contact.
    List<Observation.ContactTold> told(String contact) {
        return told.getOrDefault(contact, List.of());
    }

    /// Whether an agent commanded something about the contact in that time.
    boolean commanded(String contact, Instant from, Instant until) {
        return commands.getOrDefault(contact, List.of()).stream()
                .anyMatch(
                        command -> !command.at().isBefore(from) && !command.at().isAfter(until));
    }

    /// Whether a telephone was picked up or put down for the contact, or for a consult about it, in that time.
    boolean phoneMoved(String contact, Instant from, Instant until) {
        return phoneMoves.getOrDefault(contact, List.of()).stream()
                .anyMatch(at -> !at.isBefore(from) && !at.isAfter(until));
    }

    /// What a process did that died before it was written is known to nobody after it.
    boolean unwritten(Instant when) {
        return outages.stream()
                .anyMatch(outage -> outage.unwrittenSince()
                        .filter(since -> !when.isBefore(since) && !when.isAfter(outage.until()))
                        .isPresent());
    }
}
