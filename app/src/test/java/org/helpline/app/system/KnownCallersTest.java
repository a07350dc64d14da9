package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.helpline.records.NumberHashes;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who calls again is offered the language of last time, also after Helpline was killed; who calls too often hears
// that.
@Tag("system")
class KnownCallersTest {
    private static final String AGAIN = "12125550901";
    private static final String OFTEN = "12125550902";

    /// What the prompts sound like.
    private static final double ENGLISH_AGAIN = 400;

    private static final double SPANISH_AGAIN = 500;
    private static final double SPANISH_NEED = 600;
    private static final double ENGLISH_TOO_MANY = 900;
    private static final double SPANISH_TOO_MANY = 1_000;

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy()
                    .change(
                            "helpline.yaml",
                            "# limit-per-number: {calls: 10, within: 1 min}",
                            "limit-per-number: {calls: 2, within: 1 h}")
                    .record("en", "language-again", ENGLISH_AGAIN)
                    .record("es", "language-again", SPANISH_AGAIN)
                    .record("es", "choose-need", SPANISH_NEED)
                    .record("en", "too-many-calls", ENGLISH_TOO_MANY)
                    .record("es", "too-many-calls", SPANISH_TOO_MANY))
            .killable()
            .withItsOwnAsterisk();

    @Test
    void theLanguageOfLastTimeIsOfferedAndCountsOnceItIsChosen() throws Exception {
        Caller first = helpline.caller(AGAIN).chooses("2");
        hears(first, SPANISH_NEED);
        first.hangUp();
        remembered(1);

        helpline.kill();
        helpline.start();
        Caller second = helpline.caller(AGAIN);
        hears(second, SPANISH_AGAIN);
        second.media().press('2');
        hears(second, SPANISH_NEED);
        second.hangUp();
        recorded(AGAIN, 2);
        assertEquals(Optional.of("es"), records(AGAIN).getFirst().language());

        // A number is found nowhere but under its keyed hash.
        assertFalse(text(helpline.data().resolve("callers.db")).contains(AGAIN.substring(1)));
        assertFalse(helpline.process().told().contains(AGAIN.substring(1)));
    }

    @Test
    void theThirdCallIsOneTooMany() throws Exception {
        double before = helpline.metric("helpline_callers_remembered_total", "outcome=\"kept\"");
        Caller first = helpline.caller(OFTEN).chooses("2");
        hears(first, SPANISH_NEED);
        first.hangUp();
        remembered(before + 1);
        Caller second = helpline.caller(OFTEN);
        hears(second, SPANISH_AGAIN);
        second.hangUp();
        remembered(before + 2);

        Caller third = helpline.caller(OFTEN);
        hears(third, SPANISH_TOO_MANY);
        until("we hang up", () -> third.call().over());
        recorded(OFTEN, 3);
        ContactRecord record = records(OFTEN).getFirst();
        assertEquals(Outcome.ENDED_IN_IVR, record.outcome());
        assertEquals(Optional.of("limit-number"), record.reason());
        assertEquals(Optional.of("caller-left"), records(OFTEN).get(1).reason());
        assertEquals(1, helpline.metric("helpline_calls_limited_total", "limit=\"limit-number\""));
        assertEquals(before + 2, helpline.metric("helpline_callers_remembered_total", "outcome=\"kept\""));
        hearsNoneOf(helpline.caller("12125550903"));
    }

    /// Somebody else is a stranger, and under no limit of theirs.
    private static void hearsNoneOf(Caller stranger) {
        stranger.chooses("2");
        hears(stranger, SPANISH_NEED);
        stranger.hangUp();
    }

    private static void hears(Caller caller, double hz) {
        until("a prompt of " + hz + " Hz", () -> caller.media().hears(hz));
    }

    private static void remembered(double contacts) {
        until(
                contacts + " contacts are remembered",
                () -> helpline.metric("helpline_callers_remembered_total", "outcome=\"kept\"") == contacts);
    }

    private static void recorded(String number, int contacts) {
        until(contacts + " records", () -> records(number).size() == contacts);
    }

    /// Newest first.
    private static List<ContactRecord> records(String number) {
        try (RecordDatabase database =
                new RecordDatabase(new DatabaseAddress.Embedded(helpline.data().resolve("records.db")))) {
            NumberHashes hashes = new NumberHashes(Base64.getDecoder()
                    .decode(text(helpline.data().resolve("records.key")).strip()));
            return new RecordQueries(database).earlier(hashes.of(number).orElseThrow(), 10);
        } catch (SQLException | IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
