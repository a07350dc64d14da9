package org.helpline.router;

import java.util.Optional;

/// Refusals that several commands share, and the checks behind them.
final class Refusals {
    private Refusals() {}

    static void unknownAgent(TurnDraft turn, AgentId agent) {
        turn.refuse("unknown-agent", "there is no agent " + agent + " in this domain");
    }

    /// The contact that `agent` has in hand under this id; empty, with a refusal, when it has not.
    static Optional<Contact> ownContact(TurnDraft turn, AgentId agent, ContactId id) {
        if (turn.tables().agent(agent).isEmpty()) {
            unknownAgent(turn, agent);
            return Optional.empty();
        }
        Optional<Contact> contact = turn.tables().contact(id);
        if (contact.isEmpty()) {
            turn.refuse("unknown-contact", "there is no contact " + id + ", or it is over");
            return Optional.empty();
        }
        Agent owner = contact.get().agent();
        if (owner == null || !owner.id().equals(agent)) {
            turn.refuse("not-yours", "contact " + id + " is not with agent " + agent);
            return Optional.empty();
        }
        return contact;
    }

    /// The contact behind the offer that is out to `agent` under this id; empty, with a refusal, when there
    /// is none.
    static Optional<Contact> ownOffer(TurnDraft turn, AgentId id, OfferId offer) {
        Optional<Agent> agent = turn.tables().agent(id);
        if (agent.isEmpty()) {
            unknownAgent(turn, id);
            return Optional.empty();
        }
        Optional<Contact> contact = turn.tables().contactOf(offer);
        if (contact.isPresent()) {
            if (contact.get().agent() == agent.get()) return contact;
            turn.refuse("not-yours", "offer " + offer + " is not out to agent " + id);
            return Optional.empty();
        }
        agent.get()
                .outcomeOf(offer)
                .ifPresentOrElse(
                        outcome -> turn.refuse("offer-over", "offer " + offer + " is over: " + outcome),
                        () -> turn.refuse("unknown-offer", "there is no offer " + offer + " to agent " + id));
        return Optional.empty();
    }
}
