package org.helpline.records.sql;

import static org.helpline.records.sql.SampleRecords.ANN;
import static org.helpline.records.sql.SampleRecords.BOB;
import static org.helpline.records.sql.SampleRecords.CALLER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.Segment.Kind;
import org.helpline.records.sql.RecordWriter.RecordRefused;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every database of the records does.
abstract class RecordDatabaseContract {
    private static final Instant NOON = Instant.parse("2026-03-02T17:00:00Z");
    private static final Cursor CURSOR = new Cursor("memory-1", 40, 12);

    private RecordDatabase database;
    private RecordWriter writer;
    private RecordQueries queries;

    /// An empty one.
    abstract DatabaseAddress fresh() throws Exception;

    /// Statements that make the database refuse records with the need `forbidden`.
    abstract String forbidding();

    @BeforeEach
    void migrate() throws Exception {
        database = new RecordDatabase(fresh());
        database.migrate();
        writer = new RecordWriter(database, "main");
        queries = new RecordQueries(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void isMigratedOnce() throws Exception {
        writer.write(List.of(SampleRecords.full("c-1", NOON)), CURSOR, NOON);
        database.migrate();
        assertEquals(1, count("contact_record"));
    }

    @Test
    void keepsARecordAsItWas() throws Exception {
        ContactRecord full = SampleRecords.full("c-1", NOON);
        ContactRecord short1 = SampleRecords.inFlow("c-2", NOON, null);
        writer.write(List.of(full, short1), CURSOR, NOON);
        assertEquals(Optional.of(full), queries.find(full.contact()));
        assertEquals(Optional.of(short1), queries.find(short1.contact()));
        assertEquals(Optional.empty(), queries.find(new ContactId("c-3")));
    }

    @Test
    void textThatNoDatabaseTakesIsMended() throws Exception {
        writer.write(List.of(SampleRecords.inFlow("c-1", NOON, "a\0b\uD800c")), CURSOR, NOON);
        assertEquals(
                Optional.of("ab\uFFFDc"), queries.find(new ContactId("c-1")).flatMap(ContactRecord::need));
    }

    @Test
    void aBatchWrittenAgainChangesNothing() throws Exception {
        ContactRecord first = SampleRecords.full("c-1", NOON);
        writer.write(List.of(first), CURSOR, NOON);
        writer.write(List.of(first, SampleRecords.inFlow("c-2", NOON, null)), new Cursor("memory-1", 41, 42), NOON);
        assertEquals(Optional.of(first), queries.find(first.contact()));
        assertEquals(2, count("contact_record"));
        assertEquals(first.segments().size() + 1, count("contact_segment"));
        assertEquals(Optional.of(new Cursor("memory-1", 41, 42)), queries.cursor("main"));
    }

    @Test
    void theCursorMovesWithTheRecordsOrNotAtAll() throws Exception {
        assertEquals(Optional.empty(), queries.cursor("main"));
        writer.write(List.of(), CURSOR, NOON);
        assertEquals(Optional.of(CURSOR), queries.cursor("main"));
        assertEquals(Optional.empty(), queries.cursor("another"));
        execute(forbidding());
        List<ContactRecord> batch =
                List.of(SampleRecords.full("c-1", NOON), SampleRecords.inFlow("c-2", NOON, "forbidden"));
        RecordRefused refused =
                assertThrows(RecordRefused.class, () -> writer.write(batch, new Cursor("memory-1", 50, 51), NOON));
        assertFalse(refused.getMessage().contains("18005550100"), refused.getMessage());
        assertFalse(refused.getMessage().contains("otra vez"), refused.getMessage());
        assertEquals(Optional.of(CURSOR), queries.cursor("main"));
        assertEquals(0, count("contact_record"));
    }

    @Test
    void earlierContactsAreToldNewestFirst() throws Exception {
        List<ContactRecord> records = new ArrayList<>();
        for (int day = 0; day < 7; day++) records.add(SampleRecords.full("c-" + day, NOON.plus(Duration.ofDays(day))));
        records.add(SampleRecords.inFlow("c-8", NOON, null));
        writer.write(records, CURSOR, NOON);
        List<ContactRecord> earlier = queries.earlier(CALLER, 5);
        assertEquals(
                List.of("c-6", "c-5", "c-4", "c-3", "c-2"),
                earlier.stream().map(one -> one.contact().value()).toList());
        assertEquals(records.get(6), earlier.getFirst());
        assertEquals(List.of(), queries.earlier(new org.helpline.records.fold.NumberHash("cd".repeat(32)), 5));
    }

    /// The night of 8 March 2026 has 23 hours in New York: 2:00 to 3:00 is left out.
    @Test
    void aDayIsWhatItIsWhereTheHelplineIs() throws Exception {
        ZoneId zone = ZoneId.of("America/New_York");
        LocalDate day = LocalDate.of(2026, 3, 8);
        Instant begin = day.atStartOfDay(zone).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        assertEquals(Duration.ofHours(23), Duration.between(begin, end));
        // Talks of 300 s with Ann and 120 s with Bob; the first day's midnight cuts Ann's, the last day's cuts Bob's.
        ContactRecord before = SampleRecords.full("c-1", begin.minusSeconds(180));
        ContactRecord after = SampleRecords.full("c-2", end.minusSeconds(500));
        writer.write(List.of(before, after), CURSOR, NOON);
        assertEquals(Map.of(Outcome.HANDLED, 1L), queries.outcomes(begin, end));
        var times = queries.agentTimes(begin, end);
        // c-1: talks from -100 s to 200 s; c-2: all of Ann's 300 s, Bob's from -60 s on.
        assertEquals(Duration.ofSeconds(200 + 300), times.get(ANN).get(Kind.TALK));
        assertEquals(Duration.ofMinutes(3), times.get(BOB).get(Kind.TALK));
        assertEquals(Duration.ofMinutes(2), times.get(ANN).get(Kind.HOLD));
        assertEquals(Duration.ofMinutes(1), times.get(ANN).get(Kind.WRAP_UP));
        var dayBefore = queries.agentTimes(begin.minus(Duration.ofDays(1)), begin);
        assertEquals(Duration.ofSeconds(100), dayBefore.get(ANN).get(Kind.TALK));
        assertEquals(new TreeMap<>(Map.of(Outcome.HANDLED, 1L)), queries.outcomes(begin.minusSeconds(180), begin));
    }

    @Test
    void whatEndedSinceIsToldWithTheLineItCameTo() throws Exception {
        ContactRecord full = SampleRecords.full("c-1", NOON);
        ContactRecord earlier = SampleRecords.full("c-2", NOON.minus(Duration.ofDays(1)));
        writer.write(List.of(full, earlier, SampleRecords.inFlow("c-3", NOON, null)), CURSOR, NOON);
        new RecordWriter(database, "another").write(List.of(SampleRecords.full("c-4", NOON)), CURSOR, NOON);
        RecordQueries.Ended ended = new RecordQueries.Ended(
                full.contact(),
                full.helpline(),
                full.queues().getFirst(),
                full.language().orElseThrow(),
                full.modality().orElseThrow(),
                full.outcome(),
                full.offeredAt().orElseThrow(),
                full.answeredAt(),
                full.endedAt());
        assertEquals(List.of(ended), queries.endedSince("main", full.endedAt(), 10));
        assertEquals(List.of(), queries.endedSince("main", full.endedAt().plusMillis(1), 10));
        assertEquals(2, queries.endedSince("main", Instant.EPOCH, 10).size());
        assertEquals(1, queries.endedSince("main", Instant.EPOCH, 1).size());
    }

    @Test
    void eachClassIsKeptItsOwnTime() throws Exception {
        Retention retention =
                new Retention(Duration.ofDays(40), Duration.ofDays(30), Duration.ofDays(10), Duration.ofDays(20));
        List<ContactRecord> records = new ArrayList<>();
        for (int age : new int[] {5, 15, 25, 35, 45}) {
            records.add(SampleRecords.full("c-" + age, NOON.minus(Duration.ofDays(age))));
        }
        writer.write(records, CURSOR, NOON);
        Purge.Done done = new Purge(database, retention).run(NOON, 100);
        assertEquals(Map.of("notes", 4L, "inquiries", 4L, "number hashes", 3L, "contacts", 1L), done.rows());
        assertFalse(done.more());
        assertEquals(Optional.of(records.getFirst()), queries.find(new ContactId("c-5")));
        ContactRecord noNotes = queries.find(new ContactId("c-15")).orElseThrow();
        assertEquals(Optional.empty(), noNotes.inquiries().getFirst().inquiry().notes());
        assertEquals(2, noNotes.inquiries().size());
        assertEquals(Optional.of(CALLER), noNotes.caller());
        ContactRecord noHash = queries.find(new ContactId("c-25")).orElseThrow();
        assertEquals(Optional.empty(), noHash.caller());
        assertEquals(2, noHash.inquiries().size());
        ContactRecord bare = queries.find(new ContactId("c-35")).orElseThrow();
        assertEquals(List.of(), bare.inquiries());
        assertEquals(records.get(3).segments(), bare.segments());
        assertEquals(Optional.empty(), queries.find(new ContactId("c-45")));
        assertEquals(0, count("contact_segment WHERE contact = 'c-45'"));
        assertTrue(new Purge(database, retention).run(NOON, 100).nothing());
    }

    @Test
    void whatIsOldGoesInBatches() throws Exception {
        List<ContactRecord> records = new ArrayList<>();
        for (int i = 0; i < 3 * Purge.BATCH; i++) records.add(SampleRecords.inFlow("c-" + i, NOON, null));
        writer.write(records, CURSOR, NOON);
        Purge purge = new Purge(database, Retention.DEFAULT);
        Instant later = NOON.plus(Retention.DEFAULT.contacts()).plus(Duration.ofDays(1));
        Purge.Done first = purge.run(later, 2);
        assertEquals(2L * Purge.BATCH, first.rows().get("contacts"));
        assertTrue(first.more());
        assertEquals(Purge.BATCH, count("contact_record"));
        assertFalse(purge.run(later, 2).more());
        assertEquals(0, count("contact_record"));
        assertEquals(0, count("contact_segment"));
    }

    private long count(String from) throws SQLException {
        try (Connection connection = database.reading();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.reading();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
