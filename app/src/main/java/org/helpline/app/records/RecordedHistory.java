package org.helpline.app.records;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.gateway.CallerHistory;
import org.helpline.records.NumberHashes;
import org.helpline.records.Records;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.HandledInquiry;
import org.helpline.records.fold.NumberHash;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Language;

/// Answers the gateway out of the records.
public final class RecordedHistory implements CallerHistory {
    /// An offer is out for some 20 s, and its agent reads the rest meanwhile.
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Records records;
    private final NumberHashes hashes;

    public RecordedHistory(Vertx vertx, Records records, NumberHashes hashes) {
        this.vertx = vertx;
        this.records = records;
        this.hashes = hashes;
    }

    @Override
    public Future<List<Previous>> of(String callerNumber) {
        Optional<NumberHash> caller = hashes.of(callerNumber);
        if (caller.isEmpty()) return Future.succeededFuture(List.of());
        return Future.fromCompletionStage(
                records.earlier(caller.get(), MOST, WITHIN)
                        .thenApply(earlier ->
                                earlier.stream().map(RecordedHistory::told).toList()),
                vertx.getOrCreateContext());
    }

    /// A call that never came to a line has no detail worth telling.
    private static Previous told(ContactRecord record) {
        List<Inquiry> inquiries =
                record.inquiries().stream().map(HandledInquiry::inquiry).toList();
        Optional<Detail> detail = record.queues().isEmpty()
                ? Optional.empty()
                : record.language()
                        .map(language -> new Detail(
                                record.queues().getLast(),
                                new Language(language),
                                record.totals().talk(),
                                inquiries));
        return new Previous(
                record.arrivedAt(), inquiries.stream().map(Inquiry::inquiry).toList(), detail);
    }
}
