package org.helpline.router;

/// Contacts that are handed on.
final class Transfers {
    private Transfers() {}

    static void transfer(TurnDraft turn, Input.Transfer transfer) {
        turn.refuse("wrong-state", "transfers are not possible yet");
    }
}
