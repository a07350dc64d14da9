package org.helpline.telephony.asterisk;

import org.helpline.telephony.CallEvent.EndCause;

/// From the cause codes of Q.850, as Asterisk reports them, to ours.
final class HangupCauses {
    /// Asterisk's code for its RTP time-out.
    static final int MEDIA_TIMEOUT = 44;

    private HangupCauses() {}

    static EndCause of(int code) {
        return switch (code) {
            // 26: answered elsewhere
            case 16, 26 -> EndCause.NORMAL;
            case 17 -> EndCause.BUSY;
            // No user response, no answer
            case 18, 19 -> EndCause.NO_ANSWER;
            case 21 -> EndCause.REJECTED;
            case MEDIA_TIMEOUT -> EndCause.MEDIA_LOST;
            // No such number, no route, not registered, out of order, invalid number, congestion, network
            // out of order, temporary failure
            case 1, 2, 3, 20, 22, 27, 28, 34, 38, 41 -> EndCause.UNREACHABLE;
            default -> EndCause.ERROR;
        };
    }
}
