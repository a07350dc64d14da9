package org.helpline.app.run;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.records.JournalSource;
import org.helpline.app.records.RecordedDay;
import org.helpline.app.records.RecordedEvents;
import org.helpline.app.records.RecordedHistory;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.config.Configuration;
import org.helpline.gateway.CallerHistory;
import org.helpline.gateway.DayHistory;
import org.helpline.records.NumberHashes;
import org.helpline.records.RecordHealth;
import org.helpline.records.Records;
import org.helpline.records.sql.DatabaseAddress;

/// The contact records of this Helpline.
final class RunningRecords implements TurnListener {
    /// What a number is called in records that no helpline claims: it may be anything a caller dialled.
    private static final String OTHER_NUMBER = "other";

    private static final Duration WRITE_WITHIN = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final RecordedEvents events;
    private final Records records;
    private final CallerHistory history;
    private volatile Set<String> numbers;

    RunningRecords(
            Vertx vertx,
            Configuration configuration,
            NumberHashes hashes,
            String journal,
            JournalSource.Reading reading,
            EventCodec codec,
            Context owner) {
        this.vertx = vertx;
        takeNumbers(configuration);
        events = new RecordedEvents(hashes, called -> numbers.contains(called) ? called : OTHER_NUMBER);
        records = new Records(
                configuration.domain().domain(),
                new JournalSource(journal, reading, codec, events, owner),
                configuration
                        .records()
                        .database()
                        .map(server -> (DatabaseAddress) server)
                        .orElse(new DatabaseAddress.Embedded(
                                configuration.data().resolve("records.db"))),
                configuration.serviceLevel().shortAbandon(),
                configuration.records().retention(),
                Clock.systemUTC());
        history = new RecordedHistory(vertx, records, hashes);
    }

    void takeNumbers(Configuration configuration) {
        numbers = configuration.helplines().values().stream()
                .flatMap(helpline -> helpline.numbers().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    void start() {
        records.start();
    }

    /// The newest entry of this journal that is in the database; 0 when none is.
    CompletableFuture<Long> knownSeq(String journal, Duration within) {
        return records.knownSeq(journal, within);
    }

    /// The first entry of the journal that the records still need.
    long neededSeq() {
        return records.neededSeq();
    }

    CallerHistory history() {
        return history;
    }

    /// @param seq the last entry of the journal that the gateway does not count by itself
    DayHistory day(long seq) {
        return new RecordedDay(vertx, records, seq);
    }

    RecordHealth health() {
        return records.health();
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        throw new IllegalStateException("records need to know where events stand in the journal");
    }

    @Override
    public void onTurn(long firstSeq, List<DomainEvent> turn) {
        records.tell(events.of(turn, firstSeq), firstSeq + turn.size() - 1);
    }

    void close() {
        records.close(WRITE_WITHIN);
    }
}
