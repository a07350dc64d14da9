package org.helpline.telephony.asterisk;

import java.net.ConnectException;
import java.time.Duration;

/// Tells an Asterisk that has died from one that cannot be reached. A machine that refuses connections is there, and
/// nobody listens on it: its calls ended with the process that carried them. A network that is cut refuses nothing.
final class Refusals {
    /// While it is not decided, attempts follow each other this fast.
    private static final Duration ASK_AGAIN = Duration.ofMillis(250);

    private final Duration deadAfter;
    private long since;
    private boolean refused;

    /// @param deadAfter so long must every attempt be refused: an Asterisk that is only being restarted by someone in
    /// a hurry has lost its calls as well
    Refusals(Duration deadAfter) {
        this.deadAfter = deadAfter;
    }

    void failed(Throwable failure) {
        boolean refusal = failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("refused");
        if (refusal && !refused) {
            since = System.nanoTime();
        }
        refused = refusal;
    }

    void reached() {
        refused = false;
    }

    boolean dead() {
        return refused && System.nanoTime() - since >= deadAfter.toNanos();
    }

    /// The pause until the next attempt, shorter while it is undecided whether this Asterisk lives.
    Duration soon(Duration pause) {
        return refused && !dead() && pause.compareTo(ASK_AGAIN) > 0 ? ASK_AGAIN : pause;
    }
}
