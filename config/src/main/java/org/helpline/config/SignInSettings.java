package org.helpline.config;

import java.util.Optional;

/// Secrets of the sign-in that come from the environment.
///
/// @param jwtKey signs tokens; empty: a key is made and kept in the data folder
/// @param demoPassword of every user without a hash; only in a demo
public record SignInSettings(Optional<String> jwtKey, Optional<String> demoPassword) {
    @Override
    public String toString() {
        return "SignInSettings[jwtKey=" + Redacted.show(jwtKey) + ", demoPassword=" + Redacted.show(demoPassword) + "]";
    }
}
