package org.helpline.benchmarks.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingWorldTest {
    @ParameterizedTest
    @CsvSource({"25,0", "50,300"})
    void staysAsItIs(int agents, int waiting) {
        RoutingWorld world = new RoutingWorld(agents, waiting);
        long before = world.waiting();
        for (int i = 0; i < 5_000; i++) world.cycle((core, input, now) -> core.step(input, now));
        assertEquals(before, world.waiting());
    }

    @Test
    void aCycleIsSixInputs() {
        AtomicInteger inputs = new AtomicInteger();
        for (int waiting : new int[] {0, 10}) {
            RoutingWorld world = new RoutingWorld(10, waiting);
            inputs.set(0);
            world.cycle((core, input, now) -> {
                inputs.incrementAndGet();
                return core.step(input, now);
            });
            assertEquals(RoutingWorld.INPUTS_A_CYCLE, inputs.get());
        }
    }
}
