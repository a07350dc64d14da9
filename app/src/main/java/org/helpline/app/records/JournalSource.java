package org.helpline.app.records;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.helpline.app.owner.EventCodec;
import org.helpline.records.EventSource;
import org.helpline.store.Journal;

/// The domain's journal, as the records read it: on the owner's context, and decoded away from it.
public final class JournalSource implements EventSource {
    private static final Executor DECODERS = Thread::startVirtualThread;

    private final String name;
    private final Reading journal;
    private final EventCodec codec;
    private final RecordedEvents events;
    private final Context owner;

    /// Reads entries, those included that only memory has so far.
    public interface Reading {
        Future<List<Journal.Entry>> read(long fromSeq, int most);
    }

    /// @param name of the journal
    /// @param owner the context of the domain's owner
    public JournalSource(String name, Reading journal, EventCodec codec, RecordedEvents events, Context owner) {
        this.name = name;
        this.journal = journal;
        this.codec = codec;
        this.events = events;
        this.owner = owner;
    }

    @Override
    public String journal() {
        return name;
    }

    @Override
    public CompletableFuture<Chunk> read(long fromSeq, int most, LongConsumer atTheEnd) {
        CompletableFuture<Taken> read = new CompletableFuture<>();
        owner.runOnContext(_ -> {
            journal.read(fromSeq, most)
                    .onSuccess(entries -> {
                        Taken taken = new Taken(fromSeq, entries, entries.size() < most);
                        if (taken.end()) atTheEnd.accept(taken.lastSeq());
                        read.complete(taken);
                    })
                    .onFailure(read::completeExceptionally);
        });
        return read.thenApplyAsync(this::chunk, DECODERS);
    }

    private Chunk chunk(Taken taken) {
        List<Numbered> recorded = new ArrayList<>();
        for (Journal.Entry entry : taken.entries) {
            events.of(codec.decode(new EventCodec.Encoded(entry.type(), entry.version(), entry.body())))
                    .ifPresent(event -> recorded.add(new Numbered(entry.seq(), event)));
        }
        return new Chunk(taken.firstSeq(), taken.lastSeq(), recorded, taken.end());
    }

    /// @param end the journal had no more when it was asked
    private record Taken(long fromSeq, List<Journal.Entry> entries, boolean end) {
        long firstSeq() {
            return entries.isEmpty() ? fromSeq : entries.getFirst().seq();
        }

        long lastSeq() {
            return entries.isEmpty() ? fromSeq - 1 : entries.getLast().seq();
        }
    }
}
