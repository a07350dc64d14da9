package org.helpline.router;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.RoutingState.ContactState;

/// After-contact work: bounded by the queue's limit, and by a grace when the agent is away as it begins.
final class WrapUps {
    static final int MOST_INQUIRIES = 5;
    static final int LONGEST_CODE = 100;
    static final int LONGEST_NOTES = 2_000;

    private WrapUps() {}

    /// The agent's contact has just ended, or has gone on without it. A limit of zero skips wrap-up.
    static void start(TurnDraft turn, Agent agent) {
        Contact contact = agent.contact();
        Duration limit = turn.tables().queueOf(contact).wrapUpLimit();
        if (limit.isZero()) {
            Readiness.free(turn, agent);
            return;
        }
        turn.emit(new Event.WrapUpStarted(
                turn.now(), contact.id(), agent.id(), turn.now().plus(limit)));
        turn.emit(new Event.AgentStateChanged(turn.now(), agent.id(), AgentState.WRAP_UP, Optional.empty()));
        turn.startTimer(TimerKey.Kind.WRAP_UP, agent.id(), limit);
        if (!agent.connected()) {
            turn.startTimer(
                    TimerKey.Kind.AGENT_AWAY, agent.id(), turn.tables().graces().wrapUp());
        }
    }

    static void complete(TurnDraft turn, Input.CompleteWrapUp complete) {
        Refusals.ownContact(turn, complete.agent(), complete.contact()).ifPresent(contact -> {
            Optional<String> fault = fault(complete.inquiries());
            if (contact.state() != ContactState.WRAP_UP) {
                turn.refuse(
                        "wrong-state",
                        "contact " + contact.id() + " is " + contact.state() + "; wrap-up is completed in WRAP_UP");
            } else if (fault.isPresent()) {
                turn.refuse("invalid-inquiries", fault.get());
            } else {
                close(turn, contact, complete.inquiries());
            }
        });
    }

    /// Time is up: closed as undetermined.
    static void limitReached(TurnDraft turn, AgentId id) {
        turn.tables()
                .agent(id)
                .map(Agent::inHand)
                .filter(contact -> contact.state() == ContactState.WRAP_UP)
                .ifPresent(contact -> close(turn, contact, List.of()));
    }

    static void close(TurnDraft turn, Contact contact, List<Inquiry> inquiries) {
        Agent agent = contact.agent();
        turn.cancelTimer(TimerKey.Kind.WRAP_UP, agent.id());
        turn.emit(new Event.WrapUpCompleted(turn.now(), contact.id(), agent.id(), inquiries));
        Readiness.free(turn, agent);
    }

    private static Optional<String> fault(List<Inquiry> inquiries) {
        if (inquiries.isEmpty() || inquiries.size() > MOST_INQUIRIES) {
            return Optional.of(
                    "a wrap-up has 1 to " + MOST_INQUIRIES + " inquiries, but this one has " + inquiries.size());
        }
        for (int i = 0; i < inquiries.size(); i++) {
            Inquiry one = inquiries.get(i);
            boolean codesFit = !one.inquiry().isBlank()
                    && one.inquiry().length() <= LONGEST_CODE
                    && one.escalatedTo().orElse("").length() <= LONGEST_CODE
                    && one.referredTo().orElse("").length() <= LONGEST_CODE;
            if (!codesFit) {
                return Optional.of("inquiry " + (i + 1) + " must name what was asked, in at most " + LONGEST_CODE
                        + " characters each for inquiry, escalatedTo and referredTo");
            }
            if (one.notes().orElse("").length() > LONGEST_NOTES) {
                return Optional.of("the notes of inquiry " + (i + 1) + " have at most " + LONGEST_NOTES
                        + " characters, but " + one.notes().get().length() + " were given");
            }
        }
        return Optional.empty();
    }
}
