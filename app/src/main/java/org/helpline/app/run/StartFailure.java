package org.helpline.app.run;

/// Why Helpline could not start, in one line for the person who started it.
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
