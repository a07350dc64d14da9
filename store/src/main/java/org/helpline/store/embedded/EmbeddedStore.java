package org.helpline.store.embedded;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.store.AcknowledgementMark;
import org.helpline.store.DomainStore;
import org.helpline.store.JournalFailure;
import org.helpline.store.Lease;
import org.helpline.store.ReadOnly;
import org.helpline.store.Snapshots;

/// Journal, snapshots and lease of one node, in its data folder.
///
/// | file | |
/// |---|---|
/// | `journal.db`, `-wal`, `-shm` | the journal, in SQLite; an acknowledged entry is on the disk |
/// | `journal.mark` | the highest acknowledged entry |
/// | `snapshots/SEQ.snapshot` | the state of the domain after entry SEQ, the newest two |
/// | `helpline.lock` | locked by the owner, and says who that is |
/// | `helpline.epoch` | the epoch of the newest owner |
/// | `journal.db.damaged-TIME` | what was set aside as damaged, the newest three |
public final class EmbeddedStore implements DomainStore {
    private final Vertx vertx;
    private final DataFolder folder;
    private final SnapshotFiles files;
    private final Worker worker;
    private final FileLease lease;
    private Optional<EmbeddedJournal> journal = Optional.empty();
    private Optional<JournalView> view = Optional.empty();

    /// @param folder the data folder; it is made when it is missing
    public EmbeddedStore(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.folder = new DataFolder(folder);
        files = new SnapshotFiles(this.folder.snapshots());
        worker = new Worker(vertx, "helpline-store-files");
        lease = new FileLease(vertx, this.folder, worker, EmbeddedStore::highestEpoch);
    }

    @Override
    public Lease lease() {
        return lease;
    }

    @Override
    public Future<Opened> open(long epoch) {
        Future<Void> before = journal.map(EmbeddedJournal::close).orElseGet(Future::succeededFuture);
        EmbeddedJournal opening = new EmbeddedJournal(vertx);
        journal = Optional.of(opening);
        List<String> told = new ArrayList<>();
        return before.compose(_ -> opening.open(() -> writer(epoch, told))).map(found -> {
            told.addAll(found.told());
            return new Opened(
                    opening,
                    new FileSnapshots(Optional.of(opening)),
                    new Findings(found.lastSeq(), found.acknowledgedSeq(), told));
        });
    }

    private JournalWriter writer(long epoch, List<String> told) throws Exception {
        folder.prepare();
        AcknowledgementMark mark = new AcknowledgementMark(folder.mark());
        mark.damage().ifPresent(told::add);
        if (lease.isHeld()) told.addAll(files.setDamagedAside(Instant.now()));
        return new JournalWriter(new JournalOpening(folder, lease::tryHold), files, mark, epoch, lease::isHeld);
    }

    @Override
    public Future<Opened> look() {
        return worker.submit(() -> JournalView.open(folder, files, worker)).map(seen -> {
            view = Optional.of(seen);
            return ReadOnly.of(new Opened(seen, new FileSnapshots(Optional.empty()), seen.findings()));
        });
    }

    /// Gives all room back that trimming has freed, where a running owner keeps some for entries to come.
    public Future<Void> shrink() {
        return journal.map(EmbeddedJournal::shrink)
                .orElseGet(() ->
                        Future.failedFuture(new JournalFailure(JournalFailure.Kind.AWAY, "the journal is not open")));
    }

    @Override
    public Future<Void> close() {
        Future<Void> ended = journal.map(EmbeddedJournal::close)
                .orElseGet(Future::succeededFuture)
                .eventually(() -> view.map(JournalView::close).orElseGet(Future::succeededFuture));
        Promise<Void> closed = Promise.promise();
        ended.onComplete(_ -> lease.release().onComplete(_ -> {
            worker.close();
            closed.tryComplete();
        }));
        return closed.future();
    }

    private static long highestEpoch(DataFolder folder) throws IOException {
        long highest = 0;
        SnapshotFiles snapshots = new SnapshotFiles(folder.snapshots());
        for (long seq : snapshots.places()) {
            try {
                highest = Math.max(
                        highest, SnapshotFiles.read(snapshots.file(seq)).epoch());
            } catch (Damage | IOException _) {
                // Told when the store is opened.
            }
        }
        if (Files.notExists(folder.journal())) return highest;
        try (JournalFile peeked = JournalFile.openToRead(folder.journal())) {
            highest = Math.max(highest, peeked.readBase().epoch());
        } catch (SQLException | Damage _) {
            // Told when the store is opened.
        }
        return highest;
    }

    private final class FileSnapshots implements Snapshots {
        private final Optional<EmbeddedJournal> owner;

        /// @param owner the journal of whoever may save; empty: nobody
        private FileSnapshots(Optional<EmbeddedJournal> owner) {
            this.owner = owner;
        }

        @Override
        public Future<Void> save(Snapshot snapshot) {
            if (owner.isEmpty()) throw new IllegalStateException("nobody saves what is only looked at");
            EmbeddedJournal saving = owner.get();
            return saving.checkEpoch()
                    .compose(_ -> worker.submit(() -> {
                        files.save(snapshot);
                        return null;
                    }))
                    .compose(_ -> saving.noteSnapshot(snapshot.seq()));
        }

        @Override
        public Future<Optional<Snapshot>> newest(long upTo) {
            return worker.submit(() -> files.newest(upTo));
        }
    }
}
