package org.helpline.store;

/// Why a store did not do what it was asked for.
public final class JournalFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public enum Kind {
        /// The store cannot be reached, is full or does not answer: the same may be asked again.
        AWAY,
        /// Another owner has taken the domain over. Nothing that this one still holds may be written.
        FENCED,
        /// What came before this batch is missing in the store: it has lost entries that it had acknowledged, or the
        /// batch is not the next one.
        GAP
    }

    public JournalFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    public JournalFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
