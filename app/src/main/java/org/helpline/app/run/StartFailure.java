package org.helpline.app.run;

/// Why Helpline could not start, in one line for the person who started it.
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /// For `helpline run`: it did not start, for another reason than those below.
    public static final int FAILED = 1;
    /// Another Helpline owns the domain, or has taken it over: this one must not be started again by itself.
    public static final int OWNED = 3;

    private final int exitCode;

    StartFailure(String message, Throwable cause) {
        this(message, cause, FAILED);
    }

    StartFailure(String message, Throwable cause, int exitCode) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
