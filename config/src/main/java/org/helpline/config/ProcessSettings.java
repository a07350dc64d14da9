package org.helpline.config;

import java.nio.file.Path;
import java.util.Optional;

/// What concerns this process: addresses, folders, secrets.
///
/// @param httpHost where the HTTP host was set
record ProcessSettings(
        HttpSettings http,
        Place httpHost,
        Optional<AsteriskEntry> asterisk,
        SignInSettings signIn,
        RecordsEntry records,
        Path recordings,
        Path data) {}
