package org.helpline.store.embedded;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.helpline.store.AcknowledgementMark;
import org.helpline.store.AcknowledgementMark.Mark;
import org.helpline.store.DomainStore.Findings;
import org.helpline.store.Journal;
import org.helpline.store.JournalFailure;
import org.helpline.store.JournalFailure.Kind;

/// A journal as somebody sees it who only looks, beside its owner or without one. Every entry has been checked; those
/// behind the first unsound one are not shown.
final class JournalView implements Journal {
    private final Worker worker;
    private final Optional<JournalFile> file;
    private final Base base;
    private final Findings findings;

    private JournalView(Worker worker, Optional<JournalFile> file, Base base, Findings findings) {
        this.worker = worker;
        this.file = file;
        this.base = base;
        this.findings = findings;
    }

    /// Blocks while it reads everything.
    static JournalView open(DataFolder folder, SnapshotFiles snapshots, Worker worker)
            throws IOException, SQLException, JournalFailure {
        List<String> told = new ArrayList<>(snapshots.damaged());
        // Before the journal is read: what is acknowledged meanwhile is not missing.
        long acknowledged = mark(folder, told).map(Mark::seq).orElse(0L);
        if (Files.notExists(folder.journal())) {
            told.add("there is no journal in " + folder.path().toAbsolutePath());
            return new JournalView(worker, Optional.empty(), Base.named(""), new Findings(0, acknowledged, told));
        }
        Base base = Base.named("");
        long last = 0;
        JournalFile file = null;
        try {
            file = JournalFile.openToRead(folder.journal());
            base = file.readBase();
            last = soundThrough(file, base, told);
            file.quickCheck();
        } catch (Damage e) {
            told.add("journal.db is damaged: " + e.getMessage());
        } catch (SQLException e) {
            if (!Damage.isIn(e)) throw e;
            told.add("journal.db is damaged: " + e.getMessage());
        }
        long newest = snapshots.places().stream().findFirst().orElse(0L);
        if (newest < base.snapshot()) told.add("the snapshot of entry " + base.snapshot() + " is missing");
        if (acknowledged > last) {
            told.add("entries " + (last + 1) + " to " + acknowledged + " were acknowledged and are not there");
        }
        return new JournalView(
                worker, Optional.ofNullable(file), base, new Findings(last, Math.max(acknowledged, last), told));
    }

    private static Optional<Mark> mark(DataFolder folder, List<String> told) throws IOException {
        Optional<AcknowledgementMark> file = AcknowledgementMark.look(folder.mark());
        if (file.isEmpty()) return Optional.empty();
        try (AcknowledgementMark mark = file.get()) {
            mark.damage().ifPresent(told::add);
            return mark.newest();
        }
    }

    private static long soundThrough(JournalFile file, Base base, List<String> told) throws SQLException {
        Run sound = new Run(OptionalInt.of(base.crc()), base.seq());
        try {
            file.read(Long.MIN_VALUE, -1, row -> {
                if (!sound.takes(row)) throw new Damage(sound.whyNot(row));
                return true;
            });
        } catch (Damage e) {
            told.add("journal.db is damaged: " + e.getMessage());
        } catch (SQLException e) {
            if (!Damage.isIn(e)) throw e;
            told.add("journal.db is damaged: " + e.getMessage());
        }
        return sound.last().seq();
    }

    Findings findings() {
        return findings;
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public Future<List<Entry>> read(long fromSeq, int most) {
        return worker.submit(() -> {
            long there = Math.max(0, findings.lastSeq() - Math.max(fromSeq, base.seq() + 1) + 1);
            if (file.isEmpty() || there == 0) return List.of();
            return file.get().entries(fromSeq, (int) Math.min(most, there));
        });
    }

    @Override
    public Future<Size> size() {
        return worker.submit(() -> new Size(
                base.seq() + 1, findings.lastSeq(), file.map(JournalFile::bytes).orElse(0L)));
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        return refused();
    }

    @Override
    public Future<Void> trim(long beforeSeq) {
        return refused();
    }

    @Override
    public Future<Void> restartAt(long nextSeq) {
        return refused();
    }

    private static Future<Void> refused() {
        return Future.failedFuture(new JournalFailure(Kind.FENCED, "the journal was opened to look at"));
    }

    Future<Void> close() {
        return worker.submit(() -> {
            if (file.isPresent()) file.get().close();
            return null;
        });
    }
}
