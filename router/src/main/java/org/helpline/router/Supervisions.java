package org.helpline.router;

/// Supervisors who listen in.
final class Supervisions {
    private Supervisions() {}

    static void supervise(TurnDraft turn, Input.Supervise supervise) {
        turn.refuse("wrong-state", "listening in is not possible yet");
    }

    static void end(TurnDraft turn, Input.EndSupervision end) {
        turn.refuse("not-supervising", "supervisor " + end.supervisor() + " listens to nobody");
    }

    static void silent(TurnDraft turn, LegId leg) {}
}
