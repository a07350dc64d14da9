package org.helpline.app.owner;

/// The journal holds something that only a newer release can read: starting without it would lose it.
public final class NewerRelease extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public NewerRelease(String message) {
        super(message);
    }
}
