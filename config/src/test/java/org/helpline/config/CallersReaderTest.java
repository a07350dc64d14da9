package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.store.CallerMemory.Rate;
import org.helpline.store.CallerMemory.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of callers, and how many calls are taken.
class CallersReaderTest {
    private static final String LIMITED = "  limited: bye\n  nodes:\n";

    @TempDir
    private Path temporary;

    private TestFolder folder;

    @BeforeEach
    void write() throws Exception {
        folder = TestFolder.minimal(temporary);
    }

    @Test
    void withoutSettingsThereIsNoLimit() throws Exception {
        assertEquals(Settings.DEFAULT, folder.configuration().callers());
        assertEquals(
                new Settings(Duration.ofDays(180), Duration.ofDays(30), Optional.empty(), Optional.empty()),
                Settings.DEFAULT);
    }

    @Test
    void eachIsRead() throws Exception {
        folder.replace("helplines/small.yaml", "  nodes:\n", LIMITED);
        folder.append("helpline.yaml", """
                callers:
                  language-kept: 10 d
                  contacts-kept: 0 d
                  limit-per-number: {calls: 2, within: 1 min}
                  limit-in-all: {calls: 10000, within: 1 h}
                """);
        assertEquals(
                new Settings(
                        Duration.ofDays(10),
                        Duration.ZERO,
                        Optional.of(new Rate(2, Duration.ofMinutes(1))),
                        Optional.of(new Rate(10_000, Duration.ofHours(1)))),
                folder.configuration().callers());
    }

    @Test
    void whatIsOutOfRangeIsTold() throws Exception {
        folder.append("helpline.yaml", """
                callers:
                  language-kept: 5 min
                  contacts-kept: -1 d
                  limit-per-number: {calls: 1001, within: 1 ms}
                  limit-in-all: {calls: 5}
                  calls: 7
                """);
        assertEquals(
                List.of(
                        "callers.language-kept: must be a time from 0 d to 36500 d (a whole number and d), but is '5 min'",
                        "callers.contacts-kept: must be a time from 0 d to 36500 d (a whole number and d), but is '-1 d'",
                        "callers.limit-per-number.calls: must be a whole number from 1 to 1000, but is '1001'",
                        "callers.limit-per-number.within: must be a time from 1 s to 1 h (a whole number and ms, s, min"
                                + " or h), but is '1 ms'",
                        "callers.limit-in-all: 'within' is missing",
                        "callers.calls: is unknown; allowed: contacts-kept, language-kept, limit-in-all,"
                                + " limit-per-number"),
                told());
    }

    @Test
    void whoeverIsOneTooManyMustHearThat() throws Exception {
        folder.append("helpline.yaml", "callers: {limit-in-all: {calls: 5, within: 1 s}}\n");
        assertEquals(
                List.of("flow: needs the key 'limited', the name of a node that hangs up: 'callers' in helpline.yaml"
                        + " limits calls"),
                told());
    }

    @Test
    void aCallTooManyComesToNoQueue() throws Exception {
        folder.replace("helplines/small.yaml", "  nodes:\n", "  limited: line\n  nodes:\n");
        assertEquals(
                List.of("flow.limited: is 'line', which does not hang up; a call that is one too many must end there"),
                told());
    }

    private List<String> told() throws Exception {
        return folder.told().stream().map(line -> line.split(": ", 2)[1]).toList();
    }
}
