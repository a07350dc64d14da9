package org.helpline.store.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How a Redis server is reached, and how long it is waited for.
///
/// @param address where it is, and who we are there
/// @param authority certificates (PEM) that vouch for it; empty: those that Java trusts
/// @param limits of time and memory
public record RedisSettings(RedisAddress address, Optional<Path> authority, Limits limits) {
    public RedisSettings {
        if (authority.isPresent() && !address.tls()) {
            throw new IllegalArgumentException(
                    "has no use without TLS: the address must begin with rediss, but is " + address);
        }
    }

    public static RedisSettings of(RedisAddress address) {
        return new RedisSettings(address, Optional.empty(), Limits.DEFAULT);
    }

    /// @param answer what has no answer by then counts as lost, and the connection as broken
    /// @param leaseLife how long the lease outlives its owner
    /// @param leaseRenewal how often it is renewed
    /// @param mostBatches appends under way; one more, and all of them fail
    /// @param mostBytes of them together
    public record Limits(Duration answer, Duration leaseLife, Duration leaseRenewal, int mostBatches, long mostBytes) {
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(1_500), 8_192, 32 * 1024 * 1024);

        public Limits {
            positive("answer", answer);
            positive("leaseRenewal", leaseRenewal);
            if (leaseLife.compareTo(leaseRenewal.multipliedBy(2)) < 0) {
                throw new IllegalArgumentException(
                        "leaseLife must be at least twice leaseRenewal (" + leaseRenewal + "), but is " + leaseLife);
            }
            if (mostBatches < 1) throw new IllegalArgumentException("mostBatches must be at least 1: " + mostBatches);
            if (mostBytes < 1) throw new IllegalArgumentException("mostBytes must be at least 1: " + mostBytes);
        }

        public Limits withAnswer(Duration most) {
            return new Limits(most, leaseLife, leaseRenewal, mostBatches, mostBytes);
        }

        private static void positive(String name, Duration value) {
            if (!value.isPositive()) throw new IllegalArgumentException(name + " must be positive, but is " + value);
        }
    }
}
