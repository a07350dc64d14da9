package org.helpline.records.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.HandledInquiry;
import org.helpline.records.fold.NumberHash;
import org.helpline.records.fold.Segment;

/// Writes records and the cursor of their journal, in one transaction.
///
/// A record that is there already stays as it is, so that a batch whose commit was not acknowledged can be
/// written again.
public final class RecordWriter {
    private static final String RECORD = """
            INSERT INTO contact_record (contact, domain, helpline, called, caller_hash, language, modality, need,
              outcome, reason, arrived_ms, offered_ms, answered_ms, ended_ms, queue_wait_ms, talk_ms, hold_ms,
              wrap_up_ms, requeues, transfers, consults, dropped_segments)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (contact) DO NOTHING""";
    private static final String SEGMENT = """
            INSERT INTO contact_segment (contact, ordinal, kind, start_ms, end_ms, agent, queue, by_agent, to_agent,
              consult, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (contact, ordinal) DO NOTHING""";
    private static final String INQUIRY = """
            INSERT INTO contact_inquiry (contact, ordinal, at_ms, agent, inquiry, outcome, escalated_to, referred_to,
              notes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (contact, ordinal) DO NOTHING""";
    private static final String CURSOR = """
            INSERT INTO record_cursor (domain, journal, seq, resume_seq, written_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (domain) DO UPDATE SET journal = excluded.journal, seq = excluded.seq,
              resume_seq = excluded.resume_seq, written_ms = excluded.written_ms""";

    private final RecordDatabase database;
    private final String domain;

    public RecordWriter(RecordDatabase database, String domain) {
        this.database = database;
        this.domain = domain;
    }

    /// @throws RecordRefused when the database will not have one of them, now or later
    /// @throws SQLException when it could not be written now
    public void write(List<ContactRecord> records, Cursor cursor, Instant now) throws SQLException, RecordRefused {
        try {
            database.transaction(connection -> {
                records(connection, records);
                cursor(connection, cursor, now);
                return null;
            });
        } catch (SQLException failure) {
            if (RecordDatabase.refused(failure)) throw new RecordRefused(RecordDatabase.told(failure), failure);
            throw failure;
        }
    }

    /// The database will not have a record of the batch; none of it was written.
    public static final class RecordRefused extends Exception {
        private static final long serialVersionUID = 1;

        RecordRefused(String message, SQLException cause) {
            super(message, cause);
        }
    }

    private void records(Connection connection, List<ContactRecord> records) throws SQLException {
        if (records.isEmpty()) return;
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            for (ContactRecord record : records) {
                bind(new Parameters(statement), record);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (PreparedStatement statement = connection.prepareStatement(SEGMENT)) {
            for (ContactRecord record : records) segments(statement, record);
            statement.executeBatch();
        }
        if (records.stream().allMatch(record -> record.inquiries().isEmpty())) return;
        try (PreparedStatement statement = connection.prepareStatement(INQUIRY)) {
            for (ContactRecord record : records) inquiries(statement, record);
            statement.executeBatch();
        }
    }

    private void bind(Parameters to, ContactRecord record) throws SQLException {
        to.text(record.contact().value());
        to.text(domain);
        to.text(record.helpline().value());
        to.text(record.called());
        to.text(record.caller().map(NumberHash::hex));
        to.text(record.language());
        to.text(record.modality().map(RecordWriter::word));
        to.text(record.need());
        to.text(word(record.outcome()));
        to.text(record.reason());
        to.time(record.arrivedAt());
        to.time(record.offeredAt());
        to.time(record.answeredAt());
        to.time(record.endedAt());
        to.number(record.totals().queueWait().toMillis());
        to.number(record.totals().talk().toMillis());
        to.number(record.totals().hold().toMillis());
        to.number(record.totals().wrapUp().toMillis());
        to.number(record.totals().requeues());
        to.number(record.totals().transfers());
        to.number(record.totals().consults());
        to.number(record.droppedSegments());
    }

    private static void segments(PreparedStatement statement, ContactRecord record) throws SQLException {
        int ordinal = 0;
        for (Segment segment : record.segments()) {
            Parameters to = new Parameters(statement);
            to.text(record.contact().value());
            to.number(++ordinal);
            to.text(word(segment.kind()));
            to.time(segment.start());
            to.time(segment.end());
            to.text(segment.agent().map(Object::toString));
            to.text(segment.queue().map(Object::toString));
            to.text(segment.by().map(Object::toString));
            to.text(segment.to().map(Object::toString));
            to.text(segment.consult().map(Object::toString));
            to.text(segment.outcome());
            statement.addBatch();
        }
    }

    private static void inquiries(PreparedStatement statement, ContactRecord record) throws SQLException {
        int ordinal = 0;
        for (HandledInquiry handled : record.inquiries()) {
            Parameters to = new Parameters(statement);
            to.text(record.contact().value());
            to.number(++ordinal);
            to.time(handled.at());
            to.text(handled.agent().value());
            to.text(handled.inquiry().inquiry());
            to.text(word(handled.inquiry().outcome()));
            to.text(handled.inquiry().escalatedTo());
            to.text(handled.inquiry().referredTo());
            to.text(handled.inquiry().notes());
            statement.addBatch();
        }
    }

    private void cursor(Connection connection, Cursor cursor, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CURSOR)) {
            Parameters to = new Parameters(statement);
            to.text(domain);
            to.text(cursor.journal());
            to.number(cursor.seq());
            to.number(cursor.resumeSeq());
            to.time(now);
            statement.executeUpdate();
        }
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A statement's parameters, one after the other.
    private static final class Parameters {
        private final PreparedStatement statement;
        private int index;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        void text(String value) throws SQLException {
            statement.setString(++index, storable(value));
        }

        void text(Optional<String> value) throws SQLException {
            if (value.isPresent()) text(value.get());
            else statement.setNull(++index, Types.VARCHAR);
        }

        void number(long value) throws SQLException {
            statement.setLong(++index, value);
        }

        void time(Instant value) throws SQLException {
            number(value.toEpochMilli());
        }

        void time(Optional<Instant> value) throws SQLException {
            if (value.isPresent()) time(value.get());
            else statement.setNull(++index, Types.BIGINT);
        }
    }

    /// PostgreSQL has no zero character, and half of a surrogate pair is no text anywhere.
    static String storable(String text) {
        boolean fits = text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
        if (fits) return text;
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0)
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
