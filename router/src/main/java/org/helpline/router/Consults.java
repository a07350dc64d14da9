package org.helpline.router;

import java.util.Optional;
import org.helpline.router.Event.ConsultOutcome;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.TransferTarget.ToAgent;
import org.helpline.router.TransferTarget.ToQueue;

/// Consults: an agent speaks with another one while its caller is held.
///
/// A consult is a contact whose caller is the agent who consults, so that offers, devices and lines treat it
/// like any other. It is never abandoned, handled or wrapped up, and never outlives the contact it is about:
/// whatever becomes of that one, the consult ends first.
final class Consults {
    private Consults() {}

    static void start(TurnDraft turn, Contact contact, TransferTarget to) {
        if (contact.state() == ContactState.TALKING) Holds.holdCaller(turn, contact);
        ContactId id = contact.nextConsult();
        turn.emit(new Event.ConsultStarted(
                turn.now(),
                id,
                contact.id(),
                contact.agent().id(),
                to,
                Transfers.requirements(turn, contact, to),
                contact.context()));
        if (to instanceof ToAgent one) {
            Contact consult = contact.consult().orElseThrow();
            Offers.make(
                    turn,
                    consult,
                    Selection.only(turn.tables().agent(one.agent()).orElseThrow()));
        }
    }

    static void complete(TurnDraft turn, Input.CompleteTransfer complete) {
        consultOf(turn, complete.agent(), complete.contact()).ifPresent(consult -> {
            if (consult.state() == ContactState.TALKING) {
                completed(turn, consult);
            } else {
                turn.refuse(
                        "not-answered",
                        "consult " + consult.id() + " is " + consult.state()
                                + "; it can be completed while it is TALKING");
            }
        });
    }

    static void cancel(TurnDraft turn, Input.CancelTransfer cancel) {
        consultOf(turn, cancel.agent(), cancel.contact())
                .ifPresent(consult -> end(turn, consult, ConsultOutcome.CANCELLED));
    }

    /// The consult that `agent` has open for its contact; empty, with a refusal, when there is none.
    private static Optional<Contact> consultOf(TurnDraft turn, AgentId agent, ContactId id) {
        Optional<Contact> own = Refusals.ownContact(turn, agent, id);
        if (own.isEmpty() || Refusals.consulted(turn, own.get())) return Optional.empty();
        if (own.get().consult().isEmpty()) turn.refuse("no-consult", "no consult is open for contact " + id);
        return own.get().consult();
    }

    /// The caller goes on with the agent who was consulted, and the other one wraps up.
    private static void completed(TurnDraft turn, Contact consult) {
        Contact contact = consult.consultOf().orElseThrow();
        Agent from = contact.agent();
        Agent to = consult.agent();
        LegId leftLeg = contact.leg().orElseThrow();
        LegId leg = consult.leg().orElseThrow();
        turn.emit(new Event.TransferCompleted(turn.now(), contact.id(), consult.id(), from.id(), to.id(), leg));
        over(turn, consult, ConsultOutcome.COMPLETED);
        turn.effect(new Effect.Connect(contact.id(), to.id(), leg));
        turn.effect(new Effect.ReleaseDevice(leftLeg));
        WrapUps.start(turn, from);
    }

    // ---- the agent who consults is gone

    /// It hung up its telephone: the caller goes on with the other agent, or to where that one was sought.
    static void hungUp(TurnDraft turn, Contact consult) {
        if (consult.state() == ContactState.TALKING) {
            completed(turn, consult);
            return;
        }
        Contact contact = consult.consultOf().orElseThrow();
        TransferTarget to = consult.target().orElseThrow();
        end(turn, consult, ConsultOutcome.TURNED_COLD);
        boolean reachable = !(to instanceof ToAgent one)
                || (!turn.tables().offersSuspended()
                        && turn.tables()
                                .agent(one.agent())
                                .filter(Agent::available)
                                .isPresent());
        // The agent it was for has become unavailable just now: the caller waits for anyone where it was.
        Transfers.cold(turn, contact, reachable ? to : new ToQueue(contact.queue()));
    }

    /// It lost its device. Who has answered takes the caller over; otherwise the contact is as if there had
    /// been no consult, and the caller waits for the agent's return.
    ///
    /// @return whether the contact is still with the agent who lost its device
    static boolean agentLost(TurnDraft turn, Contact consult) {
        if (consult.state() == ContactState.TALKING) {
            completed(turn, consult);
            return false;
        }
        end(turn, consult, ConsultOutcome.AGENT_LOST);
        return true;
    }

    // ---- how it ends

    /// Through no fault of the agent who is asked or consulted: it is free without a wrap-up.
    static void end(TurnDraft turn, Contact consult, ConsultOutcome outcome) {
        Agent with = consult.agent();
        switch (consult.state()) {
            case WAITING -> {}
            case OFFERED -> Offers.end(turn, consult, OfferOutcome.RESCINDED);
            case CONNECTING, TALKING -> Devices.release(turn, consult);
            case HELD, AGENT_LOST, WRAP_UP ->
                throw new IllegalStateException("consult " + consult.id() + " is " + consult.state());
        }
        over(turn, consult, outcome);
        if (with != null) Readiness.free(turn, with);
    }

    static void over(TurnDraft turn, Contact consult, ConsultOutcome outcome) {
        ContactId of = consult.consultOf().orElseThrow().id();
        turn.emit(new Event.ConsultEnded(turn.now(), consult.id(), of, outcome));
        turn.effect(new Effect.EndConsult(consult.id(), of));
    }

    /// With one agent alone it ends when the offer has come to nothing.
    static void offerOver(TurnDraft turn, Contact contact, OfferOutcome outcome) {
        if (!withOneAlone(contact)) return;
        over(
                turn,
                contact,
                switch (outcome) {
                    case REJECTED -> ConsultOutcome.REFUSED;
                    case TIMED_OUT, RESCINDED -> ConsultOutcome.UNANSWERED;
                    case ACCEPTED -> throw new IllegalStateException("the offer came to something");
                });
    }

    static boolean withOneAlone(Contact contact) {
        return contact.consultOf().isPresent() && contact.direct();
    }
}
