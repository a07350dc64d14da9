package org.helpline.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts sign-in attempts by user and address. An attempt counts from its start until it is known to be
/// right, so that a burst of parallel guesses gets no more tries than the same guesses one after another. A
/// pair, not the user alone: nobody can lock a user out from elsewhere.
///
/// Bounded: beyond `tracked` pairs the oldest is forgotten.
final class LoginThrottle {
    private final int failures;
    private final Duration window;
    private final Map<Key, Attempts> attempts;

    LoginThrottle(GatewaySettings.SignIn settings) {
        this.failures = settings.failures();
        this.window = settings.window();
        this.attempts = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Attempts> eldest) {
                return size() > settings.tracked();
            }
        };
    }

    /// Starts an attempt, or tells how long to wait for the next one.
    synchronized Optional<Duration> begin(String user, String address, Instant now) {
        Key key = new Key(user, address);
        Attempts seen = attempts.get(key);
        if (seen == null || !now.isBefore(seen.until)) {
            attempts.remove(key);
            attempts.put(key, new Attempts(1, now.plus(window)));
            return Optional.empty();
        }
        if (seen.count >= failures) {
            return Optional.of(Duration.between(now, seen.until));
        }
        attempts.put(key, new Attempts(seen.count + 1, seen.until));
        return Optional.empty();
    }

    synchronized void succeeded(String user, String address) {
        attempts.remove(new Key(user, address));
    }

    /// The attempt was not decided (the server was busy): it does not count.
    synchronized void undecided(String user, String address) {
        attempts.computeIfPresent(
                new Key(user, address),
                (key, seen) -> seen.count == 1 ? null : new Attempts(seen.count - 1, seen.until));
    }

    private record Key(String user, String address) {}

    private record Attempts(int count, Instant until) {}
}
