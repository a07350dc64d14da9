package org.helpline.router;

import static org.helpline.router.AgentState.NOT_READY;
import static org.helpline.router.AgentState.READY;

import java.util.Optional;

/// What agents are and want to be.
final class Readiness {
    static final String SIGNED_IN = "signed-in";
    static final String DISCONNECTED = "disconnected";
    static final String OFFER_REJECTED = "offer-rejected";
    static final String RING_NO_ANSWER = "ring-no-answer";
    static final String DEVICE_FAILED = "device-failed";
    static final String DEVICE_UNREACHABLE = "device-unreachable";
    static final String UNSPECIFIED = "unspecified";
    static final int LONGEST_REASON = 64;

    private Readiness() {}

    static void set(TurnDraft turn, Input.SetAgentState wanted) {
        Optional<Agent> found = turn.tables().agent(wanted.agent());
        if (found.isEmpty()) {
            Refusals.unknownAgent(turn, wanted.agent());
            return;
        }
        if (wanted.reason()
                .filter(r -> r.isBlank() || r.length() > LONGEST_REASON)
                .isPresent()) {
            turn.refuse(
                    "invalid-reason",
                    "a reason has 1 to " + LONGEST_REASON + " characters, but this one has "
                            + wanted.reason().get().length());
            return;
        }
        Agent agent = found.get();
        switch (agent.state()) {
            case SIGNED_OUT -> turn.refuse("signed-out", "agent " + agent.id() + " is signed out; sign in first");
            case NOT_READY, READY -> setNow(turn, agent, wanted);
            case RESERVED -> {
                if (wanted.readiness() == Input.Readiness.NOT_READY
                        && agent.offer().isPresent()) {
                    Offers.rejected(turn, agent, wanted.reason().orElse(OFFER_REJECTED));
                } else {
                    note(turn, agent, wanted);
                }
            }
            case ON_CONTACT, WRAP_UP -> note(turn, agent, wanted);
        }
    }

    private static void setNow(TurnDraft turn, Agent agent, Input.SetAgentState wanted) {
        switch (wanted.readiness()) {
            case READY -> {
                if (!agent.connected()) {
                    turn.refuse(DISCONNECTED, "agent " + agent.id() + " has no open socket; only NOT_READY is allowed");
                } else if (agent.unreachable().isPresent()) {
                    turn.refuse(
                            DEVICE_UNREACHABLE,
                            "the device of agent " + agent.id() + " cannot be reached: "
                                    + agent.unreachable().get());
                } else if (agent.state() != READY) {
                    // An agent that is ready already keeps its place among the idle.
                    become(turn, agent, READY, Optional.empty());
                }
            }
            case NOT_READY -> {
                Optional<String> reason = Optional.of(wanted.reason().orElse(UNSPECIFIED));
                if (agent.state() != NOT_READY || !agent.reason().equals(reason)) {
                    become(turn, agent, NOT_READY, reason);
                }
            }
        }
    }

    private static void note(TurnDraft turn, Agent agent, Input.SetAgentState wanted) {
        var wish = new Agent.Wish(wanted.readiness(), wanted.reason());
        if (agent.wish().equals(Optional.of(wish))) return;
        turn.emit(new Event.AgentWishNoted(turn.now(), agent.id(), wish.readiness(), wish.reason()));
    }

    /// What the agent had in hand is over through no fault of its own: it becomes what it wished, or ready.
    static void free(TurnDraft turn, Agent agent) {
        if (agent.retired()) {
            Presence.signedOut(turn, agent);
        } else if (!agent.connected() && !Restarts.awaited(turn, agent)) {
            become(turn, agent, NOT_READY, Optional.of(DISCONNECTED));
        } else if (agent.wish()
                .filter(w -> w.readiness() == Input.Readiness.NOT_READY)
                .isPresent()) {
            become(
                    turn,
                    agent,
                    NOT_READY,
                    Optional.of(agent.wish().get().reason().orElse(UNSPECIFIED)));
        } else if (agent.unreachable().isPresent()) {
            become(turn, agent, NOT_READY, Optional.of(DEVICE_UNREACHABLE));
        } else if (!agent.connected()) {
            // Its while to come back runs on.
            turn.emit(new Event.AgentStateChanged(turn.now(), agent.id(), READY, Optional.empty()));
        } else {
            become(turn, agent, READY, Optional.empty());
        }
    }

    /// What the agent had in hand came to nothing on its side: it gets no further offers until it says so
    /// itself, which also keeps a contact from being offered to the same agent again and again.
    static void takeOut(TurnDraft turn, Agent agent, String reason) {
        if (agent.retired()) {
            Presence.signedOut(turn, agent);
        } else {
            become(turn, agent, NOT_READY, Optional.of(reason));
        }
    }

    static void become(TurnDraft turn, Agent agent, AgentState state, Optional<String> reason) {
        turn.cancelTimer(TimerKey.Kind.AGENT_AWAY, agent.id());
        turn.emit(new Event.AgentStateChanged(turn.now(), agent.id(), state, reason));
    }
}
