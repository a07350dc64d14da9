package org.helpline.config;

import java.nio.file.Path;
import java.util.Optional;
import org.helpline.store.redis.RedisSettings;

/// What concerns this process: addresses, folders, secrets.
///
/// @param httpHost where the HTTP host was set
record ProcessSettings(
        HttpSettings http,
        Place httpHost,
        Optional<AsteriskEntry> asterisk,
        SignInSettings signIn,
        RecordsEntry records,
        Optional<RedisSettings> redis,
        Path recordings,
        Path data) {}
