package org.helpline.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.store.JournalFailure.Kind;

/// One process's view of contents in memory, which outlive it as a server's would: for tests and simulation. What can
/// go wrong is done to the [InMemoryContents].
public final class InMemoryStore implements DomainStore {
    private final InMemoryContents contents;
    private final Delay delay;
    private boolean closed;

    /// Lets time pass: how a lease that is held is waited for.
    public interface Delay {
        void after(Duration delay, Runnable task);
    }

    /// Waits for nobody: a lease that is held is refused at once.
    public InMemoryStore(InMemoryContents contents) {
        this(contents, (_, task) -> task.run());
    }

    public InMemoryStore(InMemoryContents contents, Delay delay) {
        this.contents = contents;
        this.delay = delay;
    }

    @Override
    public Lease lease() {
        return new MemoryLease();
    }

    @Override
    public Future<Opened> open(long epoch) {
        return contents.ask(() -> {
            if (!contents.fenceBelow(epoch)) return fenced(epoch);
            return Future.succeededFuture(
                    new Opened(new MemoryJournal(epoch), new MemorySnapshots(epoch), contents.findings()));
        });
    }

    @Override
    public Future<Opened> look() {
        return contents.ask(() -> Future.succeededFuture(ReadOnly.of(new Opened(
                new MemoryJournal(contents.epoch()), new MemorySnapshots(contents.epoch()), contents.findings()))));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }

    private <T> Future<T> asOwner(long epoch, Supplier<Future<T>> work) {
        if (closed) return away("this store was closed");
        return contents.ask(() -> contents.isFenced(epoch) ? fenced(epoch) : work.get());
    }

    private <T> Future<T> fenced(long epoch) {
        return failed(
                Kind.FENCED, "epoch " + epoch + " is over: the domain has an owner with epoch " + contents.epoch());
    }

    static <T> Future<T> away(String message) {
        return failed(Kind.AWAY, message);
    }

    static <T> Future<T> failed(Kind kind, String message) {
        return Future.failedFuture(new JournalFailure(kind, message));
    }

    private final class MemoryJournal implements Journal {
        private final long epoch;

        private MemoryJournal(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public String name() {
            return contents.name();
        }

        @Override
        public Future<Void> append(List<Entry> batch) {
            List<Entry> whole = List.copyOf(batch);
            return asOwner(epoch, () -> contents.append(whole)).onFailure(why -> contents.notWritten(whole, why));
        }

        @Override
        public Future<List<Entry>> read(long fromSeq, int most) {
            if (closed) return away("this store was closed");
            return contents.ask(() -> Future.succeededFuture(contents.read(fromSeq, most)));
        }

        @Override
        public Future<Void> trim(long beforeSeq) {
            return asOwner(epoch, () -> contents.trim(beforeSeq));
        }

        @Override
        public Future<Void> restartAt(long nextSeq) {
            return asOwner(epoch, () -> contents.restartAt(nextSeq));
        }

        @Override
        public Future<Size> size() {
            if (closed) return away("this store was closed");
            return contents.ask(() -> Future.succeededFuture(contents.size()));
        }
    }

    private final class MemorySnapshots implements Snapshots {
        private final long epoch;

        private MemorySnapshots(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public Future<Void> save(Snapshot snapshot) {
            return asOwner(epoch, () -> contents.save(snapshot));
        }

        @Override
        public Future<Optional<Snapshot>> newest(long upTo) {
            if (closed) return away("this store was closed");
            return contents.ask(() -> Future.succeededFuture(contents.newest(upTo)));
        }
    }

    private final class MemoryLease implements Lease {

        @Override
        public Future<Long> take(Duration patience) {
            Promise<Long> taken = Promise.promise();
            OptionalLong epoch = contents.takeLease(InMemoryStore.this);
            if (epoch.isPresent()) return Future.succeededFuture(epoch.getAsLong());
            contents.whenFree(() -> takeIfWaiting(taken));
            delay.after(
                    patience,
                    () -> taken.tryFail(
                            new Held("another owner in this memory has it, with epoch " + contents.epoch())));
            return taken.future();
        }

        private void takeIfWaiting(Promise<Long> taken) {
            if (taken.future().isComplete()) return;
            OptionalLong epoch = contents.takeLease(InMemoryStore.this);
            if (epoch.isPresent()) taken.tryComplete(epoch.getAsLong());
            else contents.whenFree(() -> takeIfWaiting(taken));
        }

        @Override
        public void whenLost(Consumer<String> why) {
            contents.whenLost(InMemoryStore.this, why);
        }

        @Override
        public Future<Void> release() {
            contents.releaseLease(InMemoryStore.this);
            return Future.succeededFuture();
        }
    }
}
