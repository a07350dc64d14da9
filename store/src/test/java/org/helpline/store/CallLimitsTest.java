package org.helpline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.helpline.store.CallerMemory.Limit;
import org.helpline.store.CallerMemory.Rate;
import org.helpline.store.CallerMemory.Settings;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CallLimits limits = new CallLimits(
            new Settings(Duration.ZERO, Duration.ZERO, Optional.of(new Rate(1, MINUTE)), Optional.empty()));

    @Test
    void numbersWhoseTimeIsOverAreForgotten() {
        for (int n = 0; n < 1_000; n++) arrives("n" + n, n);
        assertEquals(1_000, limits.numbers());
        arrives("later", MINUTE.toMillis() + 500);
        assertEquals(500, limits.numbers());
    }

    @Test
    void aFloodOfNumbersHasABound() {
        for (int n = 0; n <= CallLimits.MOST_NUMBERS; n++) assertEquals(Optional.empty(), arrives("n" + n, 0));
        assertEquals(CallLimits.MOST_NUMBERS, limits.numbers());
        assertEquals(Optional.empty(), arrives("n0", 1), "the oldest was forgotten");
        assertEquals(Optional.of(Limit.NUMBER), arrives("n" + CallLimits.MOST_NUMBERS, 1));
    }

    private Optional<Limit> arrives(String number, long millis) {
        return limits.arrived(Optional.of(number), millis);
    }
}
