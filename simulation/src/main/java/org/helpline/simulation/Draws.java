package org.helpline.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// Chance, from one seed.
final class Draws {
    private final SplittableRandom random;

    Draws(SplittableRandom random) {
        this.random = random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    double fraction() {
        return random.nextDouble();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    Duration between(Duration least, Duration most) {
        return least.plusMillis(random.nextLong(most.minus(least).toMillis() + 1));
    }

    Duration seconds(double least, double most) {
        return between(Duration.ofMillis((long) (least * 1000)), Duration.ofMillis((long) (most * 1000)));
    }

    /// Exponential with this mean, at most eight times it.
    Duration around(Duration mean) {
        double factor = Math.min(8, -Math.log(1 - random.nextDouble()));
        return Duration.ofMillis((long) (mean.toMillis() * factor));
    }
}
