package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Seeds that once broke an invariant.
class FoundSeedsTest {
    @Test
    @DisplayName("a hang-up that the carrier never got left the caller in silence for ever")
    void hangUpLost() {
        holds(3);
        holds(8);
    }

    @Test
    @DisplayName("a bridge that the carrier was told to take away, and did not, stayed until the next connection")
    void unbridgeLost() {
        holds(4);
    }

    private static void holds(long seed) {
        assertEquals(
                Optional.empty(),
                new SimulatedDomain(Scenario.wild(seed, 200)).run().breach());
    }
}
