package org.helpline.router;

import java.util.List;
import java.util.Optional;

/// Settings read at start or anew.
final class Settings {
    private Settings() {}

    /// The same settings again change nothing. An agent that vanished is signed out at once when it has
    /// nothing in hand, else when that is over ([Readiness#free]).
    static void configure(TurnDraft turn, Input.Configure configure) {
        if (turn.tables().settings().equals(Optional.of(configure.settings()))) return;
        turn.emit(new Event.DomainConfigured(turn.now(), configure.settings()));
        for (Agent agent : List.copyOf(turn.tables().agents())) {
            if (agent.retired() && agent.contact() == null) Presence.signedOut(turn, agent);
        }
    }
}
