package org.helpline.benchmarks.calls;

/// Who decides which agent a call goes to.
enum Side {
    HELPLINE,
    APP_QUEUE;

    /// Every other round begins with the other side, so that neither always finds the machine warmer.
    static Side[] order(int round) {
        return round % 2 == 0 ? new Side[] {HELPLINE, APP_QUEUE} : new Side[] {APP_QUEUE, HELPLINE};
    }
}
