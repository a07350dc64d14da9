package org.helpline.router;

/// Names a timer; a timer started with the same key replaces the old one.
///
/// @param kind what it bounds
/// @param subject id of the offer, leg, contact or agent it belongs to
public record TimerKey(Kind kind, String subject) implements Comparable<TimerKey> {

    public enum Kind {
        OFFER,
        DEVICE,
        WRAP_UP,
        AGENT_AWAY,
        DEVICE_LOST,
        SUPERVISOR_DEVICE,
        PLACE
    }

    @Override
    public int compareTo(TimerKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : subject.compareTo(other.subject);
    }
}
