package org.helpline.app.switchboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.app.switchboard.SwitchState.Consult;
import org.helpline.app.switchboard.SwitchState.Place;
import org.helpline.ivr.FlowPhase;
import org.helpline.router.ContactId;
import org.helpline.router.LegId;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.Census;

/// Where the carrier and the state differ, and what mends it. On a healthy carrier it finds nothing, and only
/// asks again for the music that waiting callers hear.
///
/// @param callersGone whom the carrier does not hold any more
/// @param lostDevices device legs that it does not hold any more
/// @param commands what brings the carrier back to what is known here; doing one of them twice does no harm
record Reconciliation(List<CallerGone> callersGone, List<LegId> lostDevices, List<Action.Tell> commands) {
    /// A device that was rung this shortly before the carrier was asked may not have been there yet.
    private static final Duration UNDER_WAY = Duration.ofSeconds(5);

    /// @param lost the carrier died, and the leg with it
    record CallerGone(Call call, boolean lost) {}

    /// At a new connection: whoever ended meanwhile was reported.
    static Reconciliation atConnection(SwitchState state, Census census) {
        return new Reconciliation(List.of(), List.of(), mends(state, census));
    }

    /// At a start: nothing was reported to this process, and nothing of the one before is under way any more. What
    /// mends the carrier depends on what follows from this ([#mends]).
    static Reconciliation atRestart(SwitchState state, SwitchInput.Restarted restarted) {
        return missing(state, restarted.census(), restarted.asOf(), restarted.asOf());
    }

    static Reconciliation ofAudit(SwitchState state, SwitchInput.Audited audit) {
        Reconciliation missing =
                missing(state, audit.census(), audit.asOf(), audit.asOf().minus(UNDER_WAY));
        Set<String> held = held(audit.census());
        List<Action.Tell> commands = new ArrayList<>();
        audit.strangers().stream()
                .sorted()
                .filter(leg -> held.contains(leg) && !state.knows(leg))
                .forEach(leg -> commands.add(tell(new CallCommand.HandBack(leg))));
        mend(state, audit.census(), commands);
        return new Reconciliation(missing.callersGone, missing.lostDevices, commands);
    }

    /// @param calledSurely only callers who arrived before that, and
    /// @param rungSurely devices that were rung before that, can be missing
    private static Reconciliation missing(SwitchState state, Census census, Instant calledSurely, Instant rungSurely) {
        Set<String> held = held(census);
        List<CallerGone> callersGone = state.calls().stream()
                .filter(call -> !held.contains(call.leg()) && !call.arrivedAt().isAfter(calledSurely))
                .map(call -> new CallerGone(call, diedWith(call, census)))
                .toList();
        List<LegId> lostDevices = new ArrayList<>();
        state.devices().forEach((leg, device) -> {
            if (!held.contains(leg.value()) && !device.rungAt().isAfter(rungSurely)) lostDevices.add(leg);
        });
        state.listeners().forEach((leg, listener) -> {
            if (!held.contains(leg.value()) && !listener.rungAt().isAfter(rungSurely)) lostDevices.add(leg);
        });
        return new Reconciliation(callersGone, lostDevices, List.of());
    }

    /// Whoever is gone from a carrier that has lived on has hung up.
    private static boolean diedWith(Call call, Census census) {
        return census.startedAt().filter(call.arrivedAt()::isBefore).isPresent();
    }

    private static Set<String> held(Census census) {
        return census.legs().stream().map(Census.Leg::leg).collect(Collectors.toSet());
    }

    private static Action.Tell tell(CallCommand command) {
        return new Action.Tell(command, Optional.empty());
    }

    /// What a carrier lacks that nothing is under way to. What it holds and nobody here knows is given back to its own
    /// fall-back.
    static List<Action.Tell> mends(SwitchState state, Census census) {
        List<Action.Tell> commands = new ArrayList<>();
        for (Census.Leg leg : census.legs()) {
            if (!state.knows(leg.leg())) commands.add(tell(new CallCommand.HandBack(leg.leg())));
        }
        mend(state, census, commands);
        mendBridges(state, census, commands);
        return commands;
    }

