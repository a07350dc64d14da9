package org.helpline.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The journal of a routing domain: append-only, ordered, opaque bytes.
///
/// Threading: called on one context; futures complete on it, in the order of the appends.
public interface Journal {

    /// Appends one turn's entries as one batch: all or none. Appends may be pipelined; their futures complete in order.
    Future<Void> append(List<Entry> batch);

    /// Reads every entry from `fromSeq` on, in order.
    Future<Void> read(long fromSeq, Consumer<Entry> each);

    /// @param domain the routing domain
    /// @param epoch of the owner that wrote it
    /// @param seq grows by one with each entry of a domain, from 1
    /// @param at when it happened
    /// @param contact the contact it belongs to, if to one
    /// @param type name of the event type
    /// @param version of that type's encoding, from 1
    /// @param body the encoded event
    record Entry(
            String domain,
            long epoch,
            long seq,
            Instant at,
            Optional<String> contact,
            String type,
            int version,
            Buffer body) {}
}
