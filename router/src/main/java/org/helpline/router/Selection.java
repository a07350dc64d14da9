package org.helpline.router;

import java.util.Optional;
import org.helpline.router.Event.Why;

/// Which agent gets which contact.
///
/// Goals: the caller who has waited longest is served first; among agents, the one idle longest works next.
///
/// Constraints, never relaxed: the agent speaks the caller's language, takes the contact's modality, has
/// every required skill at its least level, is ready, has an open socket and no other contact.
///
/// Algorithm: before a turn no available agent stands beside a waiting contact that it may serve; so a new
/// pair has an agent that was freed in this turn or a contact that began to wait in it. First, for each freed
/// agent, the oldest contact it may serve is offered, however long that has been there; somebody idle longer may
/// get it when it began to wait in this turn too, and then the next oldest is offered. Then each new contact, if
/// it still waits, takes the longest idle agent left. While offers are suspended nobody is paired; their
/// resumption counts as freeing every agent.
///
/// Who transfers a contact to one agent has chosen it: the offer goes to that agent alone, without a look at
/// skills, and the contact stands in no line until it has come to nothing.
final class Selection {
    private static final String LONGEST_IDLE = "longest-idle";
    private static final String TRANSFER = "transfer-to-agent";
    private static final String BY_AGENT_ID = "agent-id";

    private Selection() {}

    record Choice(Agent agent, Why why) {}

    /// The one agent that a contact was transferred to.
    static Choice only(Agent agent) {
        return new Choice(agent, new Why(1, 1, TRANSFER, Optional.empty()));
    }

    static void pairUp(TurnDraft turn) {
        if (turn.tables().offersSuspended()) return;
        for (Agent agent : turn.freedAgents()) {
            Optional<Contact> oldest = oldestFor(turn, agent);
            while (oldest.isPresent()) {
                offer(turn, oldest.get());
                oldest = oldestFor(turn, agent);
            }
        }
        for (Contact contact : turn.newlyWaiting()) {
            offer(turn, contact);
        }
    }

    /// Empty when the agent has an offer by now. Each contact that is found leaves the line by its offer, so
    /// asking again comes to an end.
    private static Optional<Contact> oldestFor(TurnDraft turn, Agent agent) {
        return agent.available() ? turn.tables().waiting().oldestFor(agent) : Optional.empty();
    }

    private static void offer(TurnDraft turn, Contact contact) {
        choose(turn.tables(), contact.requirements()).ifPresent(choice -> Offers.make(turn, contact, choice));
    }

    /// The funnel: ready agents of this language and modality, those with the skills, the one idle longest.
    static Optional<Choice> choose(DomainTables tables, Requirements requirements) {
        if (tables.offersSuspended()) return Optional.empty();
        Agent chosen = null;
        int considered = 0;
        int passed = 0;
        boolean tie = false;
        for (Agent agent : tables.ready().in(Lane.of(requirements))) {
            considered++;
            if (!agent.hasSkills(requirements.skills())) continue;
            passed++;
            if (chosen == null) {
                chosen = agent;
            } else {
                tie |= agent.idleSince().equals(chosen.idleSince());
            }
        }
        if (chosen == null) return Optional.empty();
        Optional<String> tieBreak = tie ? Optional.of(BY_AGENT_ID) : Optional.empty();
        return Optional.of(new Choice(chosen, new Why(considered, passed, LONGEST_IDLE, tieBreak)));
    }
}
