package org.helpline.gateway;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.ContactId;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;

/// What records know of contacts that are over, for the wallboard's figures of the day.
public interface DayHistory {
    /// Contacts that are told at most: more than a day has.
    int MOST = 100_000;

    /// There are no records.
    DayHistory NONE = _ -> Future.failedFuture(new IllegalStateException("there are no records"));

    /// Contacts that came to a queue, ended at or after that time and have a record, in any order. A contact whose
    /// wrap-up goes on has none yet.
    ///
    /// Asked on the gateway's context and answered on the same one, within a bounded time. Fails when the records
    /// cannot be read in that time, are more than [#MOST], or have not yet taken in what was before this start.
    Future<List<Past>> endedSince(Instant from);

    /// @param queue the first one it came to
    /// @param queuedAt when it came there
    record Past(
            ContactId contact,
            HelplineId helpline,
            QueueId queue,
            Language language,
            Modality modality,
            Instant queuedAt,
            Optional<Instant> answeredAt,
            Instant endedAt,
            ContactOutcome outcome) {}
}
