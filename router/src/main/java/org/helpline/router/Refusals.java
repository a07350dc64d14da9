package org.helpline.router;

import java.util.Optional;

/// Refusals that several commands share, and the checks behind them.
final class Refusals {
    private Refusals() {}

    static void unknownAgent(TurnDraft turn, AgentId agent) {
        turn.refuse("unknown-agent", "there is no agent " + agent + " in this domain");
    }

    static void unknownQueue(TurnDraft turn, QueueId queue) {
        turn.refuse("unknown-queue", "there is no queue " + queue + " in this domain");
    }

    static boolean closedQueue(TurnDraft turn, QueueId queue) {
        if (!turn.tables().closedQueues().contains(queue)) return false;
        turn.refuse("queue-closed", "queue " + queue + " takes no new contacts until it is opened again");
        return true;
    }

    /// A full queue turns nobody away whom an agent is ready to serve: they would not wait.
    static boolean fullQueue(TurnDraft turn, QueueSettings queue, Requirements requirements) {
        int waiting = turn.tables().waiting().size(queue.id());
        boolean fits = waiting < queue.maxWaiting()
                || Selection.choose(turn.tables(), requirements).isPresent();
        if (!fits) {
            turn.refuse(
                    "queue-full",
                    "in queue " + queue.id() + " " + waiting + " contacts wait; at most " + queue.maxWaiting()
                            + " may");
        }
        return !fits;
    }

    /// The contact that `agent` has in hand under this id; empty, with a refusal, when it has not.
    static Optional<Contact> ownContact(TurnDraft turn, AgentId agent, ContactId id) {
        Optional<Agent> owner = turn.tables().agent(agent);
        if (owner.isEmpty()) {
            unknownAgent(turn, agent);
            return Optional.empty();
        }
        Optional<Contact> own =
                owner.map(Agent::inHand).filter(contact -> contact.id().equals(id));
        if (own.isEmpty()) {
            if (turn.tables().known(id)) {
                turn.refuse("not-yours", "contact " + id + " is not with agent " + agent);
            } else {
                turn.refuse("unknown-contact", "there is no contact " + id + ", or it is over");
            }
        }
        return own;
    }

    static void wrongState(TurnDraft turn, Contact contact, String allowed) {
        turn.refuse("wrong-state", "contact " + contact.id() + " is " + contact.state() + "; " + allowed);
    }

    /// The agent who consults may end the consult, and nothing else before.
    static void consulting(TurnDraft turn, Contact contact) {
        turn.refuse(
                "consulting",
                "consult " + contact.consult().orElseThrow().id() + " is open for contact " + contact.id()
                        + "; complete or cancel the transfer first");
    }

    /// The agent who is consulted may end its part in it, and nothing else: true, with a refusal, when `contact`
    /// is a consult.
    static boolean consulted(TurnDraft turn, Contact contact) {
        if (contact.consultOf().isEmpty()) return false;
        turn.refuse(
                "consulting",
                contact.id() + " is a consult about contact "
                        + contact.consultOf().get().id() + "; it can only be hung up");
        return true;
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
