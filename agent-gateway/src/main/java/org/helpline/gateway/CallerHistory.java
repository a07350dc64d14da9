package org.helpline.gateway;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

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

    /// One earlier contact: its date and what it was about, nothing else.
    ///
    /// @param at when it arrived
    /// @param topics its inquiries, in the order in which they were handed in; empty when it was left undetermined
    record Previous(Instant at, List<String> topics) {
        public Previous {
            topics = List.copyOf(topics);
        }
    }
}
