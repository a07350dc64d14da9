package org.helpline.benchmarks.calls;

/// What happened to one placed call, by [System#nanoTime] at our sockets; zero is never.
final class Call {
    final String number;
    long invited;
    long answered;
    long lastDigit;
    long agentInvited;
    long agentUp;
    long over;

    Call(String number) {
        this.number = number;
    }

    /// Answered, its key pressed, an agent's phone rung, answered and joined, and over by itself.
    boolean complete() {
        return answered != 0 && lastDigit != 0 && agentInvited != 0 && agentUp != 0 && over != 0;
    }

    String lacks() {
        if (answered == 0) return "not answered";
        if (agentInvited == 0) return "no agent rung";
        if (agentUp == 0) return "agent not joined";
        return "not ended";
    }
}
