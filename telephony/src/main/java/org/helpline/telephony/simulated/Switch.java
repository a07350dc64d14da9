package org.helpline.telephony.simulated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.CallEvent.PlayOutcome;
import org.helpline.telephony.Census;

/// The legs and bridges themselves. They live on while no controller is connected; whoever listens to
/// `report` decides what becomes of an event then.
final class Switch {
    private static final int REMEMBERED_ORIGINATED = 4096;

    private final SimulatedSettings settings;
    private final Schedule schedule;
    private final Consumer<CallEvent> report;
    private final Map<String, Leg> legs = new LinkedHashMap<>();
    private final Map<String, Set<String>> bridges = new LinkedHashMap<>();
    private final Listeners listeners = new Listeners();
    /// Ids of devices' legs once used: an originate that arrives twice must not ring the device again.
    private final Set<String> originated = new LinkedHashSet<>();

    Switch(SimulatedSettings settings, Schedule schedule, Consumer<CallEvent> report) {
        this.settings = settings;
        this.schedule = schedule;
        this.report = report;
    }

    private static final class Leg {
        final String id;
        final Party party;
        final boolean inbound;
        Optional<String> contact = Optional.empty();
        boolean up;
        boolean rang;
        /// A controller has it, or had it; a caller's is the carrier's own until then.
        boolean handedOver;
        boolean music;
        Optional<String> bridge = Optional.empty();
        final Deque<PlayInProgress> plays = new ArrayDeque<>();
        final List<Schedule.Cancel> timers = new ArrayList<>();

        Leg(String id, Party party, boolean inbound) {
            this.id = id;
            this.party = party;
            this.inbound = inbound;
            this.handedOver = !inbound;
        }
    }

    // What the parties do

    void arrives(String id, Party party) {
        legs.put(id, new Leg(id, party, true));
    }

    void handOver(String id) {
        if (legs.containsKey(id)) {
            legs.get(id).handedOver = true;
        }
    }

    void digit(String id, char key) {
        Leg leg = legs.get(id);
        if (leg != null && leg.up && "0123456789*#ABCD".indexOf(key) >= 0) {
            report.accept(new CallEvent.DigitPressed(id, key));
        }
    }

