package org.helpline.app.records;

import io.vertx.core.Context;
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
    private final Journal journal;
    private final EventCodec codec;
    private final RecordedEvents events;
    private final Context owner;

    /// @param name another one for each journal that begins to number anew
    /// @param owner the context of the domain's owner
    public JournalSource(String name, Journal journal, EventCodec codec, RecordedEvents events, Context owner) {
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
            Taken taken = new Taken(fromSeq, most);
            journal.read(fromSeq, taken::take)
                    .onSuccess(_ -> {
                        if (!taken.more) atTheEnd.accept(taken.lastSeq());
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
        return new Chunk(taken.firstSeq(), taken.lastSeq(), recorded, !taken.more);
    }

    /// The first entries of what the journal gives.
    private static final class Taken {
        final List<Journal.Entry> entries = new ArrayList<>();
        private final long fromSeq;
        private final int most;
        boolean more;

        Taken(long fromSeq, int most) {
            this.fromSeq = fromSeq;
            this.most = most;
        }

        void take(Journal.Entry entry) {
            if (entries.size() < most) entries.add(entry);
            else more = true;
        }

        long firstSeq() {
            return entries.isEmpty() ? fromSeq : entries.getFirst().seq();
        }

        long lastSeq() {
            return entries.isEmpty() ? fromSeq - 1 : entries.getLast().seq();
        }
    }
}
