package org.helpline.records.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.HandledInquiry;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.ContactRecord.Totals;
import org.helpline.records.fold.NumberHash;
import org.helpline.records.fold.Segment;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;

/// Reads records.
public final class RecordQueries {
    private static final String EARLIER =
            "SELECT contact FROM contact_record WHERE caller_hash = ? ORDER BY arrived_ms DESC, contact DESC LIMIT ?";
    private static final String OUTCOMES = """
            SELECT outcome, COUNT(*) FROM contact_record WHERE arrived_ms >= ? AND arrived_ms < ? GROUP BY outcome""";
    private static final String AGENT_TIMES = """
            SELECT agent, kind,
              SUM((CASE WHEN end_ms < ? THEN end_ms ELSE ? END) - (CASE WHEN start_ms > ? THEN start_ms ELSE ? END))
            FROM contact_segment
            WHERE agent IS NOT NULL AND start_ms < ? AND end_ms > ?
            GROUP BY agent, kind""";

    private static final String ENDED = """
            SELECT contact, helpline, language, modality, outcome, offered_ms, answered_ms, ended_ms,
              (SELECT queue FROM contact_segment segment
               WHERE segment.contact = record.contact AND segment.kind = 'queue'
               ORDER BY segment.ordinal LIMIT 1) AS first_queue
            FROM contact_record record
            WHERE ended_ms >= ? AND domain = ? AND offered_ms IS NOT NULL
            LIMIT ?""";

    private final RecordDatabase database;

    public RecordQueries(RecordDatabase database) {
        this.database = database;
    }

    /// A caller's records, newest first.
    ///
    /// @param most few: each is read as a whole
    public List<ContactRecord> earlier(NumberHash caller, int most) throws SQLException {
        List<ContactRecord> records = new ArrayList<>();
        for (ContactId contact : earlierContacts(caller, most)) find(contact).ifPresent(records::add);
        return records;
    }

