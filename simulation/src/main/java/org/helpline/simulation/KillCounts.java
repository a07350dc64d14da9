package org.helpline.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.router.AgentId;
import org.helpline.router.Input;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Violation;

/// What was going on when processes died.
final class KillCounts {
    private final Map<String, Integer> deaths = new TreeMap<>();
    private final Map<String, Integer> caught = new TreeMap<>();
    private int kills;
    private int again;
    private int welcomed;
    private int resumed;

    int kills() {
        return kills;
    }

    void welcomed(Observation.Welcomed e) {
        welcomed++;
        if (!e.reset()) resumed++;
    }

    void died(Death death, DomainOwner owner, boolean routed) {
        kills++;
        if (!routed) again++;
        deaths.merge(word(death.moment()), 1, Integer::sum);
        SwitchState state = owner.switchboard().state();
        state.calls().forEach(call -> {
            switch (call.flow().phase()) {
                case SAYING, MENU_PLAYING, MENU_LISTENING -> count("menu");
                default -> {}
            }
        });
        for (ContactView contact : state.routing().contacts()) {
            count(contact.consultOf().isPresent() ? "consult" : word(contact.state()));
        }
    }

    private void count(String state) {
        caught.merge(state, 1, Integer::sum);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    KillReport report(
            long seed,
            CallerCrowd callers,
            int records,
            Optional<String> breach,
            List<Violation> violations,
            List<Observation> seen) {
        return new KillReport(
                seed,
                kills,
                again,
                deaths,
                caught,
                callers.called(),
                callers.heardAnAgent(),
                records,
                resumed,
                welcomed,
                breach,
                violations,
                seen);
    }

    // ---- what is said

    /// The agent who commands it, or whose socket it is about.
    static Optional<AgentId> agentOf(Input input) {
        return Optional.ofNullable(
                switch (input) {
                    case Input.AgentConnected e -> e.agent();
                    case Input.AgentDisconnected e -> e.agent();
                    case Input.SignOut e -> e.agent();
                    case Input.SetAgentState e -> e.agent();
                    case Input.AcceptOffer e -> e.agent();
                    case Input.RejectOffer e -> e.agent();
                    case Input.Hold e -> e.agent();
                    case Input.Retrieve e -> e.agent();
                    case Input.Transfer e -> e.agent();
                    case Input.CompleteTransfer e -> e.agent();
                    case Input.CancelTransfer e -> e.agent();
                    case Input.HangUp e -> e.agent();
                    case Input.CompleteWrapUp e -> e.agent();
                    default -> null;
                });
    }

    /// The contact or offer that a command is about.
    static String about(Input input) {
        return switch (input) {
            case Input.AcceptOffer e -> e.offer().value();
            case Input.RejectOffer e -> e.offer().value();
            case Input.Hold e -> e.contact().value();
            case Input.Retrieve e -> e.contact().value();
            case Input.Transfer e -> e.contact().value();
            case Input.CompleteTransfer e -> e.contact().value();
            case Input.CancelTransfer e -> e.contact().value();
            case Input.HangUp e -> e.contact().value();
            case Input.CompleteWrapUp e -> e.contact().value();
            default -> "";
        };
    }
}
