package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long calls wait for a journal.
class JournalBoundsTest {
    @TempDir
    private Path temporary;

    private TestFolder folder;

    @BeforeEach
    void write() throws Exception {
        folder = TestFolder.minimal(temporary);
    }

    @Test
    void withoutSettingsTheDefaultsServe() throws Exception {
        assertEquals(JournalBounds.DEFAULT, folder.configuration().journal());
    }

    @Test
    void eachIsRead() throws Exception {
        folder.append(
                "helpline.yaml", "journal: {patience: 2 s, silence: 5 s, backlog-entries: 5000, backlog-mib: 64}\n");
        assertEquals(
                new JournalBounds(Duration.ofSeconds(2), Duration.ofSeconds(5), 5_000, 64),
                folder.configuration().journal());
    }

    @Test
    void theOthersAreAsEverWhenOneIsGiven() throws Exception {
        folder.append("helpline.yaml", "journal: {patience: 2 s}\n");
        assertEquals(
                new JournalBounds(Duration.ofSeconds(2), Duration.ofSeconds(2), 200_000, 256),
                folder.configuration().journal());
    }

    @Test
    void whatIsOutOfRangeIsTold() throws Exception {
        folder.append(
                "helpline.yaml",
                "journal: {patience: 1 s, silence: 700 ms, backlog-entries: 10, backlog-mib: 1 GiB, fsync: never}\n");
        assertEquals(
                List.of(
                        "journal.silence: must be a time from 1 s to 30 s (a whole number and ms, s, min or h),"
                                + " but is '700 ms'",
                        "journal.backlog-entries: must be a whole number from 1000 to 5000000, but is '10'",
                        "journal.backlog-mib: must be a whole number from 16 to 16384, but is '1 GiB'",
                        "journal.fsync: is unknown; allowed: backlog-entries, backlog-mib, patience, silence"),
                folder.told().stream().map(line -> line.split(": ", 2)[1]).toList());
    }

    @Test
    void patienceHasAnEnd() throws Exception {
        folder.append("helpline.yaml", "journal: {patience: 10 s}\n");
        assertEquals(
                "journal.patience: must be a time from 50 ms to 2 s (a whole number and ms, s, min or h), but is '10 s'",
                folder.told().getFirst().split(": ", 2)[1]);
    }
}
