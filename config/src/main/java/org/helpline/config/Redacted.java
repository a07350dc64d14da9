package org.helpline.config;

import java.util.Optional;

/// How secrets are printed.
final class Redacted {
    static final String REDACTED = "[REDACTED]";

    private Redacted() {}

    static String show(Optional<String> secret) {
        return secret.isPresent() ? REDACTED : "none";
    }
}
