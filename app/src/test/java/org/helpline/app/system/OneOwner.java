package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A second Helpline beside one that serves.
final class OneOwner {
    /// The code that `helpline run --help` documents.
    static final int OWNED = 3;

    /// A start, and longer than a lease lives.
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(60);

    private OneOwner() {}

    /// One on the same Asterisk, at an HTTP port of its own.
    ///
    /// @param data its folder, which may be that of the first
    static HelplineProcess second(HelplineSystem first, Path data, String log) {
        Map<String, String> environment = first.environment();
        environment.put("HELPLINE_DATA", data.toString());
        environment.put("HELPLINE_HTTP_PORT", Integer.toString(Ports.tcp()));
        return new HelplineProcess(first.configPath(), environment, data.resolve(log));
    }

    /// It says who owns the domain, and ends.
    static void refused(HelplineProcess second, String why) {
        second.launch();
        until("the second one ends", REFUSED_WITHIN, () -> !second.running());
        assertEquals(OWNED, second.ends(), second::told);
        String told = second.told();
        assertTrue(told.contains("helpline: cannot take over the domain: " + why), told);
        assertFalse(told.contains("Exception"), told);
    }
}
