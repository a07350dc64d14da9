package org.helpline.app.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// How long a test waits for what must come: generous, because the machine may be busy with something else.
final class Patience {
    static final Duration USUAL = Duration.ofSeconds(20);

    private Patience() {}

    static void until(String what, BooleanSupplier condition) {
        until(what, USUAL, condition);
    }

    static void until(String what, Duration atMost, BooleanSupplier condition) {
        await(what).atMost(atMost).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    /// It holds, and goes on holding for this long.
    static void holds(String what, Duration during, BooleanSupplier condition) {
        await(what)
                .pollInterval(Duration.ofMillis(50))
                .atMost(during.plus(USUAL))
                .during(during)
                .until(condition::getAsBoolean);
    }
}
