package org.helpline.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.helpline.store.redis.RedisAddress;
import org.helpline.store.redis.RedisSettings;

/// What the environment says of Redis.
final class RedisReader {
    private static final String URL = "HELPLINE_REDIS_URL";
    private static final String AUTHORITY = "HELPLINE_REDIS_CA";

    private RedisReader() {}

    /// Present when an address is given. It carries a password, so no message shows more than the part that is wrong.
    static Optional<RedisSettings> read(Environment environment) {
        Optional<Path> authority = environment.path(AUTHORITY);
        Optional<RedisAddress> address = environment.secret(URL).flatMap(text -> {
            try {
                return Optional.of(RedisAddress.read(text));
            } catch (IllegalArgumentException e) {
                return environment.<RedisAddress>fault(URL, e.getMessage());
            }
        });
        Optional<Path> unreadable = authority.filter(file -> !Files.isReadable(file) || Files.isDirectory(file));
        unreadable.ifPresent(file -> environment.fault(
                AUTHORITY, "must name a file that can be read, but is " + Faults.quoted(file.toString())));
        if (address.isEmpty() || unreadable.isPresent()) return Optional.empty();
        if (authority.isPresent() && !address.get().tls()) {
            return environment.fault(
                    AUTHORITY, "has no use without TLS: " + URL + " must begin with rediss, but is " + address.get());
        }
        return Optional.of(new RedisSettings(address.get(), authority, RedisSettings.Limits.DEFAULT));
    }
}
