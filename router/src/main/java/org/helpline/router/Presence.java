package org.helpline.router;

import java.util.Optional;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.Event.RequeueReason;

/// Agents' sockets, sign-in and sign-out. An agent without a socket gets no offers.
final class Presence {
    private Presence() {}

    /// The first socket signs the agent in, not ready; a later one restores. Whoever was made not ready
    /// `disconnected` stays so until it goes ready itself.
    static void connected(TurnDraft turn, Input.AgentConnected connected) {
        Optional<Agent> found = turn.tables().agent(connected.agent());
        if (found.isEmpty()) {
            Refusals.unknownAgent(turn, connected.agent());
            return;
        }
        Agent agent = found.get();
        if (agent.connected()) return;
        if (agent.state() == AgentState.SIGNED_OUT) {
            turn.emit(new Event.AgentSignedIn(turn.now(), agent.id()));
            Readiness.become(turn, agent, AgentState.NOT_READY, Optional.of(Readiness.SIGNED_IN));
            return;
        }
        turn.emit(new Event.AgentSocketRestored(turn.now(), agent.id()));
        turn.cancelTimer(TimerKey.Kind.AGENT_AWAY, agent.id());
        if (agent.contact() != null) Devices.agentReturned(turn, agent.contact());
        if (agent.offer().isPresent()) Restarts.agentReturned(turn, agent.contact());
    }

    /// What a dropped socket means depends on what the agent is in the middle of. While it talks the call
    /// goes on; a wrap-up keeps its limit; and who is not ready has nothing to lose.
    static void disconnected(TurnDraft turn, Input.AgentDisconnected disconnected) {
        Optional<Agent> found = turn.tables().agent(disconnected.agent()).filter(Agent::connected);
        if (found.isEmpty()) return;
        Agent agent = found.get();
        turn.emit(new Event.AgentSocketLost(turn.now(), agent.id()));
        switch (agent.state()) {
            case READY ->
                turn.startTimer(
                        TimerKey.Kind.AGENT_AWAY,
                        agent.id(),
                        turn.tables().graces().ready());
            case RESERVED -> giveBack(turn, agent.contact());
            case ON_CONTACT -> Devices.agentWentAway(turn, agent.contact());
            case SIGNED_OUT, NOT_READY, WRAP_UP -> {}
        }
    }

    private static void giveBack(TurnDraft turn, Contact contact) {
        if (contact.offer().isPresent()) {
            Offers.comeToNothing(turn, contact, OfferOutcome.RESCINDED, Readiness.DISCONNECTED);
        } else {
            Devices.release(turn, contact);
            Devices.requeue(turn, contact, RequeueReason.AGENT_LOST, Readiness.DISCONNECTED);
        }
    }

    static void stillAway(TurnDraft turn, AgentId id) {
        turn.tables().agent(id).ifPresent(agent -> {
            switch (agent.state()) {
                case READY -> Readiness.takeOut(turn, agent, Readiness.DISCONNECTED);
                case RESERVED -> giveBack(turn, agent.contact());
                case WRAP_UP -> WrapUps.limitReached(turn, id);
                case ON_CONTACT, NOT_READY, SIGNED_OUT -> {}
            }
        });
    }

    /// With an offer out, signing out rejects it. It is refused while a contact is served or wrapped up: the
    /// caller and the record of the contact come first.
    static void signOut(TurnDraft turn, Input.SignOut signOut) {
        Optional<Agent> found = turn.tables().agent(signOut.agent());
        if (found.isEmpty()) {
            Refusals.unknownAgent(turn, signOut.agent());
            return;
        }
        Agent agent = found.get();
        switch (agent.state()) {
            case SIGNED_OUT -> {}
            case NOT_READY, READY -> signedOut(turn, agent);
            case RESERVED -> {
                if (agent.offer().isPresent()) {
                    Offers.giveUp(turn, agent.contact(), OfferOutcome.REJECTED);
                    signedOut(turn, agent);
                } else {
                    onContact(turn, agent);
                }
            }
            case ON_CONTACT -> onContact(turn, agent);
            case WRAP_UP ->
                turn.refuse(
                        "wrap-up",
                        "agent " + agent.id() + " wraps up contact "
                                + agent.contact().id() + "; complete that first");
        }
    }

    private static void onContact(TurnDraft turn, Agent agent) {
        turn.refuse(
                "on-contact",
                "agent " + agent.id() + " serves contact " + agent.contact().id() + "; end that first");
    }

    static void signedOut(TurnDraft turn, Agent agent) {
        Readiness.become(turn, agent, AgentState.SIGNED_OUT, Optional.empty());
        turn.emit(new Event.AgentSignedOut(turn.now(), agent.id()));
    }
}
