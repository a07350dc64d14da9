package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Password hashes, revoked tokens and the count of failures, each by itself.
class SecretsTest {
    private static final Instant NOW = Instant.parse("2026-11-02T14:00:00Z");

    @Test
    void aPasswordHashSurvivesBeingWritten() {
        PasswordHash made = PasswordHash.make("pässword", 1_000, new SecureRandom());
        PasswordHash read = PasswordHash.parse(made.written());
        assertTrue(read.matches("pässword"));
        assertFalse(read.matches("password"));
        assertFalse(made.written().contains("="), "base64 without padding");
        assertFalse(
                PasswordHash.make("pässword", 1_000, new SecureRandom())
                        .written()
                        .equals(made.written()),
                "salted");
        assertFalse(PasswordHash.parse(PasswordHash.NOBODYS).matches("nobody"));
    }

    /// Made with Python's hashlib.pbkdf2_hmac.
    @Test
    void theHashIsThatOfOtherImplementations() {
        PasswordHash foreign = PasswordHash.parse(
                "pbkdf2-sha256$1000$TmFDbE5hQ2xOYUNsTmFDbA$s5k6cjPF+0TLd8NTzVRdyPOHr7WK1UMyc7Z0fw+Bb+4");
        assertTrue(foreign.matches("Password"));
        assertFalse(foreign.matches("password"));
    }

    @Test
    void whatIsNoPasswordHashIsRefusedWithoutBeingRepeated() {
        String[] wrong = {"", "plain", "pbkdf2-sha256$x$AAAA$AAAA", "pbkdf2-sha256$10$AAAA$AAAA", "md5$1$2$3"};
        for (String written : wrong) {
            assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(written), written);
        }
    }

    @Test
    void revokedTokensSurviveTheProcess(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("revoked");
        RevokedTokens first = RevokedTokens.inFile(file, NOW);
        first.revoke(token("short", 60));
        first.revoke(token("long", 3_600));
        first.revoke(token("long", 3_600));
        Files.writeString(file, "17884", StandardOpenOption.APPEND);

        RevokedTokens second = RevokedTokens.inFile(file, NOW.plusSeconds(120));
        assertTrue(second.isRevoked(token("long", 3_600)));
        assertFalse(second.isRevoked(token("other", 3_600)));
        assertEquals(1, Files.readAllLines(file).size(), "what has expired and what was torn is gone");
    }

    @Test
    void aFullSetOfRevokedTokensVoidsMoreAndNeverLess() {
        RevokedTokens tokens = RevokedTokens.inMemory(3);
        for (int i = 1; i <= 4; i++) tokens.revoke(token("t" + i, i * 100L));
        for (int i = 1; i <= 4; i++) assertTrue(tokens.isRevoked(token("t" + i, i * 100L)));
        assertTrue(tokens.isRevoked(token("innocent", 50)), "expires before the one that made room");
        assertFalse(tokens.isRevoked(token("innocent", 500)));
    }

    @Test
    void parallelGuessesGetNoMoreTriesThanOthers() {
        LoginThrottle throttle = new LoginThrottle(GatewaySettings.SignIn.DEFAULT);
        for (int i = 0; i < 5; i++) assertEquals(Optional.empty(), throttle.begin("u", "a", NOW));
        assertEquals(Optional.of(Duration.ofMinutes(5)), throttle.begin("u", "a", NOW));
        assertEquals(Optional.empty(), throttle.begin("u", "b", NOW), "another address");
        throttle.undecided("u", "a");
        assertEquals(Optional.empty(), throttle.begin("u", "a", NOW.plusSeconds(1)));
        assertEquals(Optional.of(Duration.ofSeconds(299)), throttle.begin("u", "a", NOW.plusSeconds(1)));
    }

    @Test
    void settingsNameWhatIsOutOfRange() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new GatewaySettings.Sockets(
                        1, 1_048_576, 8, 200, 512, 32, 10, Duration.ofSeconds(2), Duration.ofSeconds(8)));
        assertEquals("maxFrameBytes must be between 1024 and 1048576, but is 1", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> TokenKey.of(new byte[31]));
    }

    private static Tokens.Token token(String id, long lifeSeconds) {
        return new Tokens.Token(id, "agent1", NOW.plusSeconds(lifeSeconds));
    }
}
