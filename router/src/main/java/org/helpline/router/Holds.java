package org.helpline.router;

import org.helpline.router.RoutingState.ContactState;

/// The caller hears music while the agent keeps the contact in hand.
final class Holds {
    private Holds() {}

    static void hold(TurnDraft turn, Input.Hold hold) {
        Refusals.ownContact(turn, hold.agent(), hold.contact()).ifPresent(contact -> {
            if (Refusals.consulted(turn, contact)) return;
            if (contact.state() != ContactState.TALKING) {
                Refusals.wrongState(turn, contact, "it can be held while it is TALKING");
            } else {
                holdCaller(turn, contact);
            }
        });
    }

    static void holdCaller(TurnDraft turn, Contact contact) {
        turn.emit(
                new Event.ContactHeld(turn.now(), contact.id(), contact.agent().id()));
        turn.effect(new Effect.HoldCaller(contact.id()));
    }

    static void retrieve(TurnDraft turn, Input.Retrieve retrieve) {
        Refusals.ownContact(turn, retrieve.agent(), retrieve.contact()).ifPresent(contact -> {
            if (Refusals.consulted(turn, contact)) return;
            if (contact.state() != ContactState.HELD) {
                Refusals.wrongState(turn, contact, "it can be retrieved while it is HELD");
            } else if (contact.consult().isPresent()) {
                Refusals.consulting(turn, contact);
            } else {
                AgentId agent = contact.agent().id();
                turn.emit(new Event.ContactRetrieved(turn.now(), contact.id(), agent));
                turn.effect(
                        new Effect.Connect(contact.id(), agent, contact.leg().orElseThrow()));
            }
        });
    }
}
