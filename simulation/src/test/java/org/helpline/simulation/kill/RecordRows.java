package org.helpline.simulation.kill;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.Segment;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.simulation.history.Observation;

/// Contact records as observations.
final class RecordRows {
    private RecordRows() {}

    /// Reads the records of all contacts that somebody knows of.
    ///
    /// @return how many records the database has in all
    static long read(Path data, Recorder seen) throws SQLException {
        Set<String> contacts = new TreeSet<>();
        for (Observation each : seen.all()) {
            switch (each) {
                case Observation.Named named -> contacts.add(named.contact());
                case Observation.Offered offer -> contacts.add(offer.contact());
                case Observation.ContactTold told -> contacts.add(told.contact());
                default -> {}
            }
        }
        try (RecordDatabase database = new RecordDatabase(new DatabaseAddress.Embedded(data.resolve("records.db")))) {
            RecordQueries queries = new RecordQueries(database);
            for (String contact : contacts) {
                queries.find(new ContactId(contact)).ifPresent(record -> seen.note(row(record)));
            }
            Instant now = Instant.now();
            return queries.outcomes(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1))).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static Observation.Row row(ContactRecord record) {
        return new Observation.Row(
                Instant.now(),
                record.contact().value(),
                word(record.outcome()),
                record.arrivedAt(),
                record.answeredAt(),
                record.endedAt(),
                record.segments().stream().map(RecordRows::part).toList());
    }

    private static Observation.Part part(Segment segment) {
        return new Observation.Part(
                word(segment.kind()),
                segment.start(),
                segment.end(),
                segment.agent().map(AgentId::value));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
