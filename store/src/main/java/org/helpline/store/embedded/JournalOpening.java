package org.helpline.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.helpline.store.AcknowledgementMark.Mark;
import org.helpline.store.JournalFailure;
import org.helpline.store.embedded.Run.Link;

/// Opens the journal of a folder, whatever state it is in. Every entry is read and checked. When something is wrong, a
/// fresh file gets the sound entries, and the damaged one is set aside with its log.
///
/// Kept are the entries up to the first one that cannot be read. When that lies before the newest snapshot, they are of
/// no use without what is missing, and those right after the snapshot are kept instead, if they can be read.
final class JournalOpening {
    private static final int ROWS_A_COMMIT = 5_000;

    private final DataFolder folder;
    private final SoleOwner soleOwner;

    /// Whether nobody else writes this folder, so that its files may be replaced.
    interface SoleOwner {
        boolean isCertain() throws IOException;
    }

    /// An open journal, every entry of which was checked.
    ///
    /// @param last seq and checksum of the newest entry, or of the base
    /// @param acknowledgedSeq the highest number that anything in the folder tells of
    record Found(JournalFile file, Base base, Link last, long acknowledgedSeq, List<String> told) {}

    JournalOpening(DataFolder folder, SoleOwner soleOwner) {
        this.folder = folder;
        this.soleOwner = soleOwner;
    }

    /// @param mark what is known to have been acknowledged
    /// @param snapshots places of the snapshots that can be read, the newest first
    /// @param damage what was found wrong already; it is mended then, whatever the checks here say
    Found open(Optional<Mark> mark, List<Long> snapshots, Optional<String> damage)
            throws SQLException, IOException, JournalFailure {
        List<String> told = new ArrayList<>();
        long snapshot = snapshots.isEmpty() ? 0 : snapshots.getFirst();
        long known = Math.max(mark.map(Mark::seq).orElse(0L), snapshot);
        finishMending();
        if (Files.notExists(folder.journal())) told.addAll(beginAnew(mark, known));
        try {
            if (damage.isPresent()) throw new Damage(damage.get());
            return check(known, told);
        } catch (Damage e) {
            known = Math.max(known, mend(e.getMessage(), mark, snapshot, told));
        }
        try {
            return check(known, told);
        } catch (Damage e) {
            throw new JournalFailure(
                    JournalFailure.Kind.AWAY, "a mended journal is damaged again: " + e.getMessage(), e);
        }
    }

    private List<String> beginAnew(Optional<Mark> mark, long known) throws SQLException, IOException, JournalFailure {
        List<String> told = new ArrayList<>();
        if (known > 0) told.add("journal.db is missing");
        if (Files.exists(DataFolder.log(folder.journal()))) {
            requireSoleOwner("is missing, but its log is there");
            told.add("the log of a missing journal.db is set aside as " + folder.setJournalAside(Instant.now())
                    + "-wal");
        }
        clearMending();
        JournalFile.create(folder.mending(), Base.named(nameFrom(mark))).close();
        DataFolder.move(folder.mending(), folder.journal());
        DataFolder.sync(folder.path());
        return told;
    }

    private static String nameFrom(Optional<Mark> mark) {
        return mark.map(Mark::journal).orElseGet(() -> UUID.randomUUID().toString());
    }

    private Found check(long known, List<String> told) throws SQLException, Damage, IOException {
        JournalFile file = null;
        boolean sound = false;
        try {
            DataFolder.makePrivate(folder.journal());
            file = JournalFile.open(folder.journal());
            file.quickCheck();
            Base base = file.readBase();
            Run all = new Run(OptionalInt.of(base.crc()), base.seq());
            file.read(Long.MIN_VALUE, -1, row -> {
                if (!all.takes(row)) throw new Damage(all.whyNot(row));
                return true;
            });
            sound = true;
            return new Found(file, base, all.last(), Math.max(known, all.last().seq()), List.copyOf(told));
        } catch (SQLException e) {
            if (Damage.isIn(e)) throw new Damage(e);
            throw e;
        } finally {
            if (file != null && !sound) file.close();
        }
    }

    /// @return the highest number that the damaged file tells of
    private long mend(String why, Optional<Mark> mark, long snapshot, List<String> told)
            throws SQLException, IOException, JournalFailure {
        requireSoleOwner("is damaged (" + why + ")");
        long bytes = DataFolder.bytes(folder.journal()) + DataFolder.bytes(DataFolder.log(folder.journal()));
        clearMending();
        Salvage salvage = new Salvage(snapshot);
        try (JournalFile fresh = JournalFile.create(folder.mending(), Base.named(nameFrom(mark)))) {
            salvage.run(fresh, nameFrom(mark));
            fresh.checkpoint();
        }
        DataFolder.move(folder.mending(), folder.mended());
        DataFolder.sync(folder.path());
        String aside = finishMending();
        told.add("journal.db was damaged (" + why + "); " + salvage.kept() + "; its " + bytes
                + " bytes are set aside as " + aside);
        return salvage.highest;
    }

