package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Ten thousand calls through everything that can go wrong. One seed alone: `-Dhelpline.seed=N`; more calls
/// for it: `-Dhelpline.calls=N`; as many seeds from that one on: `-Dhelpline.count=N`.
class TenThousandCallsTest {
    private static final int CALLERS_PER_SEED = 1_400;
    private static final int SEEDS = 8;

    @Test
    void everyInvariantHolds() throws IOException {
        long first = Long.getLong("helpline.seed", 1);
        boolean chosen = Long.getLong("helpline.seed") != null;
        int callers = Integer.getInteger("helpline.calls", CALLERS_PER_SEED);
        int many = Integer.getInteger("helpline.count", chosen ? 1 : SEEDS);
        List<Long> seeds = LongStream.range(first, first + many).boxed().toList();
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
        if (!chosen) assertTrue(arrived >= 10_000, arrived + " calls are not ten thousand");
        SoakResults.write("%d days with %,d calls in %,d turns, every invariant checked after each turn: no breach.%n"
                .formatted(seeds.size(), arrived, turns));
    }

    private static String rerun(long seed, int callers) {
        return "./mvnw test -pl simulation -am -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest=TenThousandCallsTest -Dhelpline.seed=" + seed + " -Dhelpline.calls=" + callers;
    }
}
