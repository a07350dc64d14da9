package org.helpline.store.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.helpline.store.AcknowledgementMark;
import org.helpline.store.AcknowledgementMark.Mark;
import org.helpline.store.DomainStore.Findings;
import org.helpline.store.Journal.Entry;
import org.helpline.store.Journal.Size;
import org.helpline.store.JournalFailure;
import org.helpline.store.JournalFailure.Kind;
import org.helpline.store.embedded.JournalOpening.Found;
import org.helpline.store.embedded.Run.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/// The journal of one owner, as blocking calls: what may be written, and what is done when a file turns out damaged or
/// a disk full while it runs.
///
/// Threading: by one thread.
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int ENTRIES_A_TRIM = 2_000;
    private static final int PAGES_A_VACUUM = 256;
    /// Room that stays for entries to come.
    private static final int FREE_PAGES_KEPT = 1_024;

    private final JournalOpening opening;
    private final SnapshotFiles snapshots;
    private final AcknowledgementMark mark;
    private final long epoch;
    private final OwnersLock lock;
    private Optional<JournalFile> file = Optional.empty();
    private Base base = Base.named("");
    private Link last = new Link(0, 0);
    private long acknowledged;
    private boolean markFails;
    private Consumer<String> teller = line -> LOG.warn("Journal: {}", line);

    /// Something to do with the open file.
    private interface Work<T> {
        T on(JournalFile open) throws SQLException, Damage, JournalFailure;
    }

    /// Whether this owner holds the data folder now, and so has no other beside it, whatever epoch the files tell of.
    interface OwnersLock {
        boolean isHeld();
    }

    JournalWriter(
            JournalOpening opening, SnapshotFiles snapshots, AcknowledgementMark mark, long epoch, OwnersLock lock) {
        this.opening = opening;
        this.snapshots = snapshots;
        this.mark = mark;
        this.epoch = epoch;
        this.lock = lock;
    }

    /// Opens it for the owner with this epoch.
    Findings open() throws JournalFailure {
        List<String> told = new ArrayList<>();
        teller = told::add;
        transaction(open -> {
            if (base.epoch() != epoch) claim(open);
            return null;
        });
        teller = line -> LOG.warn("Journal: {}", line);
        if (acknowledged > 0) remember(acknowledged);
        if (acknowledged > last.seq()) told.add(lost());
        long newest = newestSnapshot();
        if (newest < base.snapshot()) {
            told.add("the snapshot of entry " + base.snapshot() + " was saved and cannot be read; "
                    + (newest == 0 ? "there is no other" : "the one of entry " + newest + " can"));
        }
        return new Findings(last.seq(), acknowledged, told);
    }

    private long newestSnapshot() throws JournalFailure {
        try {
            return snapshots.places().stream().findFirst().orElse(0L);
        } catch (IOException e) {
            throw Worker.asFailure(e);
        }
    }

    private String lost() {
        return "entries " + (last.seq() + 1) + " to " + acknowledged + " were written and are lost";
    }

    String name() {
        return base.name();
    }

    private JournalFile reopen(Optional<String> damage) throws SQLException, IOException, JournalFailure {
        drop();
        Found found = opening.open(mark.newest(), snapshots.places(), damage);
        file = Optional.of(found.file());
        base = found.base();
        last = found.last();
        acknowledged = Math.max(acknowledged, found.acknowledgedSeq());
        found.told().forEach(teller);
        // A commit whose sync failed may be there all the same: now it is on the disk, or this fails too.
        found.file().checkpoint();
        if (lock.isHeld() && base.epoch() != epoch) claimAfterOpening(found.file());
        return found.file();
    }

    /// Whoever holds the folder owns the journal, also when what is left of it tells of another epoch.
    private void claimAfterOpening(JournalFile open) throws SQLException {
        try {
            open.begin();
            claim(open);
            open.commit();
        } catch (SQLException e) {
            // The next one to come opens and claims it anew.
            drop();
            throw e;
        }
    }

    private void claim(JournalFile open) throws SQLException {
        base = base.withEpoch(epoch);
        open.writeBase(base);
    }

    /// Writes what can be written of these batches in one commit.
    ///
    /// @return for each batch why it was not written; empty when it is on the disk
    List<Optional<JournalFailure>> append(List<List<Entry>> batches, long awayThrough) throws JournalFailure {
        List<Optional<JournalFailure>> outcomes = transaction(open -> {
            List<Optional<JournalFailure>> each = new ArrayList<>(batches.size());
            for (List<Entry> batch : batches) each.add(append(open, batch, awayThrough));
            return each;
        });
        if (last.seq() > acknowledged) {
            acknowledged = last.seq();
            remember(acknowledged);
        }
        return outcomes;
    }

    private Optional<JournalFailure> append(JournalFile open, List<Entry> batch, long awayThrough)
            throws SQLException, Damage {
        if (batch.isEmpty()) return Optional.empty();
        long first = batch.getFirst().seq();
        if (first <= last.seq()) {
            return open.entries(first, batch.size()).equals(batch)
                    ? Optional.empty()
                    : Optional.of(gap("other entries have the numbers " + first + " to "
                            + batch.getLast().seq() + " of this batch already"));
        }
        if (last.seq() < acknowledged) {
            return Optional.of(gap("entries up to " + acknowledged + " were written, and those from " + (last.seq() + 1)
                    + " on are lost: numbering has to restart"));
        }
        if (first > last.seq() + 1 && first <= awayThrough + 1) {
            return Optional.of(new JournalFailure(Kind.AWAY, "entry " + (last.seq() + 1) + " was not written yet"));
        }
        long expected = last.seq() + 1;
        for (Entry entry : batch) {
            if (entry.seq() != expected++) {
                return Optional.of(gap("entry " + entry.seq() + " appended where " + (expected - 1) + " was expected"));
            }
        }
        for (Entry entry : batch) {
            Row row = Row.after(last.crc(), entry);
            open.insert(row);
            last = new Link(entry.seq(), row.crc());
        }
        return Optional.empty();
    }

    List<Entry> read(long fromSeq, int most) throws JournalFailure {
        return work(open -> open.entries(fromSeq, most));
    }

    /// Lets some of the entries before this one go.
    ///
    /// @return whether that was all
    boolean trimSome(long beforeSeq) throws JournalFailure {
        return transaction(open -> {
            long first = open.firstSeq().orElse(last.seq() + 1);
            long until = Math.min(Math.min(beforeSeq, last.seq() + 1), first + ENTRIES_A_TRIM);
            if (until <= first) return true;
            int[] crc = {0};
            open.read(until - 1, 1, row -> {
                crc[0] = row.crc();
                return row.entry().seq() == until - 1;
            });
            open.deleteBelow(until);
            base = base.at(until - 1, crc[0]);
            open.writeBase(base);
            return until >= beforeSeq || until > last.seq();
        });
    }

    /// Gives some of the room that trimming freed back.
    ///
    /// @return whether there was no more to give
    boolean shrinkSome() throws JournalFailure {
        return shrinkSome(FREE_PAGES_KEPT);
    }

    boolean shrinkSome(long freePagesKept) throws JournalFailure {
        return work(open -> {
            long free = open.freePages() - freePagesKept;
            if (free > 0) open.vacuum((int) Math.min(free, PAGES_A_VACUUM));
            if (free > PAGES_A_VACUUM) return false;
            // What was overwritten leaves the log as well.
            open.checkpoint();
            return true;
        });
    }

    void restartAt(long nextSeq) throws JournalFailure {
        transaction(open -> {
            if (nextSeq <= Math.max(acknowledged, last.seq())) {
                throw gap("numbering cannot restart at " + nextSeq + ": " + Math.max(acknowledged, last.seq())
                        + " was given already");
            }
            Base anew = base.at(nextSeq - 1, 0);
            open.deleteAll();
            open.writeBase(anew);
            base = anew;
            return null;
        });
        last = new Link(nextSeq - 1, 0);
        acknowledged = nextSeq - 1;
        remember(acknowledged);
    }

    /// A snapshot was saved: when it is missing at the next opening, that is told.
    void noteSnapshot(long seq) throws JournalFailure {
        transaction(open -> {
            base = base.withSnapshot(seq);
            open.writeBase(base);
            return null;
        });
    }

    Size size() throws JournalFailure {
        return work(open -> new Size(base.seq() + 1, last.seq(), open.bytes()));
    }

    /// Fails when another owner has taken over.
    void checkEpoch() throws JournalFailure {
        work(open -> {
            requireOwner(open);
            return null;
        });
    }

    void pragma(String text) throws JournalFailure {
        work(open -> {
            open.pragma(text);
            return null;
        });
    }

    void close() {
        drop();
        try {
            mark.close();
        } catch (IOException e) {
            LOG.warn("The journal's mark did not close", e);
        }
    }

    private void drop() {
        try {
            if (file.isPresent()) file.get().close();
        } catch (SQLException e) {
            LOG.warn("The journal did not close: {}", e.getMessage());
        }
        file = Optional.empty();
    }

    private <T> T transaction(Work<T> work) throws JournalFailure {
        return work(open -> inTransaction(open, inside -> {
            requireOwner(inside);
            return work.on(inside);
        }));
    }

    private void requireOwner(JournalFile open) throws SQLException, Damage, JournalFailure {
        long owner = open.readBase().epoch();
        if (owner <= epoch) return;
        if (lock.isHeld())
            throw new Damage("it tells of an owner with epoch " + owner + ", and nobody else holds its folder");
        throw fenced(owner);
    }

    private <T> T inTransaction(JournalFile open, Work<T> work) throws SQLException, Damage, JournalFailure {
        Base baseBefore = base;
        Link lastBefore = last;
        open.begin();
        boolean committed = false;
        try {
            T result = work.on(open);
            open.commit();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                base = baseBefore;
                last = lastBefore;
                rollback(open);
            }
        }
    }

    private void rollback(JournalFile open) {
        try {
            open.rollback();
        } catch (SQLException e) {
            // The connection is in a state of its own: the next one to come opens anew.
            LOG.debug("No rollback: {}", e.getMessage());
            drop();
        }
    }

    /// Does it, and once more when the file was found damaged meanwhile and has been mended. That is done whatever the
    /// checks of an opening say: they do not see everything.
    private <T> T work(Work<T> work) throws JournalFailure {
        try {
            String damage;
            try {
                return work.on(file.isPresent() ? file.get() : reopen(Optional.empty()));
            } catch (Damage e) {
                damage = e.getMessage();
            } catch (SQLException e) {
                if (!Damage.isIn(e)) throw e;
                damage = e.getMessage();
            }
            return work.on(reopen(Optional.of(damage)));
        } catch (SQLException | Damage | IOException e) {
            if (!isSoundAfter(e)) drop();
            throw new JournalFailure(Kind.AWAY, "the journal cannot be used: " + e.getMessage(), e);
        }
    }

    /// Whether the connection can be used on. One that could not read or write cannot: what it holds may not be what is
    /// on the disk.
    private static boolean isSoundAfter(Exception failure) {
        return failure instanceof SQLiteException sqlite
                && switch (sqlite.getResultCode()) {
                    case SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED -> true;
                    default -> false;
                };
    }

    private void remember(long seq) {
        try {
            mark.write(new Mark(base.name(), seq));
            markFails = false;
        } catch (IOException e) {
            if (!markFails) LOG.warn("journal.mark cannot be written: losses would not be noticed", e);
            markFails = true;
        }
    }

    private JournalFailure fenced(long owner) {
        return new JournalFailure(
                Kind.FENCED, "epoch " + epoch + " is over: the journal has an owner with epoch " + owner);
    }

    private static JournalFailure gap(String message) {
        return new JournalFailure(Kind.GAP, message);
    }
}
