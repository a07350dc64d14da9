package org.helpline.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.helpline.store.CallerMemory;
import org.helpline.store.CallerMemory.Limit;
import org.helpline.store.CallerMemory.Rate;
import org.helpline.store.CallerMemory.Settings;
import org.helpline.store.CallerMemoryContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCallerMemoryTest extends CallerMemoryContract {
    @TempDir
    private Path folder;

    @Override
    protected CallerMemory newMemory(Settings settings) {
        return new EmbeddedCallerMemory(vertx, folder, settings, () -> now);
    }

    /// Not only hidden: gone from the file, also for callers who never call again.
    @Test
    void whatIsTooOldLeavesTheFile() throws Exception {
        CallerMemory memory =
                memory(new Settings(Duration.ofDays(3), Duration.ofDays(2), Optional.empty(), Optional.empty()));
        for (int n = 0; n < 10; n++) remember(memory, "gone" + n, contact("snap"), Optional.of("es"));
        assertEquals("10 10", rows());
        pass(Duration.ofDays(2));
        arrived(memory, "other");
        assertEquals("10 0", rows());
        pass(Duration.ofDays(1));
        remember(memory, "other", contact("snap"), Optional.empty());
        assertEquals("0 1", rows());
        pass(Duration.ofDays(2));
        ask(memory::tidy);
        assertEquals("0 0", rows());
    }

    @Test
    void onlyItsOwnUserReadsTheFile() throws Exception {
        remember(memory(Settings.DEFAULT), "a", contact("snap"), Optional.of("es"));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("callers.db"))));
    }

    @Test
    void aFileThatIsNoDatabaseIsBegunAnew() throws Exception {
        Files.writeString(folder.resolve("callers.db"), "this is no database, and was never one: ".repeat(100));
        CallerMemory memory = memory(Settings.DEFAULT);
        remember(memory, "a", contact("snap"), Optional.of("es"));
        assertEquals(Optional.of("es"), arrived(memory, "a").known().language());
    }

    @Test
    void limitsHoldWhereTheFileCannotBeUsed() throws Exception {
        Files.createDirectory(folder.resolve("callers.db"));
        CallerMemory memory = memory(limited(Optional.of(new Rate(1, MINUTE)), Optional.empty()));
        assertThrows(ExecutionException.class, () -> arrived(memory, "a"));
        assertEquals(Optional.of(Limit.NUMBER), arrived(memory, "a").over());
    }

    private String rows() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("callers.db"));
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM languages), (SELECT count(*) FROM contacts)")) {
            return found.getLong(1) + " " + found.getLong(2);
        }
    }
}
