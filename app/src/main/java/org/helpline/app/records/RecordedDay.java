package org.helpline.app.records;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.helpline.gateway.DayHistory;
import org.helpline.records.Records;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.sql.RecordQueries.Ended;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.Language;

/// Tells the gateway of the day out of the records.
public final class RecordedDay implements DayHistory {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Records records;
    private final long seq;

    /// @param seq the last entry of the journal that the gateway does not count by itself
    public RecordedDay(Vertx vertx, Records records, long seq) {
        this.vertx = vertx;
        this.records = records;
        this.seq = seq;
    }

    @Override
    public Future<List<Past>> endedSince(Instant from) {
        if (records.doneSeq() < seq) {
            return Future.failedFuture(
                    new IllegalStateException("the records are at entry " + records.doneSeq() + " of " + seq));
        }
        return Future.fromCompletionStage(
                records.endedSince(from, MOST, WITHIN)
                        .thenApply(
                                ended -> ended.stream().map(RecordedDay::told).toList()),
                vertx.getOrCreateContext());
    }

    private static Past told(Ended ended) {
        return new Past(
                ended.contact(),
                ended.helpline(),
                ended.queue(),
                new Language(ended.language()),
                ended.modality(),
                ended.offeredAt(),
                ended.answeredAt(),
                ended.endedAt(),
                outcome(ended.outcome()));
    }

    private static ContactOutcome outcome(Outcome outcome) {
        return switch (outcome) {
            case HANDLED -> ContactOutcome.HANDLED;
            case ABANDONED, SHORT_ABANDONED -> ContactOutcome.ABANDONED;
            case TRANSFERRED_OUT -> ContactOutcome.TRANSFERRED_OUT;
            case LOST -> ContactOutcome.LOST;
            case ENDED_IN_IVR -> throw new IllegalArgumentException("it came to no line");
        };
    }
}
