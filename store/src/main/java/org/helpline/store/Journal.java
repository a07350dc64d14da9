package org.helpline.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The journal of a routing domain: append-only, ordered, opaque bytes. Entries are numbered without a gap; old ones
/// leave by [#trim] alone.
///
/// Threading: called on one context; futures complete on it, those of appends in their order. A failed future carries
/// a [JournalFailure].
public interface Journal {

    /// Of this numbering: a journal that begins to number anew has another name. Whoever remembers a place in the
    /// journal remembers the name with it.
    String name();

    /// Appends one turn's entries as one batch: all or none. Appends may be pipelined. A batch that is there already,
    /// entry by entry, is acknowledged again, so that one whose answer was lost can be repeated. What was pipelined
    /// behind a batch that failed as [JournalFailure.Kind#AWAY] fails as that too, and not as a gap.
    Future<Void> append(List<Entry> batch);

    /// The entries from `fromSeq` on, in order, `most` of them at most; the first kept one when older are asked for.
    Future<List<Entry>> read(long fromSeq, int most);

    /// Entries before this one may go. Those that are kept stay without a gap.
    Future<Void> trim(long beforeSeq);

    /// Gives up every entry; the next one appended has this number, which is above all that were ever given. What came
    /// before is in a snapshot then, saved already.
    Future<Void> restartAt(long nextSeq);

    Future<Size> size();

    /// @param firstSeq of the oldest kept entry; that of the next one to come when there is none
    /// @param lastSeq of the newest entry; one less than `firstSeq` when there is none
    /// @param bytes that the store takes for them, as far as it can tell
    record Size(long firstSeq, long lastSeq, long bytes) {
        public long entries() {
            return lastSeq - firstSeq + 1;
        }
    }

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
