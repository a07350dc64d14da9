package org.helpline.records;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.helpline.records.fold.Recorded;

/// The journal, as records read it: to know what was before, and what they missed.
public interface EventSource {

    /// Names the journal: events of another one have other numbers.
    String journal();

    /// Reads on. When the journal has no more than what is answered, `atTheEnd` gets the last event's
    /// place, on the context on which everybody is told of new ones.
    ///
    /// @param fromSeq the first event that is wanted
    /// @param most entries that are looked at
    CompletableFuture<Chunk> read(long fromSeq, int most, LongConsumer atTheEnd);

    /// @param seq its place in the journal
    record Numbered(long seq, Recorded event) {}

    /// Entries that follow each other.
    ///
    /// @param firstSeq of the first entry; above what was asked for when the journal has not kept that long
    /// @param lastSeq of the last entry; below `firstSeq` when there is none
    /// @param events those among them that make records
    /// @param end whether the journal had no more
    record Chunk(long firstSeq, long lastSeq, List<Numbered> events, boolean end) {
        public Chunk {
            events = List.copyOf(events);
        }
    }
}
