package org.helpline.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.records.RecordedEvents;
import org.helpline.records.NumberHashes;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.RecordFold;
import org.helpline.records.fold.Segment;
import org.helpline.simulation.history.Observation.Part;
import org.helpline.simulation.history.Observation.Row;
import org.helpline.store.Journal;

/// The contact records that a journal leads to.
final class RecordRows {
    private static final Duration SHORT_ABANDON = Duration.ofSeconds(10);

    private RecordRows() {}

    /// @param entries in their order; numbers that are left out were lost
    static List<Row> of(Collection<Journal.Entry> entries, Instant readAt) {
        EventCodec codec = new JsonEventCodec();
        RecordedEvents recorded = new RecordedEvents(new NumberHashes(new byte[32]), called -> called);
        RecordFold fold = new RecordFold(SHORT_ABANDON);
        List<ContactRecord> complete = new ArrayList<>();
        for (Journal.Entry entry : entries) {
            recorded.of(codec.decode(new EventCodec.Encoded(entry.type(), entry.version(), entry.body())))
                    .ifPresent(event -> complete.addAll(fold.apply(entry.seq(), event)));
        }
        complete.addAll(fold.turnOver());
        return complete.stream().map(record -> row(record, readAt)).toList();
    }

    private static Row row(ContactRecord record, Instant readAt) {
        List<Part> parts = record.segments().stream().map(RecordRows::part).toList();
        return new Row(
                readAt,
                record.contact().value(),
                word(record.outcome()),
                record.arrivedAt(),
                record.answeredAt(),
                record.endedAt(),
                parts);
    }

    private static Part part(Segment segment) {
        Optional<String> agent = segment.agent().map(Object::toString);
        return new Part(word(segment.kind()), segment.start(), segment.end(), agent);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
