package org.helpline.app.switchboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.ivr.FlowPhase;
import org.helpline.router.LegId;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.Census;

/// Where the carrier and the state differ, and what mends it. On a healthy carrier it finds nothing, and only
/// asks again for the music that waiting callers hear.
///
/// @param lostCalls calls whose caller the carrier does not hold any more
/// @param lostDevices device legs that it does not hold any more
/// @param commands what brings the carrier back to what is known here; doing one of them twice does no harm
record Reconciliation(List<Call> lostCalls, List<LegId> lostDevices, List<CallCommand> commands) {
    /// A device that was rung this shortly before the carrier was asked may not have been there yet.
    private static final Duration UNDER_WAY = Duration.ofSeconds(5);

    /// At a new connection: whoever ended meanwhile was reported. What the carrier holds and nobody here
    /// knows is given back to its own fall-back.
    static Reconciliation atConnection(SwitchState state, Census census) {
        List<CallCommand> commands = new ArrayList<>();
        for (Census.Leg leg : census.legs()) {
            if (!state.knows(leg.leg())) commands.add(new CallCommand.HandBack(leg.leg()));
        }
        mend(state, census, commands);
        return new Reconciliation(List.of(), List.of(), commands);
    }

    static Reconciliation ofAudit(SwitchState state, SwitchInput.Audited audit) {
        Set<String> held = audit.census().legs().stream().map(Census.Leg::leg).collect(Collectors.toSet());
        List<Call> lostCalls = state.calls().stream()
                .filter(call -> !held.contains(call.leg()) && call.arrivedAt().isBefore(audit.asOf()))
                .toList();
        Instant arrivedSurely = audit.asOf().minus(UNDER_WAY);
        List<LegId> lostDevices = state.devices().entrySet().stream()
                .filter(device -> !held.contains(device.getKey().value()))
                .filter(device -> device.getValue().rungAt().isBefore(arrivedSurely))
                .map(Map.Entry::getKey)
                .toList();
        List<CallCommand> commands = new ArrayList<>();
        audit.strangers().stream()
                .sorted()
                .filter(leg -> held.contains(leg) && !state.knows(leg))
                .forEach(leg -> commands.add(new CallCommand.HandBack(leg)));
        mend(state, audit.census(), commands);
        return new Reconciliation(lostCalls, lostDevices, commands);
    }

    /// Commands that were lost on their way and that nothing else would repeat.
    private static void mend(SwitchState state, Census census, List<CallCommand> commands) {
        for (Census.Leg leg : census.legs()) {
            state.callOfLeg(leg.leg()).ifPresent(call -> {
                if (call.flow().phase() == FlowPhase.HUNG_UP) {
                    commands.add(new CallCommand.HangUp(leg.leg()));
                    return;
                }
                if (!leg.up()) {
                    commands.add(
                            new CallCommand.Answer(leg.leg(), call.contact().value()));
                }
                if (waitsToMusic(call)) commands.add(new CallCommand.StartMusic(leg.leg()));
            });
        }
        for (Census.BridgeEntry bridge : census.bridges()) {
            boolean ours = LegNames.contactOfBridge(bridge.bridge())
                    .flatMap(state::call)
                    .flatMap(Call::bridged)
                    .isPresent();
            if (!ours) commands.add(new CallCommand.Unbridge(bridge.bridge()));
        }
    }

    /// The census does not tell whether music is heard, so it is asked for each time.
    private static boolean waitsToMusic(Call call) {
        return call.flow().music() && !call.flow().playing() && call.bridged().isEmpty();
    }
}
