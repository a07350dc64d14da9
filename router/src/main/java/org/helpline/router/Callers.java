package org.helpline.router;

import java.time.Instant;
import java.util.Optional;
import org.helpline.router.Event.ConsultOutcome;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.RoutingState.ContactState;

/// Callers come and go.
final class Callers {
    private Callers() {}

    static void enterQueue(TurnDraft turn, Input.EnterQueue enter) {
        DomainTables tables = turn.tables();
        if (tables.known(enter.contact())) {
            turn.refuse("already-queued", "contact " + enter.contact() + " is in a queue or with an agent already");
            return;
        }
        Optional<QueueSettings> queue = tables.queue(enter.queue());
        if (queue.isEmpty()) {
            Refusals.unknownQueue(turn, enter.queue());
            return;
        }
        if (Refusals.closedQueue(turn, enter.queue())) return;
        var requirements =
                new Requirements(enter.language(), enter.modality(), queue.get().skills());
        if (Refusals.fullQueue(turn, queue.get(), requirements)) return;
        Optional<Instant> since = PlacesBack.takeBack(turn, enter);
        turn.emit(new Event.ContactQueued(
                turn.now(), enter.contact(), enter.queue(), requirements, enter.context(), since));
    }

    static void left(TurnDraft turn, Input.CallerLeft left) {
        callerOf(turn, left.contact())
                .ifPresent(contact -> over(turn, contact, ContactOutcome.ABANDONED, ContactOutcome.HANDLED));
    }

    static void lost(TurnDraft turn, Input.CallerLost lost) {
        callerOf(turn, lost.contact()).ifPresent(contact -> {
            PlacesBack.keep(turn, contact);
            over(turn, contact, ContactOutcome.LOST, ContactOutcome.LOST);
        });
    }

    /// Empty for a consult: its caller is an agent, whose device reports for itself.
    private static Optional<Contact> callerOf(TurnDraft turn, ContactId contact) {
        return turn.tables().contact(contact).filter(found -> found.consultOf().isEmpty());
    }

    /// @param waiting what becomes of a contact that waited for an agent
    /// @param served what becomes of one that an agent had
    private static void over(TurnDraft turn, Contact contact, ContactOutcome waiting, ContactOutcome served) {
        Agent agent = contact.agent();
        contact.consult().ifPresent(consult -> Consults.end(turn, consult, ConsultOutcome.CALLER_LEFT));
        switch (contact.state()) {
            case WAITING -> ended(turn, contact, waiting);
            case OFFERED -> {
                Offers.end(turn, contact, OfferOutcome.RESCINDED);
                ended(turn, contact, waiting);
                Readiness.free(turn, agent);
            }
            case CONNECTING -> {
                Devices.release(turn, contact);
                ended(turn, contact, waiting);
                Readiness.free(turn, agent);
            }
            case TALKING, HELD, AGENT_LOST -> {
                Devices.release(turn, contact);
                served(turn, contact, served);
            }
            case WRAP_UP -> {}
        }
    }

    static void verify(TurnDraft turn, Input.VerifyCaller verify) {
        Refusals.ownContact(turn, verify.agent(), verify.contact()).ifPresent(contact -> {
            boolean withCaller = contact.state() == ContactState.TALKING || contact.state() == ContactState.HELD;
            if (contact.consultOf().isPresent()) {
                turn.refuse("wrong-state", contact.id() + " is a consult; its caller is an agent");
            } else if (!withCaller) {
                Refusals.wrongState(turn, contact, "its caller can be verified while it is TALKING or HELD");
            } else if (!contact.isVerified()) {
                turn.emit(new Event.CallerVerified(turn.now(), contact.id(), verify.agent()));
            }
        });
    }

    static void hangUp(TurnDraft turn, Input.HangUp hangUp) {
        Refusals.ownContact(turn, hangUp.agent(), hangUp.contact()).ifPresent(contact -> {
            switch (contact.state()) {
                case TALKING, HELD, AGENT_LOST -> {
                    if (contact.consult().isPresent()) {
                        Refusals.consulting(turn, contact);
                    } else {
                        endedByAgent(turn, contact);
                    }
                }
                case WAITING, OFFERED, CONNECTING, WRAP_UP ->
                    turn.refuse(
                            "wrong-state",
                            "contact " + contact.id() + " is " + contact.state()
                                    + "; it can be hung up while it is TALKING");
            }
        });
    }

    /// Who hangs up in a consult ends its part in it; the caller goes on, or stays with the other agent.
    static void endedByAgent(TurnDraft turn, Contact contact) {
        if (contact.consultOf().isPresent()) {
            Consults.end(turn, contact, ConsultOutcome.LEFT);
            return;
        }
        if (contact.consult().isPresent()) {
            Consults.hungUp(turn, contact.consult().get());
            return;
        }
        turn.effect(new Effect.ReleaseCaller(contact.id()));
        Devices.release(turn, contact);
        served(turn, contact, ContactOutcome.HANDLED);
    }

    private static void ended(TurnDraft turn, Contact contact, ContactOutcome outcome) {
        turn.emit(new Event.ContactEnded(turn.now(), contact.id(), outcome));
    }

    private static void served(TurnDraft turn, Contact contact, ContactOutcome outcome) {
        Agent agent = contact.agent();
        turn.cancelTimer(TimerKey.Kind.DEVICE_LOST, contact.id());
        ended(turn, contact, outcome);
        WrapUps.start(turn, agent);
    }
}
