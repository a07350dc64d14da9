package org.helpline.router;

import java.time.Instant;
import java.util.Optional;
import org.helpline.router.Event.OfferOutcome;

/// An offer reserves one agent for one contact and ends exactly once.
///
/// Whoever rejects an offer, or lets it time out, becomes not ready (`offer-rejected`, `ring-no-answer`): the
/// contact goes to somebody else, and never back to the same agent in a loop.
final class Offers {
    private Offers() {}

    static void make(TurnDraft turn, Contact contact, Selection.Choice choice) {
        DomainTables tables = turn.tables();
        Agent agent = choice.agent();
        QueueSettings queue = tables.queueOf(contact);
        OfferId offer = tables.nextOffer(contact);
        Instant expiresAt = turn.now().plus(queue.offerTimeout());
        turn.emit(new Event.OfferMade(turn.now(), offer, contact.id(), agent.id(), expiresAt, choice.why()));
        turn.emit(new Event.AgentStateChanged(turn.now(), agent.id(), AgentState.RESERVED, Optional.empty()));
        turn.startTimer(TimerKey.Kind.OFFER, offer, queue.offerTimeout());
        // Only a contact that is offered on the device has a leg by now.
        if (contact.leg().isPresent()) Devices.ring(turn, contact, queue.offerTimeout());
    }

    static void accept(TurnDraft turn, Input.AcceptOffer accept) {
        Refusals.ownOffer(turn, accept.agent(), accept.offer()).ifPresent(contact -> {
            if (contact.leg().isPresent()) {
                turn.refuse(
                        "answer-the-device",
                        "offer " + accept.offer() + " rings the device of agent " + accept.agent()
                                + "; answering it there is the accept");
            } else {
                end(turn, contact, OfferOutcome.ACCEPTED);
                Devices.call(turn, contact);
            }
        });
    }

    static void reject(TurnDraft turn, Input.RejectOffer reject) {
        Refusals.ownOffer(turn, reject.agent(), reject.offer())
                .ifPresent(contact -> rejected(turn, contact.agent(), Readiness.OFFER_REJECTED));
    }

    // ---- while the carrier is away

    static void suspend(TurnDraft turn) {
        if (!turn.tables().offersSuspended()) turn.emit(new Event.OffersSuspended(turn.now()));
    }

    static void resume(TurnDraft turn) {
        if (turn.tables().offersSuspended()) turn.emit(new Event.OffersResumed(turn.now()));
    }

    // ---- how an offer ends

    /// The agent does not take the offer that is out to it.
    static void rejected(TurnDraft turn, Agent agent, String reason) {
        comeToNothing(turn, agent.contact(), OfferOutcome.REJECTED, reason);
    }

    static void timedOut(TurnDraft turn, OfferId offer) {
        turn.tables().contactOf(offer).ifPresent(contact -> {
            if (contact.agent().connected()) {
                noAnswer(turn, contact);
            } else {
                // Helpline was started again, and its agent could not answer.
                comeToNothing(turn, contact, OfferOutcome.RESCINDED, Readiness.DISCONNECTED);
            }
        });
    }

    /// The agent has until then to answer, if it had not longer.
    static void extend(TurnDraft turn, Contact contact, Instant until) {
        if (!contact.offerExpiresAt().orElseThrow().isBefore(until)) return;
        OfferId offer = contact.offer().orElseThrow();
        turn.emit(new Event.OfferExtended(
                turn.now(), offer, contact.id(), contact.agent().id(), until));
    }

    static void noAnswer(TurnDraft turn, Contact contact) {
        comeToNothing(turn, contact, OfferOutcome.TIMED_OUT, Readiness.RING_NO_ANSWER);
    }

    /// Ends the offer on the agent's side: the contact is back at its place, the agent takes no further
    /// offers.
    static void comeToNothing(TurnDraft turn, Contact contact, OfferOutcome outcome, String reason) {
        Agent agent = contact.agent();
        giveUp(turn, contact, outcome);
        Readiness.takeOut(turn, agent, reason);
    }

    /// Ends the offer; the contact is back at its place, and a consult with this agent alone is over.
    static void giveUp(TurnDraft turn, Contact contact, OfferOutcome outcome) {
        end(turn, contact, outcome);
        Consults.offerOver(turn, contact, outcome);
    }

    static void end(TurnDraft turn, Contact contact, OfferOutcome outcome) {
        OfferId offer = contact.offer().orElseThrow();
        AgentId agent = contact.agent().id();
        Optional<LegId> ringing = contact.leg();
        turn.cancelTimer(TimerKey.Kind.OFFER, offer);
        turn.emit(new Event.OfferEnded(turn.now(), offer, contact.id(), agent, outcome));
        if (outcome != OfferOutcome.ACCEPTED) ringing.ifPresent(leg -> turn.effect(new Effect.ReleaseDevice(leg)));
    }
}
