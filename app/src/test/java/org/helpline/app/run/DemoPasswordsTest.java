package org.helpline.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.helpline.app.run.DemoPasswords.Missing;
import org.helpline.config.UserEntry;
import org.helpline.gateway.PasswordHash;
import org.helpline.gateway.UserDirectory.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPasswordsTest {
    private static final UserEntry SUPERVISOR =
            new UserEntry("supervisor1", Optional.empty(), Set.of(Role.SUPERVISOR), Optional.empty(), false);

    @TempDir
    private Path data;

    @Test
    void shows_a_password_once_and_keeps_its_hash_only() throws IOException {
        DemoPasswords.Result first =
                new DemoPasswords(data).complete(List.of(SUPERVISOR), Optional.empty(), Missing.MAKE);
        DemoPasswords.Result second =
                new DemoPasswords(data).complete(List.of(SUPERVISOR), Optional.empty(), Missing.MAKE);

        String password = first.shown().get("supervisor1");
        assertTrue(second.shown().isEmpty());
        assertTrue(hash(second).matches(password));
        Path file = data.resolve("demo-users");
        assertFalse(Files.readString(file).contains(password));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void makes_new_ones_when_asked() throws IOException {
        DemoPasswords.Result first =
                new DemoPasswords(data).complete(List.of(SUPERVISOR), Optional.empty(), Missing.MAKE);
        DemoPasswords.Result anew =
                new DemoPasswords(data).complete(List.of(SUPERVISOR), Optional.empty(), Missing.MAKE_ANEW);

        assertNotEquals(first.shown().get("supervisor1"), anew.shown().get("supervisor1"));
        assertFalse(hash(anew).matches(first.shown().get("supervisor1")));
    }

    @Test
    void takes_the_operators_password_for_all_and_shows_nothing() throws IOException {
        DemoPasswords.Result result =
                new DemoPasswords(data).complete(List.of(SUPERVISOR), Optional.of("given"), Missing.MAKE);

        assertTrue(result.shown().isEmpty());
        assertTrue(hash(result).matches("given"));
    }

    @Test
    void a_user_added_at_a_reload_waits_for_the_start_that_shows_a_password() throws IOException {
        DemoPasswords.Result reread =
                new DemoPasswords(data).complete(List.of(SUPERVISOR), Optional.empty(), Missing.WAIT);
        assertTrue(reread.directory().find("supervisor1").isEmpty());
        assertTrue(reread.shown().isEmpty());

        DemoPasswords.Result started =
                new DemoPasswords(data).complete(List.of(SUPERVISOR), Optional.empty(), Missing.MAKE);
        assertTrue(started.shown().containsKey("supervisor1"));
    }

    @Test
    void leaves_a_configured_hash_alone() throws IOException {
        String configured = "pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0$cm9vdHJvb3Ryb290cm9vdHJvb3Ryb290cm9vdHJvb3Q";
        UserEntry user = new UserEntry("admin1", Optional.of(configured), Set.of(Role.ADMIN), Optional.empty(), false);

        DemoPasswords.Result result =
                new DemoPasswords(data).complete(List.of(user), Optional.of("given"), Missing.MAKE);

        assertEquals(configured, result.directory().find("admin1").orElseThrow().passwordHash());
    }

    private static PasswordHash hash(DemoPasswords.Result result) {
        return PasswordHash.parse(
                result.directory().find("supervisor1").orElseThrow().passwordHash());
    }
}
