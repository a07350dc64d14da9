package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When nothing goes wrong, everyone who waits is served.
class CalmDayTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyCallerIsServed(long seed) {
        RunReport report = new SimulatedDomain(Scenario.calm(seed, 300)).run();
        assertEquals(Optional.empty(), report.breach());
        assertEquals(300, report.arrived());
        assertEquals(300, report.handled());
        assertEquals(300, report.heardAnAgent());
        assertEquals(0, report.abandoned());
        assertEquals(0, report.requeued());
    }
}
