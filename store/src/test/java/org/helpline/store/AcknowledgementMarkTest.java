package org.helpline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.helpline.store.AcknowledgementMark.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgementMarkTest {
    @TempDir
    Path folder;

    @Test
    void remembersTheNewest() throws IOException {
        assertEquals(Optional.empty(), read());
        write(new Mark("one", 7), new Mark("one", 19));
        assertEquals(Optional.of(new Mark("one", 19)), read());
        write(new Mark("two", 3));
        assertEquals(Optional.of(new Mark("two", 3)), read());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("journal.mark"))));
    }

    @Test
    void isReadAfterASingleWrite() throws IOException {
        write(new Mark("one", 7));
        try (AcknowledgementMark mark = open()) {
            assertEquals(Optional.of(new Mark("one", 7)), mark.newest());
            assertEquals(Optional.empty(), mark.damage());
        }
    }

    @Test
    void everyFlippedBitIsSeenAndCostsOneAcknowledgementAtMost() throws IOException {
        write(new Mark("one", 7), new Mark("one", 19));
        byte[] sound = Files.readAllBytes(folder.resolve("journal.mark"));
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(folder.resolve("journal.mark"), flipped);
            try (AcknowledgementMark mark = open()) {
                assertTrue(mark.damage().isPresent(), "bit " + bit);
                long seq = mark.newest().orElseThrow().seq();
                assertTrue(seq == 7 || seq == 19, "bit " + bit + " gave " + seq);
            }
        }
    }

    @Test
    void aTruncatedFileCountsAsMissingAndSaysSo() throws IOException {
        write(new Mark("one", 7), new Mark("one", 19));
        byte[] sound = Files.readAllBytes(folder.resolve("journal.mark"));
        Files.write(folder.resolve("journal.mark"), Arrays.copyOf(sound, 60));
        try (AcknowledgementMark mark = open()) {
            assertEquals(Optional.empty(), mark.newest());
            assertEquals(Optional.of("journal.mark: 2 of its 2 places cannot be read"), mark.damage());
        }
        write(new Mark("one", 21));
        assertEquals(Optional.of(new Mark("one", 21)), read());
    }

    private AcknowledgementMark open() throws IOException {
        return new AcknowledgementMark(folder.resolve("journal.mark"));
    }

    private Optional<Mark> read() throws IOException {
        try (AcknowledgementMark mark = open()) {
            return mark.newest();
        }
    }

    private void write(Mark... marks) throws IOException {
        try (AcknowledgementMark mark = open()) {
            for (Mark each : marks) mark.write(each);
        }
    }
}
