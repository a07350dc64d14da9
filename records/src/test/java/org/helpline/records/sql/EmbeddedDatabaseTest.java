package org.helpline.records.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest extends RecordDatabaseContract {
    @TempDir
    private Path folder;

    @Override
    DatabaseAddress fresh() {
        return new DatabaseAddress.Embedded(folder.resolve("records.db"));
    }

    @Override
    String forbidding() {
        return "CREATE TRIGGER no_such_need BEFORE INSERT ON contact_record WHEN NEW.need = 'forbidden'"
                + " BEGIN SELECT RAISE(ABORT, 'forbidden'); END";
    }

    @Test
    void itsFilesAreForTheirOwnerAlone() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path one : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)), one + "");
            }
        }
    }

    /// Not even in the pages that are free again, nor in the log beside the file.
    @Test
    void whatIsDeletedCannotBeReadFromTheFile() throws Exception {
        Path file = folder.resolve("other.db");
        Instant now = Instant.parse("2026-03-02T17:00:00Z");
        try (RecordDatabase database = new RecordDatabase(new DatabaseAddress.Embedded(file))) {
            database.migrate();
            new RecordWriter(database, "main")
                    .write(List.of(SampleRecords.full("c-1", now)), new Cursor("memory-1", 1, 2), now);
            assertTrue(anyFileHolds(file, "otra vez"));
            new Purge(database, Retention.DEFAULT).run(now.plus(Duration.ofDays(91)), 100);
            assertFalse(anyFileHolds(file, "otra vez"));
            assertTrue(anyFileHolds(file, "IDNYC - Card Status"));
        }
    }

    private static boolean anyFileHolds(Path file, String text) throws Exception {
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path one : files.filter(path -> path.getFileName()
                            .toString()
                            .startsWith(file.getFileName().toString()))
                    .toList()) {
                if (Files.readString(one, StandardCharsets.ISO_8859_1).contains(text)) return true;
            }
        }
        return false;
    }
}