    /// Commands that were lost on their way and that nothing else would repeat. What must not be heard ends before
    /// anything new is.
    private static void mend(SwitchState state, Census census, List<Action.Tell> commands) {
        Set<String> snoops = snoopsOf(state);
        for (Census.BridgeEntry bridge : census.bridges()) {
            boolean ours = snoops.contains(bridge.bridge())
                    || LegNames.contactOfBridge(bridge.bridge())
                            .filter(contact -> joined(state, contact))
                            .isPresent();
            if (!ours) commands.add(tell(new CallCommand.Unbridge(bridge.bridge())));
        }
        for (Census.Leg leg : census.legs()) {
            state.callOfLeg(leg.leg()).ifPresent(call -> {
                if (call.flow().phase() == FlowPhase.HUNG_UP) {
                    commands.add(tell(new CallCommand.HangUp(leg.leg())));
                    return;
                }
                if (!leg.up()) {
                    commands.add(tell(
                            new CallCommand.Answer(leg.leg(), call.contact().value())));
                }
                if (waitsToMusic(call)) commands.add(tell(new CallCommand.StartMusic(leg.leg())));
            });
        }
        mendConsults(state, census, commands);
        mendListeners(state, census, commands);
    }

    /// Who should be joined and is not. A bridge that holds both is left alone: they talk.
    private static void mendBridges(SwitchState state, Census census, List<Action.Tell> commands) {
        Map<String, Set<String>> bridges = new HashMap<>();
        census.bridges().forEach(bridge -> bridges.put(bridge.bridge(), Set.copyOf(bridge.legs())));
        Set<String> held = held(census);
        Set<String> up = legsUp(census);
        for (Call call : state.calls()) {
            call.bridged().ifPresent(device -> {
                List<String> legs = List.of(call.leg(), device.value());
                if (held.contains(call.leg()) && up.contains(device.value())) {
                    mendBridge(call.contact(), device, legs, bridges, commands);
                }
            });
        }
        for (Consult consult : state.consults()) {
            consult.bridged().ifPresent(device -> {
                List<String> legs = List.of(consult.leg().value(), device.value());
                if (up.containsAll(legs)) mendBridge(consult.consult(), device, legs, bridges, commands);
            });
        }
    }

    private static void mendBridge(
            ContactId contact,
            LegId device,
            List<String> legs,
            Map<String, Set<String>> bridges,
            List<Action.Tell> commands) {
        String bridge = LegNames.bridge(contact);
        if (bridges.getOrDefault(bridge, Set.of()).containsAll(legs)) return;
        commands.add(new Action.Tell(
                new CallCommand.Bridge(bridge, legs), Optional.of(new SwitchInput.BridgeFailed(contact, device))));
    }

    private static boolean joined(SwitchState state, ContactId contact) {
        return state.call(contact).flatMap(Call::bridged).isPresent()
                || state.consult(contact).flatMap(Consult::bridged).isPresent();
    }

    /// Whoever waits to consult hears music.
    private static void mendConsults(SwitchState state, Census census, List<Action.Tell> commands) {
        Set<String> up = legsUp(census);
        for (Consult consult : state.consults()) {
            String leg = consult.leg().value();
            if (consult.bridged().isEmpty() && up.contains(leg)) commands.add(tell(new CallCommand.StartMusic(leg)));
        }
    }

    /// A listening that nobody here knows ends; one that was lost on its way begins again.
    private static void mendListeners(SwitchState state, Census census, List<Action.Tell> commands) {
        Set<String> ours = snoopsOf(state);
        census.snoops().stream()
                .filter(snoop -> !ours.contains(snoop))
                .forEach(snoop -> commands.add(tell(new CallCommand.EndSnoop(snoop))));
        Set<String> up = legsUp(census);
        state.listeners()
                .forEach((leg, listener) -> listener.place()
                        .filter(place -> up.contains(leg.value())
                                && up.contains(place.agentLeg().value()))
                        .filter(place -> !isThere(census, listener.contact(), leg, place))
                        .ifPresent(place -> commands.add(new Action.Tell(
                                Supervision.command(listener.contact(), leg, place),
                                Optional.of(new SwitchInput.ListenFailed(leg, place.snoop()))))));
    }

    private static boolean isThere(Census census, ContactId contact, LegId leg, Place place) {
        String bridge = place.snoop().orElse(LegNames.bridge(contact));
        boolean inBridge = census.bridges().stream()
                .anyMatch(entry -> entry.bridge().equals(bridge) && entry.legs().contains(leg.value()));
        return inBridge
                && place.snoop()
                        .filter(snoop -> !census.snoops().contains(snoop))
                        .isEmpty();
    }

    private static Set<String> snoopsOf(SwitchState state) {
        return state.listeners().values().stream()
                .flatMap(listener -> listener.snoop().stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> legsUp(Census census) {
        return census.legs().stream()
                .filter(Census.Leg::up)
                .map(Census.Leg::leg)
                .collect(Collectors.toSet());
    }

    /// The census does not tell whether music is heard, so it is asked for each time.
    private static boolean waitsToMusic(Call call) {
        return call.flow().music() && !call.flow().playing() && call.bridged().isEmpty();
    }
}
