package org.helpline.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/// What somebody who is not the owner gets to see of a store.
public final class ReadOnly {
    private ReadOnly() {}

    public static DomainStore.Opened of(DomainStore.Opened opened) {
        return new DomainStore.Opened(
                new ReadOnlyJournal(opened.journal()), new ReadOnlySnapshots(opened.snapshots()), opened.findings());
    }

    private static <T> Future<T> refused() {
        return Future.failedFuture(new JournalFailure(
                JournalFailure.Kind.FENCED, "the store was opened to look at, and not as its owner"));
    }

    private record ReadOnlyJournal(Journal journal) implements Journal {
        @Override
        public String name() {
            return journal.name();
        }

        @Override
        public Future<Void> append(List<Entry> batch) {
            return refused();
        }

        @Override
        public Future<List<Entry>> read(long fromSeq, int most) {
            return journal.read(fromSeq, most);
        }

        @Override
        public Future<Void> trim(long beforeSeq) {
            return refused();
        }

        @Override
        public Future<Void> restartAt(long nextSeq) {
            return refused();
        }

        @Override
        public Future<Size> size() {
            return journal.size();
        }
    }

    private record ReadOnlySnapshots(Snapshots snapshots) implements Snapshots {
        @Override
        public Future<Void> save(Snapshot snapshot) {
            return refused();
        }

        @Override
        public Future<Optional<Snapshot>> newest(long upTo) {
            return snapshots.newest(upTo);
        }
    }
}
