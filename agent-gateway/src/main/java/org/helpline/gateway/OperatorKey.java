package org.helpline.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Who can read it in the data folder may operate this Helpline from its own machine.
///
/// @param written 32 characters or more
public record OperatorKey(String written) {
    public OperatorKey {
        if (written.length() < 32) throw new IllegalArgumentException("an operator's key has at least 32 characters");
    }

    boolean isIt(String given) {
        return MessageDigest.isEqual(written.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "OperatorKey[REDACTED]";
    }
}