    void mediaStops(String id) {
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.timers.add(schedule.after(settings.mediaTimeout(), () -> end(id, EndCause.MEDIA_LOST)));
        }
    }

    void end(String id, EndCause cause) {
        Leg leg = legs.remove(id);
        if (leg == null) {
            return;
        }
        leg.timers.forEach(Schedule.Cancel::cancel);
        leg.plays.forEach(play -> play.timer.cancel());
        listeners.of(id).forEach(snoop -> {
            listeners.end(snoop.snoop());
            if (snoop.listener().equals(id)) {
                bridges.remove(snoop.snoop());
            } else {
                tell(List.of(snoop.listener()));
            }
        });
        leave(leg);
        report.accept(new CallEvent.LegEnded(id, cause));
        leg.party.ended(id, cause);
    }

    void endAll() {
        List.copyOf(legs.keySet()).forEach(leg -> end(leg, EndCause.CARRIER_LOST));
        bridges.clear();
        listeners.clear();
    }

    // What can be seen

    boolean holds(String leg) {
        return legs.containsKey(leg);
    }

    boolean inbound(String leg) {
        return legs.containsKey(leg) && legs.get(leg).inbound;
    }

    boolean isUp(String leg) {
        return legs.containsKey(leg) && legs.get(leg).up;
    }

    boolean musicOn(String leg) {
        return legs.containsKey(leg) && legs.get(leg).music;
    }

    boolean playing(String leg) {
        return legs.containsKey(leg) && !legs.get(leg).plays.isEmpty();
    }

    Optional<String> contactOf(String leg) {
        return Optional.ofNullable(legs.get(leg)).flatMap(one -> one.contact);
    }

    boolean plays(String leg, String play) {
        return legs.containsKey(leg) && legs.get(leg).plays.stream().anyMatch(p -> p.id.equals(play));
    }

    List<String> othersInBridge(String leg) {
        if (!legs.containsKey(leg)) {
            return List.of();
        }
        Set<String> others =
                new TreeSet<>(legs.get(leg).bridge.map(bridges::get).orElse(Set.of()));
        others.remove(leg);
        return List.copyOf(others);
    }

    /// Whoever is in the same bridge or whispers; for a listener, the one listened to and whoever that one hears.
    List<String> heardBy(String id) {
        Set<String> heard = new TreeSet<>(othersInBridge(id));
        listeners.whisperersTo(id).forEach(heard::add);
        Optional.ofNullable(legs.get(id))
                .flatMap(leg -> leg.bridge)
                .flatMap(listeners::find)
                .ifPresent(snoop -> {
                    heard.add(snoop.leg());
                    heard.addAll(othersInBridge(snoop.leg()));
                    listeners.whisperersTo(snoop.leg()).forEach(heard::add);
                });
        heard.remove(id);
        return List.copyOf(heard);
    }

    Census census() {
        return new Census(
                legs.values().stream()
                        .filter(leg -> leg.handedOver)
                        .map(leg -> new Census.Leg(leg.id, leg.contact, leg.up))
                        .toList(),
                bridges.entrySet().stream()
                        .map(bridge -> new Census.BridgeEntry(
                                bridge.getKey(),
                                Stream.concat(
                                                bridge.getValue().stream(),
                                                listeners.find(bridge.getKey()).map(CallCommand.Snoop::snoop).stream())
                                        .toList()))
                        .toList(),
                listeners.ids());
    }

    // What the controller asks for

    void perform(CallCommand command, DeviceDirectory devices) {
        switch (command) {
            case CallCommand.Answer answer -> answer(answer);
            case CallCommand.Play play -> play(play);
            case CallCommand.StopPlay stop -> stopPlay(stop);
            case CallCommand.StartMusic start -> startMusic(leg(start.leg()));
            case CallCommand.StopMusic stop -> leg(stop.leg()).music = false;
            case CallCommand.Originate call -> originate(call, devices);
            case CallCommand.Bridge bridge -> bridge(bridge);
            case CallCommand.Unbridge unbridge -> unbridge(unbridge.bridge());
            case CallCommand.HangUp hangUp -> end(hangUp.leg(), EndCause.NORMAL);
            case CallCommand.HandBack back -> handBack(back.leg());
            case CallCommand.Snoop snoop -> snoop(snoop);
            case CallCommand.EndSnoop end -> endSnoop(end.snoop());
            case CallCommand.Refer refer -> refer(refer);
        }
    }

    /// The devices by destination.
    @FunctionalInterface
    interface DeviceDirectory {
        SimulatedDevice at(String destination);
    }

    private Leg leg(String id) {
        Leg leg = legs.get(id);
        if (leg == null) {
            throw new CallControlException(Kind.GONE, "no leg " + id);
        }
        return leg;
    }

    private void answer(CallCommand.Answer answer) {
        Leg leg = leg(answer.leg());
        leg.contact = Optional.of(answer.contact());
        if (!leg.up) {
            leg.up = true;
            leg.party.answered(leg.id);
        }
    }

    private void play(CallCommand.Play command) {
        Leg leg = leg(command.leg());
        if (command.prompts().isEmpty()) {
            throw new CallControlException(Kind.REFUSED, "play " + command.play() + " has no prompts");
        }
        if (plays(leg.id, command.play())) {
            return;
        }
        leg.plays.add(new PlayInProgress(command));
        if (leg.plays.size() == 1) {
            nextPrompt(leg);
        }
    }

    private void nextPrompt(Leg leg) {
        PlayInProgress play = leg.plays.peek();
        if (play == null) {
            if (leg.music) leg.party.hears(leg.id, new Heard.Music());
            return;
        }
        PromptRef prompt = play.prompts.poll();
        if (prompt == null) {
            finishPlay(leg, play, PlayOutcome.COMPLETED);
            return;
        }
        play.timer = schedule.after(settings.promptLength(), () -> nextPrompt(leg));
        leg.party.hears(leg.id, new Heard.Prompt(prompt));
    }

    private void finishPlay(Leg leg, PlayInProgress play, PlayOutcome outcome) {
        play.timer.cancel();
        boolean current = leg.plays.peek() == play;
        leg.plays.remove(play);
        report.accept(new CallEvent.PlayFinished(leg.id, play.id, outcome));
        if (current) {
            nextPrompt(leg);
        }
    }

    private void stopPlay(CallCommand.StopPlay stop) {
        Leg leg = leg(stop.leg());
        leg.plays.stream()
                .filter(play -> play.id.equals(stop.play()))
                .findFirst()
                .ifPresent(play -> finishPlay(leg, play, PlayOutcome.STOPPED));
    }

    private static void startMusic(Leg leg) {
        if (!leg.music) {
            leg.music = true;
            leg.party.hears(leg.id, new Heard.Music());
        }
    }

    private void originate(CallCommand.Originate call, DeviceDirectory devices) {
        if (!originated.add(call.leg())) {
            return;
        }
        if (originated.size() > REMEMBERED_ORIGINATED) {
            originated.remove(originated.iterator().next());
        }
        SimulatedDevice device = devices.at(call.destination());
        DeviceBehaviour behaviour = device.called(call);
        Leg leg = new Leg(call.leg(), device, false);
        leg.contact = Optional.of(call.contact());
        legs.put(leg.id, leg);
        leg.timers.add(schedule.after(call.answerWithin(), () -> {
            if (!leg.up) {
                end(leg.id, leg.rang ? EndCause.NO_ANSWER : EndCause.UNREACHABLE);
            }
        }));
        switch (behaviour) {
            case DeviceBehaviour.Answers answers -> {
                rings(leg);
                leg.timers.add(schedule.after(answers.after(), () -> deviceAnswers(leg)));
            }
            case DeviceBehaviour.RingsOn() -> rings(leg);
            case DeviceBehaviour.Busy() -> fails(leg, EndCause.BUSY);
            case DeviceBehaviour.Rejects rejects -> {
                rings(leg);
                leg.timers.add(schedule.after(rejects.after(), () -> end(leg.id, EndCause.REJECTED)));
            }
            case DeviceBehaviour.Absent() -> fails(leg, EndCause.UNREACHABLE);
            case DeviceBehaviour.Silent() -> {}
        }
    }

    private void rings(Leg leg) {
        leg.rang = true;
        report.accept(new CallEvent.LegRinging(leg.id));
    }

    private void deviceAnswers(Leg leg) {
        leg.up = true;
        leg.party.answered(leg.id);
        report.accept(new CallEvent.LegAnswered(leg.id));
    }

    private void fails(Leg leg, EndCause cause) {
        leg.timers.add(schedule.after(settings.latency(), () -> end(leg.id, cause)));
    }

    private void bridge(CallCommand.Bridge command) {
        List<Leg> joining = command.legs().stream().map(this::leg).toList();
        joining.stream().filter(leg -> !leg.up).findFirst().ifPresent(leg -> {
            throw new CallControlException(Kind.REFUSED, "leg " + leg.id + " is not up");
        });
        bridges.computeIfAbsent(command.bridge(), id -> new LinkedHashSet<>());
        for (Leg leg : joining) {
            leg.music = false;
            List.copyOf(leg.plays).forEach(play -> finishPlay(leg, play, PlayOutcome.STOPPED));
            if (!leg.bridge.equals(Optional.of(command.bridge()))) {
                leave(leg);
                leg.bridge = Optional.of(command.bridge());
                bridges.get(command.bridge()).add(leg.id);
            }
        }
        tell(bridges.get(command.bridge()));
    }

    private void leave(Leg leg) {
        Set<String> members = leg.bridge.map(bridges::get).orElse(null);
        leg.bridge = Optional.empty();
        if (members != null) {
            members.remove(leg.id);
            tell(members);
            tell(listeners.listenersTo(leg.id).toList());
        }
    }

    /// Tells them, and whoever listens to them, what they hear now.
    private void tell(Collection<String> changed) {
        Set<String> all = new LinkedHashSet<>(changed);
        changed.forEach(id -> listeners.listenersTo(id).forEach(all::add));
        for (String id : all) {
            if (legs.containsKey(id)) legs.get(id).party.hears(id, new Heard.Parties(heardBy(id)));
        }
    }

    private void unbridge(String id) {
        Set<String> members = bridges.remove(id);
        if (members == null) {
            return;
        }
        members.forEach(member -> legs.get(member).bridge = Optional.empty());
        tell(members);
    }

    private void snoop(CallCommand.Snoop command) {
        if (listeners.find(command.snoop()).isPresent()) {
            return;
        }
        leg(command.leg());
        bridge(new CallCommand.Bridge(command.snoop(), List.of(command.listener())));
        listeners.begin(command);
        tell(List.of(command.leg()));
    }

    private void endSnoop(String id) {
        Optional<CallCommand.Snoop> ended = listeners.end(id);
        unbridge(id);
        ended.ifPresent(snoop -> tell(List.of(snoop.leg())));
    }

    private void refer(CallCommand.Refer command) {
        Leg leg = leg(command.leg());
        if (!leg.inbound) {
            throw new CallControlException(Kind.REFUSED, "leg " + leg.id + " is no caller's");
        }
        if (!command.number().matches("\\+?[0-9]{1,32}")) {
            throw new CallControlException(Kind.REFUSED, "a number to refer to has 1 to 32 digits, perhaps after a +");
        }
        leg.party.hears(leg.id, new Heard.Referred(command.number()));
        end(leg.id, EndCause.NORMAL);
    }

    private void handBack(String id) {
        Leg leg = legs.get(id);
        if (leg != null && leg.inbound) {
            leg.party.hears(id, new Heard.Apology());
        }
        end(id, EndCause.NORMAL);
    }
}
