package org.helpline.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;

/// Snapshots of a routing domain's state: opaque bytes, each with the place in the journal that it includes.
///
/// Threading: as [Journal].
public interface Snapshots {

    /// Keeps it, and the one before it. All or nothing: what cannot be read whole is as if it had not been saved.
    Future<Void> save(Snapshot snapshot);

    /// The newest that can be read whole and whose `seq` is at most `upTo`.
    Future<Optional<Snapshot>> newest(long upTo);

    /// @param seq of the last journal entry that is in it; 0 before the first
    /// @param epoch of the owner that made it
    /// @param at when it was made
    /// @param version of the encoding, from 1
    record Snapshot(long seq, long epoch, Instant at, int version, Buffer body) {}
}