    private void requireSoleOwner(String what) throws IOException, JournalFailure {
        if (soleOwner.isCertain()) return;
        throw new JournalFailure(
                JournalFailure.Kind.AWAY, "journal.db " + what + ", and another process owns its folder");
    }

    /// A mended journal that is whole takes the place of the damaged one: also when that was interrupted.
    private String finishMending() throws IOException {
        if (Files.notExists(folder.mended())) return "nothing";
        String aside = folder.setJournalAside(Instant.now());
        DataFolder.move(folder.mended(), folder.journal());
        DataFolder.sync(folder.path());
        return aside;
    }

    private void clearMending() throws IOException {
        for (Path file :
                List.of(folder.mending(), DataFolder.log(folder.mending()), DataFolder.logIndex(folder.mending()))) {
            Files.deleteIfExists(file);
        }
    }

    /// What is taken over from a damaged journal.
    private final class Salvage {
        private final long snapshot;
        private long highest;
        private long epoch;
        private long newestSaved;
        private String kept = "no entry of it can be read";

        private Salvage(long snapshot) {
            this.snapshot = snapshot;
        }

        private String kept() {
            return kept;
        }

        private void run(JournalFile fresh, String fallbackName) throws SQLException {
            String name = fallbackName;
            Base start = Base.named(name);
            try (JournalFile damaged = JournalFile.openToRead(folder.journal())) {
                Optional<Base> base = base(damaged);
                name = base.map(Base::name).orElse(fallbackName);
                epoch = base.map(Base::epoch).orElse(0L);
                newestSaved = base.map(Base::snapshot).orElse(snapshot);
                highest = Math.max(base.map(Base::seq).orElse(0L), newest(damaged));
                start = copyBest(damaged, base, fresh);
            } catch (SQLException e) {
                // What cannot even be opened holds nothing that could be taken over.
                if (!Damage.isIn(e)) throw e;
            }
            fresh.begin();
            fresh.writeBase(new Base(name, epoch, start.seq(), start.crc(), newestSaved));
            fresh.commit();
        }

        private Base copyBest(JournalFile damaged, Optional<Base> base, JournalFile fresh) throws SQLException {
            Optional<Copied> prefix = base.isPresent()
                    ? copy(
                            damaged,
                            base.get().seq() + 1,
                            OptionalInt.of(base.get().crc()),
                            fresh)
                    : copy(damaged, first(damaged), OptionalInt.empty(), fresh);
            if (snapshot > 0 && prefix.map(Copied::last).orElse(0L) < snapshot) {
                Optional<Copied> suffix = copy(damaged, snapshot + 1, OptionalInt.empty(), fresh);
                if (suffix.isPresent()) {
                    fresh.begin();
                    fresh.deleteBelow(suffix.get().first());
                    fresh.commit();
                    prefix = suffix;
                }
            }
            if (prefix.isEmpty()) return base.orElse(Base.named(""));
            Copied copied = prefix.get();
            kept = "its entries " + copied.first() + " to " + copied.last() + " are kept";
            return Base.named("").at(copied.first() - 1, copied.before());
        }

        private record Copied(long first, int before, long last) {}

        private Optional<Copied> copy(JournalFile from, long first, OptionalInt before, JournalFile to)
                throws SQLException {
            Run run = new Run(before, first - 1);
            int[] beforeFirst = {before.orElse(0)};
            to.begin();
            try {
                from.read(first, -1, row -> {
                    if (run.count() == 0) beforeFirst[0] = row.before();
                    if (!run.takes(row)) return false;
                    write(row, run.count(), to);
                    return true;
                });
            } catch (Damage _) {
                // Ends here.
            } catch (SQLException e) {
                if (!Damage.isIn(e)) throw e;
            }
            to.commit();
            return run.count() == 0
                    ? Optional.empty()
                    : Optional.of(new Copied(first, beforeFirst[0], run.last().seq()));
        }

        private void write(Row row, long count, JournalFile to) throws SQLException {
            to.insert(row);
            epoch = Math.max(epoch, row.entry().epoch());
            if (count % ROWS_A_COMMIT == 0) {
                to.commit();
                to.begin();
            }
        }

        private Optional<Base> base(JournalFile damaged) throws SQLException {
            try {
                return Optional.of(damaged.readBase());
            } catch (Damage _) {
                return Optional.empty();
            } catch (SQLException e) {
                if (!Damage.isIn(e)) throw e;
                return Optional.empty();
            }
        }

        private long newest(JournalFile damaged) throws SQLException {
            try {
                return damaged.newest().map(row -> row.entry().seq()).orElse(0L);
            } catch (Damage _) {
                return 0;
            } catch (SQLException e) {
                if (!Damage.isIn(e)) throw e;
                return 0;
            }
        }

        private long first(JournalFile damaged) throws SQLException {
            try {
                return damaged.firstSeq().orElse(1);
            } catch (SQLException e) {
                if (!Damage.isIn(e)) throw e;
                return 1;
            }
        }
    }
}
