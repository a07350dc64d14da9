package org.helpline.router;

import java.util.Optional;

/// Whether agents' devices can be reached, as whoever watches the switch reports it.
final class Reachability {
    static final int LONGEST_WHY = 200;

    private Reachability() {}

    static void reachable(TurnDraft turn, Input.DeviceReachable reachable) {
        turn.tables()
                .agent(reachable.agent())
                .filter(agent -> agent.unreachable().isPresent())
                .ifPresent(agent ->
                        turn.emit(new Event.DeviceReachabilityChanged(turn.now(), agent.id(), Optional.empty())));
    }

    /// While the carrier is away nothing is said about the devices, and nobody is blamed. A wish for after
    /// the contact in hand stays, but comes to nothing ([Readiness#free]).
    static void unreachable(TurnDraft turn, Input.DeviceUnreachable unreachable) {
        if (turn.tables().offersSuspended()) return;
        Optional<Agent> found = turn.tables().agent(unreachable.agent());
        if (found.isEmpty()) return;
        Agent agent = found.get();
        Optional<String> why = Optional.of(shortened(unreachable.why()));
        if (agent.unreachable().equals(why)) return;
        turn.emit(new Event.DeviceReachabilityChanged(turn.now(), agent.id(), why));
        if (agent.state() == AgentState.READY) Readiness.takeOut(turn, agent, Readiness.DEVICE_UNREACHABLE);
    }

    private static String shortened(String why) {
        return why.length() <= LONGEST_WHY ? why : why.substring(0, LONGEST_WHY);
    }
}
