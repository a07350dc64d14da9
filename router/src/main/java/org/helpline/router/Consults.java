package org.helpline.router;

import org.helpline.router.Event.OfferOutcome;

/// Consults: an agent speaks with another one while its caller is held.
final class Consults {
    private Consults() {}

    static void complete(TurnDraft turn, Input.CompleteTransfer complete) {
        turn.refuse("no-consult", "no consult is open for contact " + complete.contact());
    }

    static void cancel(TurnDraft turn, Input.CancelTransfer cancel) {
        turn.refuse("no-consult", "no consult is open for contact " + cancel.contact());
    }

    static void offerOver(TurnDraft turn, Contact contact, OfferOutcome outcome) {}
}
