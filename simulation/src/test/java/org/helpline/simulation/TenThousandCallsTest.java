package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Ten thousand calls through everything that can go wrong. One seed alone: `-Dhelpline.seed=N`; more calls
/// for it: `-Dhelpline.calls=N`.
class TenThousandCallsTest {
    private static final int CALLERS_PER_SEED = 1_400;
    private static final int SEEDS = 8;

    @Test
    void everyInvariantHolds() {
        Long only = Long.getLong("helpline.seed");
        int callers = Integer.getInteger("helpline.calls", CALLERS_PER_SEED);
        List<Long> seeds = only != null
                ? List.of(only)
                : LongStream.rangeClosed(1, SEEDS).boxed().toList();
        long arrived = 0;
        long turns = 0;
        Duration took = Duration.ZERO;
        for (long seed : seeds) {
            RunReport report = new SimulatedDomain(Scenario.wild(seed, callers)).run();
            System.out.println(report);
            report.breach().ifPresent(breach -> fail(breach + "\nrun it again: " + rerun(seed, callers)));
            arrived += report.arrived();
            turns += report.turns();
            took = took.plus(report.took());
        }
        System.out.printf(
                "%d calls in %d turns with %d seeds: %.1f s%n", arrived, turns, seeds.size(), took.toMillis() / 1000.0);
        if (only == null) assertTrue(arrived >= 10_000, arrived + " calls are not ten thousand");
    }

    private static String rerun(long seed, int callers) {
        return "./mvnw test -pl simulation -am -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest=TenThousandCallsTest -Dhelpline.seed=" + seed + " -Dhelpline.calls=" + callers;
    }
}
