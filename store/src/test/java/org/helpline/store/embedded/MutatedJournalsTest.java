package org.helpline.store.embedded;

import static org.helpline.store.Samples.entries;
import static org.helpline.store.Samples.entry;
import static org.helpline.store.Samples.snapshot;
import static org.helpline.store.embedded.JournalWorld.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.helpline.store.DomainStore.Findings;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.Journal;
import org.helpline.store.Journal.Entry;
import org.helpline.store.JournalFailure;
import org.helpline.store.JournalFailure.Kind;
import org.helpline.store.Snapshots.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Journals cut off, with flipped bits, zeroed pages and missing files: each of them opens, holds nothing that was not
/// written, says what it has lost, and goes on. `./soak journal` runs ten thousand of them. One seed alone:
/// `-Dhelpline.seed=N -Dhelpline.count=1`.
class MutatedJournalsTest {
    private static final int COUNT = 250;
    private static final int TOLD_EVERY = 1_000;

    private final Map<String, Tally> tallies = new TreeMap<>();
    private Vertx vertx;
    private Path scratch;

    @BeforeEach
    void start() throws IOException {
        vertx = Vertx.vertx();
        // In memory where that is to be had: it is not the disk that is tried here.
        Path memory = Path.of("/dev/shm");
        scratch = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "helpline-journals")
                : Files.createTempDirectory("helpline-journals");
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
        delete(scratch);
    }

    @Test
    void everyMutatedJournalOpensAndSaysWhatItLost() throws Exception {
        long seed = Long.getLong("helpline.seed", 1);
        int count = Integer.getInteger("helpline.count", COUNT);
        List<JournalWorld> worlds = JournalWorld.all(vertx, scratch);
        for (int n = 0; n < count; n++) {
            JournalWorld world = worlds.get((int) ((seed + n) % worlds.size()));
            Path folder = scratch.resolve("mutated");
            try {
                new Life(world, world.copy(folder), new Random(seed + n)).run();
            } catch (AssertionError | Exception e) {
                throw new AssertionError(
                        "seed " + (seed + n) + ": " + e.getMessage() + "\nrun it again: ./soak journal --seed "
                                + (seed + n) + " --count 1",
                        e);
            }
            delete(folder);
            if ((n + 1) % TOLD_EVERY == 0) System.out.println((n + 1) + " of " + count + " mutated journals opened");
        }
        writeResults(count);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted((one, other) -> other.compareTo(one)).toList()) Files.delete(each);
        }
    }

    private void writeResults(int count) throws IOException {
        StringBuilder found = new StringBuilder();
        found.append("%,d journals, each mutated one to three times, a tenth of them while they were open: every one"
                        .formatted(count)
                + " opened, held nothing\nthat was not written, said what it had lost, and took new entries.\n\n");
        found.append(
                "A journal that was mutated twice counts in two rows. Of those that were open only whether something"
                        + " was lost is counted.\n\n");
        found.append("| mutation | journals | nothing lost | entries lost | most lost | journal set aside"
                + " | older snapshot, or none |\n|---|---|---|---|---|---|---|\n");
        tallies.forEach((name, tally) -> found.append("| %s | %,d | %,d | %,d | %,d | %,d | %,d |%n"
                .formatted(
                        name,
                        tally.journals,
                        tally.journals - tally.withLoss,
                        tally.withLoss,
                        tally.mostLost,
                        tally.setAside,
                        tally.lostSnapshots)));
        String file = System.getProperty("helpline.results");
        if (file != null) Files.writeString(Path.of(file), found.toString());
    }

    private static final class Tally {
        private int journals;
        private int withLoss;
        private long mostLost;
        private int setAside;
        private int lostSnapshots;
    }

    /// What happens to one folder.
    private final class Life {
        private final JournalWorld world;
        private final Path folder;
        private final Random random;
        private final TreeSet<String> kinds = new TreeSet<>();
        private final List<String> happened = new ArrayList<>();
        private boolean isMarkLost;
        private boolean isMarkTouched;
        private boolean isEpochTouched;

        private Life(JournalWorld world, Path folder, Random random) {
            this.world = world;
            this.folder = folder;
            this.random = random;
        }

        private void run() throws Exception {
            boolean isOpen = random.nextInt(10) == 0;
            if (!isOpen) mutate(1 + random.nextInt(3), false);
            EmbeddedStore store = new EmbeddedStore(vertx, folder);
            try {
                long epoch = get(store.lease().take(Duration.ZERO));
                assertTrue(isEpochTouched || epoch > JournalWorld.EPOCH, "epoch " + epoch + "; " + this);
                Opened opened = get(store.open(epoch));
                judge(opened);
                if (isOpen) {
                    mutate(1 + random.nextInt(3), true);
                    get(((EmbeddedJournal) opened.journal()).pragma("shrink_memory"));
                    count(goesOnThoughRead(opened.journal(), epoch) ? 0 : 1, false, false);
                } else {
                    goesOn(opened.journal(), epoch, opened.findings().acknowledgedSeq());
                }
            } finally {
                get(store.close());
            }
            opensAgain();
        }

        private void mutate(int times, boolean isOpen) throws IOException {
            for (int n = 0; n < times; n++) {
                Mutation mutation = drawn(isOpen);
                List<Path> files = Mutation.files(folder).stream()
                        .filter(file -> !isOpen || !file.toString().endsWith("-shm"))
                        .toList();
                Path file = files.get(random.nextInt(files.size()));
                // Half of it hits what matters most.
                if (random.nextBoolean() && Files.exists(folder.resolve("journal.db"))) {
                    file = folder.resolve("journal.db");
                }
                List<Path> touched = mutation.happen(folder, file, world.older(), random);
                kinds.add(mutation.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (isOpen ? ", while open" : ""));
                happened.add(mutation + " " + touched);
                for (Path each : touched) {
                    isMarkTouched |= each.toString().equals("journal.mark");
                    isEpochTouched |= each.toString().equals("helpline.epoch");
                }
                isMarkLost |= isMarkTouched && mutation.compareTo(Mutation.SWAPPED_FILES) >= 0;
            }
        }

        private Mutation drawn(boolean isOpen) {
            Mutation[] all = Mutation.values();
            Mutation mutation = all[random.nextInt(all.length)];
            return isOpen && !mutation.changesBytesOnly() ? drawn(true) : mutation;
        }

        private void judge(Opened opened) throws Exception {
            Findings found = opened.findings();
            List<Entry> kept = readAll(opened.journal());
            long first = kept.isEmpty() ? found.lastSeq() + 1 : kept.getFirst().seq();
            for (int n = 0; n < kept.size(); n++) {
                assertEquals(entry(first + n, JournalWorld.EPOCH), kept.get(n), "invented; " + this);
            }
            assertEquals(found.lastSeq(), first + kept.size() - 1, "last entry; " + this);
            assertTrue(found.acknowledgedSeq() >= found.lastSeq(), found + "; " + this);
            if (!isMarkTouched) assertEquals(world.lastSeq(), found.acknowledgedSeq(), "acknowledged; " + this);

            Optional<Snapshot> newest = get(opened.snapshots().newest(Long.MAX_VALUE));
            newest.ifPresent(snapshot -> assertEquals(snapshot(snapshot.seq()), snapshot, "invented; " + this));
            long from = newest.map(Snapshot::seq).orElse(0L);
            boolean isComplete = found.lastSeq() == world.lastSeq();
            boolean isRecoverable = from >= found.lastSeq() || first <= from + 1;
            if (found.told().isEmpty()) {
                assertTrue(isComplete || isMarkLost, "lost without a word up to " + world.lastSeq() + "; " + this);
                assertTrue(first <= world.firstSeq() || (kept.isEmpty() && isMarkLost), "head; " + this);
                assertTrue(
                        isRecoverable,
                        "no way to recover, and not told; " + found + " from " + from + " first " + first + "; "
                                + this);
            }
            count(
                    Math.max(0, world.lastSeq() - found.lastSeq()),
                    found.told().toString().contains("journal.db.damaged-"),
                    from < world.snapshotSeq());
        }

        private void count(long lost, boolean isSetAside, boolean lostSnapshot) {
            for (String kind : kinds) {
                Tally tally = tallies.computeIfAbsent(kind, _ -> new Tally());
                tally.journals++;
                if (lost > 0) tally.withLoss++;
                tally.mostLost = Math.max(tally.mostLost, lost);
                if (isSetAside) tally.setAside++;
                if (lostSnapshot) tally.lostSnapshots++;
            }
        }

        /// Damage may come to light only when the page is read: then entries that were written are lost, and that is
        /// told by refusing the next ones.
        ///
        /// @return whether none was lost
        private boolean goesOnThoughRead(Journal journal, long epoch) throws Exception {
            boolean isWhole = isTaken(journal, entries(world.lastSeq() + 1, world.lastSeq() + 5, epoch));
            long next = world.lastSeq() + 6;
            // The first reading may come upon damage half way, and see less of the journal from there on.
            for (Entry each : readAll(journal)) assertTrue(wasWritten(each, epoch), "invented; " + this);
            List<Entry> kept = readAll(journal);
            for (int n = 0; n < kept.size(); n++) {
                assertTrue(wasWritten(kept.get(n), epoch), "invented; " + this);
                assertEquals(kept.getFirst().seq() + n, kept.get(n).seq(), "a gap; " + this);
            }
            boolean isAllThere = !kept.isEmpty()
                    && kept.getFirst().seq() <= world.firstSeq()
                    && kept.getLast().seq() == next - 1;
            isWhole &= isAllThere;
            goesOn(journal, epoch, next - 1);
            return isWhole;
        }

        private boolean wasWritten(Entry found, long epoch) {
            return found.equals(entry(found.seq(), found.seq() > world.lastSeq() ? epoch : JournalWorld.EPOCH));
        }

        /// A journal that has lost some takes none until its numbering has restarted.
        private boolean isTaken(Journal journal, List<Entry> batch) throws Exception {
            try {
                get(journal.append(batch));
                return true;
            } catch (ExecutionException e) {
                assertEquals(Kind.GAP, ((JournalFailure) e.getCause()).kind(), e.getCause() + "; " + this);
                get(journal.restartAt(batch.getFirst().seq()));
                get(journal.append(batch));
                return false;
            }
        }

        /// New entries are taken: as the next ones, or behind a restart of the numbering when some were lost.
        private void goesOn(Journal journal, long epoch, long acknowledged) throws Exception {
            long next = acknowledged + 1;
            isTaken(journal, entries(next, next + 4, epoch));
            List<Entry> kept = readAll(journal);
            assertTrue(kept.size() >= 5, kept.size() + " entries after it; " + this);
            assertEquals(entries(next, next + 4, epoch), kept.subList(kept.size() - 5, kept.size()), toString());
            get(journal.trim(next));
            assertEquals(entries(next, next + 4, epoch), get(journal.read(1, 10)), toString());
        }

        private void opensAgain() throws Exception {
            EmbeddedStore again = new EmbeddedStore(vertx, folder);
            try {
                Opened opened = get(again.open(get(again.lease().take(Duration.ZERO))));
                assertEquals(5, get(opened.journal().size()).entries(), "after it; " + this);
            } finally {
                get(again.close());
            }
        }

        private List<Entry> readAll(Journal journal) throws Exception {
            List<Entry> all = new ArrayList<>();
            long from = 1;
            while (true) {
                List<Entry> some = get(journal.read(from, 1_000));
                all.addAll(some);
                if (some.size() < 1_000) return all;
                from = some.getLast().seq() + 1;
            }
        }

        @Override
        public String toString() {
            return world.name() + ": " + happened;
        }
    }
}
