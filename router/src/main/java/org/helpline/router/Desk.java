package org.helpline.router;

import java.util.Optional;
import org.helpline.router.Event.OfferOutcome;

/// What supervisors change while the domain runs: skills of agents, queues open and closed.
final class Desk {
    static final int MOST_LANGUAGES = 50;
    static final int MOST_SKILLS = 100;

    private Desk() {}

    /// An offer that the agent could no longer be made is rescinded; what it has accepted stays with it.
    static void setSkills(TurnDraft turn, Input.SetAgentSkills set) {
        Optional<Agent> found = turn.tables().agent(set.agent()).filter(agent -> !agent.retired());
        if (found.isEmpty()) {
            Refusals.unknownAgent(turn, set.agent());
            return;
        }
        Optional<String> fault = fault(set);
        if (fault.isPresent()) {
            turn.refuse("invalid-skills", fault.get());
            return;
        }
        Agent agent = found.get();
        AgentSettings before = agent.settings();
        boolean same = before.languages().equals(set.languages())
                && before.modalities().equals(set.modalities())
                && before.skills().equals(set.skills());
        if (same) return;
        turn.emit(
                new Event.AgentSkillsChanged(turn.now(), agent.id(), set.languages(), set.modalities(), set.skills()));
        Contact offered = agent.offer().isPresent() ? agent.contact() : null;
        if (offered != null && !agent.takes(offered.requirements())) {
            Offers.giveUp(turn, offered, OfferOutcome.RESCINDED);
            Readiness.free(turn, agent);
        }
    }

    private static Optional<String> fault(Input.SetAgentSkills set) {
        if (set.languages().isEmpty() || set.languages().size() > MOST_LANGUAGES) {
            return Optional.of("an agent has 1 to " + MOST_LANGUAGES + " languages, but "
                    + set.languages().size() + " were given");
        }
        if (set.modalities().isEmpty() || set.modalities().size() > Modality.values().length) {
            return Optional.of("an agent has 1 to " + Modality.values().length + " modalities, but "
                    + set.modalities().size() + " were given");
        }
        if (set.skills().size() > MOST_SKILLS) {
            return Optional.of("an agent has at most " + MOST_SKILLS + " skills, but "
                    + set.skills().size() + " were given");
        }
        return set.skills().entrySet().stream()
                .filter(skill -> skill.getValue() < 1 || skill.getValue() > 10)
                .findFirst()
                .map(skill -> "the level of skill " + skill.getKey() + " must be 1 to 10, but is " + skill.getValue());
    }

    static void openQueue(TurnDraft turn, Input.OpenQueue open) {
        if (isUnknown(turn, open.queue())) return;
        if (turn.tables().closedQueues().contains(open.queue())) {
            turn.emit(new Event.QueueOpened(turn.now(), open.queue()));
        }
    }

    static void closeQueue(TurnDraft turn, Input.CloseQueue close) {
        if (isUnknown(turn, close.queue())) return;
        if (!turn.tables().closedQueues().contains(close.queue())) {
            turn.emit(new Event.QueueClosed(turn.now(), close.queue()));
        }
    }

    private static boolean isUnknown(TurnDraft turn, QueueId queue) {
        if (turn.tables().queue(queue).isPresent()) return false;
        Refusals.unknownQueue(turn, queue);
        return true;
    }
}
