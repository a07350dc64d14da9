package org.helpline.records;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.Recorded;
import org.helpline.records.fold.Story;
import org.helpline.records.sql.Cursor;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ContactOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way from events into a database that is there, away, late, or picky.
class RecordFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    private Path file;
    private RecordDatabase database;
    private RecordQueries queries;
    private RecordFeed feed;
    private TestJournal journal;
    private final Story story = new Story();
    private int contacts;

    @BeforeEach
    void prepare() {
        file = folder.resolve("data").resolve("records.db"); // a folder that is not there yet
        journal = new TestJournal("memory-1");
        database = new RecordDatabase(new DatabaseAddress.Embedded(file));
        queries = new RecordQueries(database);
        feed = feed(journal, 50);
    }

    @AfterEach
    void close() {
        feed.close(Duration.ZERO);
        database.close();
        journal.close();
    }

    private RecordFeed feed(TestJournal source, int buffered) {
        var limits = new RecordFeed.Limits(buffered, 16, 10, SHORT, SHORT, Duration.ofDays(1));
        return new RecordFeed("main", source, database, Duration.ofSeconds(5), limits, Clock.systemUTC());
    }

    @Test
    void aDatabaseThatComesLateGetsEverything() throws Exception {
        feed.start();
        await().atMost(PATIENCE).until(() -> feed.health().failing().isPresent());
        for (int i = 0; i < 40; i++) abandoned();
        assertTrue(feed.health().behind());
        assertTrue(
                feed.health().told().startsWith("not written since "),
                feed.health().told());
        assertFalse(
                feed.health().told().contains(folder.toString()), feed.health().told());
        Files.createDirectories(file.getParent());
        written(40);
        await().atMost(PATIENCE).until(() -> feed.health().told().equals("written"));
        assertEquals(0, feed.health().waitingEvents());
        assertEquals(Optional.of(new Cursor("memory-1", 160, 161)), queries.cursor("main"));
    }

    @Test
    void whoeverTellsNeverWaitsAndWhatDoesNotFitIsReadLater() throws Exception {
        Files.createDirectories(file.getParent());
        feed.start();
        abandoned();
        written(1);
        int reads = journal.reads();
        for (int i = 0; i < 5; i++) abandoned();
        written(6);
        assertEquals(reads, journal.reads(), "live, nothing is read from the journal");
        // Somebody else has the database: nothing can be written, and the buffer holds 50 events.
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 60; i++) abandoned();
            assertTrue(feed.health().behind());
            assertTrue(feed.health().waitingEvents() > 100, feed.health().toString());
            lock.execute("ROLLBACK");
        }
        written(66);
        await().atMost(PATIENCE).until(() -> !feed.health().behind());
        assertTrue(journal.reads() > reads);
        abandoned();
        written(67);
        assertEquals(0, feed.health().lost());
    }

    @Test
    void whatTheJournalHasForgottenIsCountedAsLost() throws Exception {
        feed.start();
        ContactId open = next();
        story.at(0);
        journal.turn(feed, story.arrives(open));
        for (int i = 0; i < 5; i++) abandoned();
        journal.forget(9);
        Files.createDirectories(file.getParent());
        // Of 21 events nine are gone: those of the open contact, of two others, and one that was in the menu.
        written(3);
        journal.turn(feed, story.gone(open));
        abandoned();
        written(4);
        assertEquals(Optional.empty(), queries.find(open));
    }

    @Test
    void aContactThatIsOpenAtAStartIsReadAgain() throws Exception {
        Files.createDirectories(file.getParent());
        feed.start();
        abandoned();
        ContactId open = next();
        story.at(0);
        journal.turn(feed, story.arrives(open));
        abandoned();
        written(2);
        feed.close(Duration.ofSeconds(10));
        assertEquals(Optional.of(new Cursor("memory-1", 9, 5)), queries.cursor("main"));
        feed = feed(journal, 50);
        feed.start();
        await().atMost(PATIENCE).until(() -> !feed.health().behind());
        story.at(33);
        journal.turn(feed, story.gone(open));
        await().atMost(PATIENCE).until(() -> queries.find(open).isPresent());
        assertEquals(3, count());
        assertEquals(Outcome.ENDED_IN_IVR, queries.find(open).orElseThrow().outcome());
        assertEquals(Story.BEGINNING, queries.find(open).orElseThrow().arrivedAt());
    }

    @Test
    void anotherJournalBeginsAnew() throws Exception {
        Files.createDirectories(file.getParent());
        feed.start();
        for (int i = 0; i < 4; i++) abandoned();
        written(4);
        feed.close(Duration.ofSeconds(10));
        try (TestJournal second = new TestJournal("memory-2")) {
            feed = feed(second, 50);
            feed.start();
            abandoned(second);
            written(5);
            feed.close(Duration.ofSeconds(10));
            assertEquals(Optional.of(new Cursor("memory-2", 4, 5)), queries.cursor("main"));
        }
    }

    @Test
    void aRecordThatTheDatabaseRefusesKeepsNoOtherOut() throws Exception {
        Files.createDirectories(file.getParent());
        database.migrate();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement trigger = other.createStatement()) {
            trigger.execute("CREATE TRIGGER picky BEFORE INSERT ON contact_record WHEN NEW.contact = 'c-3'"
                    + " BEGIN SELECT RAISE(ABORT, 'not this one'); END");
        }
        for (int i = 0; i < 6; i++) abandoned();
        feed.start();
        written(5);
        await().atMost(PATIENCE).until(() -> feed.health().refused() == 1);
        assertEquals(Optional.empty(), queries.find(new ContactId("c-3")));
        assertTrue(
                feed.health().told().contains("1 records were refused"),
                feed.health().told());
    }

    @Test
    void whatWaitsIsWrittenBeforeTheEnd() throws Exception {
        Files.createDirectories(file.getParent());
        feed.start();
        abandoned();
        written(1);
        for (int i = 0; i < 12; i++) abandoned();
        feed.close(Duration.ofSeconds(10));
        assertEquals(13, count());
    }

    @Test
    void aDatabaseThatStaysAwayHoldsUpNoEnd() {
        feed.start();
        abandoned();
        Instant before = Instant.now();
        feed.close(Duration.ofMillis(200));
        assertTrue(Duration.between(before, Instant.now()).compareTo(PATIENCE) < 0);
    }

    // ----

    private ContactId next() {
        return new ContactId("c-" + ++contacts);
    }

    private void abandoned() {
        abandoned(journal);
    }

    /// A contact that waits ten seconds and leaves: four events.
    private void abandoned(TestJournal in) {
        ContactId contact = next();
        double begin = contacts * 100;
        story.at(begin);
        in.turn(feed, story.arrives(contact));
        story.at(begin + 5);
        in.turn(feed, new Recorded.Routed(story.queued(contact)));
        story.at(begin + 15);
        Recorded gone = story.gone(contact);
        in.turn(feed, gone, new Recorded.Routed(new Event.ContactEnded(gone.at(), contact, ContactOutcome.ABANDONED)));
    }

    private void written(int records) {
        // The schema is made by then, and may not be there at first.
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertEquals(records, count()));
    }

    private long count() throws SQLException {
        return Files.exists(file) && !feed.health().failing().isPresent()
                ? queries.outcomes(Instant.EPOCH, Instant.ofEpochSecond(10_000_000_000L)).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                : -1;
    }
}
