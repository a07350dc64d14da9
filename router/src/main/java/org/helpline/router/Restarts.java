package org.helpline.router;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.SupervisionView;

/// Helpline was started again.
///
/// Sockets that drop because their agents are gone are treated at once ([Presence#disconnected]); here all of them
/// are gone because we were, and nearly all come back. So nothing is taken from anybody yet: each agent keeps what
/// it has for a while, and the clocks that would end it begin anew. New generations do that for every timer whose
/// end would hold something against somebody: one of before the restart that is still on its way here counts no more.
final class Restarts {
    private Restarts() {}

    static void restarted(TurnDraft turn) {
        for (Agent agent : List.copyOf(turn.tables().agents())) {
            if (agent.connected()) turn.emit(new Event.AgentSocketLost(turn.now(), agent.id()));
            switch (agent.state()) {
                case READY -> await(turn, agent);
                case RESERVED -> reserved(turn, agent);
                case ON_CONTACT -> onContact(turn, agent.contact());
                case WRAP_UP -> wrapUp(turn, agent);
                case SIGNED_OUT, NOT_READY -> {}
            }
        }
        for (SupervisionView row : turn.tables().supervisions().all()) {
            if (!row.listening()) turn.renewTimer(TimerKey.Kind.SUPERVISOR_DEVICE, row.leg(), ringing(turn, row));
        }
    }

    /// The caller of an offer waits no longer for this agent than for the one who gets it next.
    private static void reserved(TurnDraft turn, Agent agent) {
        await(turn, agent);
        Contact contact = agent.contact();
        if (contact.offer().isPresent()) {
            Offers.extend(turn, contact, turn.now().plus(grace(turn)));
            Instant expires = contact.offerExpiresAt().orElseThrow();
            turn.startTimer(TimerKey.Kind.OFFER, contact.offer().orElseThrow(), Duration.between(turn.now(), expires));
        } else {
            renewRinging(turn, contact);
        }
    }

    private static void onContact(TurnDraft turn, Contact contact) {
        if (contact.state() != ContactState.AGENT_LOST) return;
        Devices.agentWentAway(turn, contact);
        renewRinging(turn, contact);
    }

    /// Its limit runs on, but not out before the agent can be back to hand in what was asked.
    private static void wrapUp(TurnDraft turn, Agent agent) {
        Instant soonest = turn.now().plus(grace(turn));
        Optional<Instant> limit = turn.due(TimerKey.Kind.WRAP_UP, agent.id());
        if (limit.filter(soonest::isAfter).isPresent()) {
            turn.startTimer(TimerKey.Kind.WRAP_UP, agent.id(), grace(turn));
        }
        turn.renewTimer(
                TimerKey.Kind.AGENT_AWAY, agent.id(), turn.tables().graces().wrapUp());
    }

    private static void renewRinging(TurnDraft turn, Contact contact) {
        Duration answerWithin = turn.tables().queueOf(contact).deviceTimeout();
        contact.leg()
                .ifPresent(leg -> turn.renewTimer(TimerKey.Kind.DEVICE, leg, answerWithin.plus(Devices.REPORT_MARGIN)));
    }

    private static Duration ringing(TurnDraft turn, SupervisionView row) {
        return turn.tables()
                .contact(row.contact())
                .map(turn.tables()::queueOf)
                .map(QueueSettings::deviceTimeout)
                .orElse(QueueSettings.DEFAULT_DEVICE_TIMEOUT)
                .plus(Devices.REPORT_MARGIN);
    }

    private static void await(TurnDraft turn, Agent agent) {
        turn.startTimer(TimerKey.Kind.AGENT_AWAY, agent.id(), grace(turn));
    }

    /// The socket of an agent is back whom we had lost and not it us: it sees the offer only now.
    static void agentReturned(TurnDraft turn, Contact contact) {
        Instant before = contact.offerExpiresAt().orElseThrow();
        Offers.extend(turn, contact, turn.now().plus(grace(turn)));
        Instant expires = contact.offerExpiresAt().orElseThrow();
        if (!expires.equals(before)) {
            turn.startTimer(TimerKey.Kind.OFFER, contact.offer().orElseThrow(), Duration.between(turn.now(), expires));
        }
    }

    /// Whether an agent that becomes free has still its while to come back. Otherwise no agent is reserved without
    /// a socket.
    static boolean awaited(TurnDraft turn, Agent agent) {
        return agent.state() == AgentState.RESERVED
                && turn.due(TimerKey.Kind.AGENT_AWAY, agent.id()).isPresent();
    }

    private static Duration grace(TurnDraft turn) {
        return turn.tables().graces().restart();
    }
}
