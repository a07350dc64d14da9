package org.helpline.telephony;

/// A command that a carrier did not carry out.
public final class CallControlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public CallControlException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public enum Kind {
        /// The carrier is not connected now.
        DISCONNECTED,
        /// The leg, bridge or play is not there (any more).
        GONE,
        /// The carrier refused: wrong state or wrong arguments.
        REFUSED,
        /// No answer in time; it may have been carried out.
        TIMEOUT,
        /// Not among the declared capabilities.
        UNSUPPORTED,
        /// The bound on outstanding requests is reached.
        OVERLOADED
    }
}