    private List<ContactId> earlierContacts(NumberHash caller, int most) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement statement = connection.prepareStatement(EARLIER)) {
            statement.setString(1, caller.hex());
            statement.setInt(2, most);
            List<ContactId> contacts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) contacts.add(new ContactId(rows.getString(1)));
            }
            return contacts;
        }
    }

    /// Contacts that arrived in that time, by how they ended.
    ///
    /// @param from inclusive; a day begins at its first moment in the helpline's zone, which need not be
    /// midnight
    /// @param to exclusive
    public SortedMap<Outcome, Long> outcomes(Instant from, Instant to) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement statement = connection.prepareStatement(OUTCOMES)) {
            statement.setLong(1, from.toEpochMilli());
            statement.setLong(2, to.toEpochMilli());
            SortedMap<Outcome, Long> counts = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) counts.put(constant(Outcome.class, rows.getString(1)), rows.getLong(2));
            }
            return counts;
        }
    }

    /// A contact that came to a line and is over.
    ///
    /// @param queue of its first line
    public record Ended(
            ContactId contact,
            HelplineId helpline,
            QueueId queue,
            String language,
            Modality modality,
            Outcome outcome,
            Instant offeredAt,
            Optional<Instant> answeredAt,
            Instant endedAt) {}

    /// Contacts that came to a line and ended at or after that time, in any order.
    public List<Ended> endedSince(String domain, Instant from, int most) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement statement = connection.prepareStatement(ENDED)) {
            statement.setLong(1, from.toEpochMilli());
            statement.setString(2, domain);
            statement.setInt(3, most);
            List<Ended> ended = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) ended(row).ifPresent(ended::add);
            }
            return ended;
        }
    }

    /// Empty when a segment too many was left out and with it the first line, or the language is not known.
    private static Optional<Ended> ended(ResultSet row) throws SQLException {
        Optional<String> queue = text(row, "first_queue");
        Optional<String> language = text(row, "language");
        Optional<String> modality = text(row, "modality");
        if (queue.isEmpty() || language.isEmpty() || modality.isEmpty()) return Optional.empty();
        return Optional.of(new Ended(
                new ContactId(row.getString("contact")),
                new HelplineId(row.getString("helpline")),
                new QueueId(queue.get()),
                language.get(),
                constant(Modality.class, modality.get()),
                constant(Outcome.class, row.getString("outcome")),
                time(row, "offered_ms").orElseThrow(),
                time(row, "answered_ms"),
                time(row, "ended_ms").orElseThrow()));
    }

    /// What agents did in that time: of a segment that reaches beyond it, the part inside counts.
    public SortedMap<AgentId, SortedMap<Segment.Kind, Duration>> agentTimes(Instant from, Instant to)
            throws SQLException {
        long begin = from.toEpochMilli();
        long end = to.toEpochMilli();
        try (Connection connection = database.reading();
                PreparedStatement statement = connection.prepareStatement(AGENT_TIMES)) {
            long[] parameters = {end, end, begin, begin, end, begin};
            for (int i = 0; i < parameters.length; i++) statement.setLong(i + 1, parameters[i]);
            SortedMap<AgentId, SortedMap<Segment.Kind, Duration>> times = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    times.computeIfAbsent(new AgentId(rows.getString(1)), _ -> new TreeMap<>())
                            .put(constant(Segment.Kind.class, rows.getString(2)), Duration.ofMillis(rows.getLong(3)));
                }
            }
            return times;
        }
    }

    public Optional<Cursor> cursor(String domain) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT journal, seq, resume_seq FROM record_cursor WHERE domain = ?")) {
            statement.setString(1, domain);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Cursor(rows.getString(1), rows.getLong(2), rows.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /// One record as a whole.
    public Optional<ContactRecord> find(ContactId contact) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM contact_record WHERE contact = ?")) {
            statement.setString(1, contact.value());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) return Optional.empty();
                return Optional.of(new ContactRecord(
                        contact,
                        new HelplineId(row.getString("helpline")),
                        row.getString("called"),
                        text(row, "caller_hash").map(NumberHash::new),
                        text(row, "language"),
                        text(row, "modality").map(word -> constant(Modality.class, word)),
                        text(row, "need"),
                        constant(Outcome.class, row.getString("outcome")),
                        text(row, "reason"),
                        time(row, "arrived_ms").orElseThrow(),
                        time(row, "offered_ms"),
                        time(row, "answered_ms"),
                        time(row, "ended_ms").orElseThrow(),
                        new Totals(
                                length(row, "queue_wait_ms"),
                                length(row, "talk_ms"),
                                length(row, "hold_ms"),
                                length(row, "wrap_up_ms"),
                                row.getInt("requeues"),
                                row.getInt("transfers"),
                                row.getInt("consults")),
                        segments(connection, contact),
                        row.getInt("dropped_segments"),
                        inquiries(connection, contact)));
            }
        }
    }

    private static List<Segment> segments(Connection connection, ContactId contact) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT * FROM contact_segment WHERE contact = ? ORDER BY ordinal")) {
            statement.setString(1, contact.value());
            List<Segment> segments = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    segments.add(new Segment(
                            constant(Segment.Kind.class, row.getString("kind")),
                            time(row, "start_ms").orElseThrow(),
                            time(row, "end_ms").orElseThrow(),
                            text(row, "agent").map(AgentId::new),
                            text(row, "queue").map(QueueId::new),
                            text(row, "by_agent").map(AgentId::new),
                            text(row, "to_agent").map(AgentId::new),
                            text(row, "consult").map(ContactId::new),
                            text(row, "outcome")));
                }
            }
            return segments;
        }
    }

    private static List<HandledInquiry> inquiries(Connection connection, ContactId contact) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT * FROM contact_inquiry WHERE contact = ? ORDER BY ordinal")) {
            statement.setString(1, contact.value());
            List<HandledInquiry> inquiries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Inquiry inquiry = new Inquiry(
                            row.getString("inquiry"),
                            constant(InquiryOutcome.class, row.getString("outcome")),
                            text(row, "escalated_to"),
                            text(row, "referred_to"),
                            text(row, "notes"));
                    inquiries.add(new HandledInquiry(
                            time(row, "at_ms").orElseThrow(), new AgentId(row.getString("agent")), inquiry));
                }
            }
            return inquiries;
        }
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
    }

    private static Duration length(ResultSet row, String column) throws SQLException {
        return Duration.ofMillis(row.getLong(column));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
