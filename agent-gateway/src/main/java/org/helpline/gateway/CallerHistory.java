package org.helpline.gateway;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Language;
import org.helpline.router.QueueId;

/// What records know of a caller's earlier contacts, for the agent who is offered the next one.
public interface CallerHistory {
    /// Earlier contacts that are told at most.
    int MOST = 5;

    /// Nothing is known of anybody.
    CallerHistory NONE = _ -> Future.succeededFuture(List.of());

    /// The caller's earlier contacts, newest first, at most [#MOST]; the one that is still open is not among them.
    ///
    /// Asked on any event-loop context and answered on the same one, within a bounded time. Fails when the records
    /// cannot be read in that time: nobody's offer waits for it.
    ///
    /// @param callerNumber as the carrier gave it
    Future<List<Previous>> of(String callerNumber);

    /// One earlier contact.
    ///
    /// @param at when it arrived
    /// @param topics its inquiries, in the order in which they were handed in; empty when it was left undetermined
    /// @param detail for an agent who has made sure who calls; empty when no more is kept
    record Previous(Instant at, List<String> topics, Optional<Detail> detail) {
        public Previous {
            topics = List.copyOf(topics);
        }

        public Previous(Instant at, List<String> topics) {
            this(at, topics, Optional.empty());
        }
    }

    /// @param talked with agents, all of them together
    /// @param inquiries with their outcomes and what was noted
    record Detail(QueueId queue, Language language, Duration talked, List<Inquiry> inquiries) {
        public Detail {
            inquiries = List.copyOf(inquiries);
        }
    }
}
