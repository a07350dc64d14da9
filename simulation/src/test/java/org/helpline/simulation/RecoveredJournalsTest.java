package org.helpline.simulation;

import static org.helpline.simulation.JournalledDay.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.JournalSettings;
import org.helpline.app.owner.Journalling;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.Recovery;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.store.DomainStore;
import org.helpline.store.InMemoryContents;
import org.helpline.store.InMemoryStore;
import org.helpline.store.Journal;
import org.helpline.store.embedded.EmbeddedStore;
import org.helpline.store.embedded.Mutation;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Journals of a busy domain, cut off, with flipped bits, zeroed pages and missing files, all the way through
/// [Recovery] and the first minutes of a new owner: it starts each time, says what was dropped, and its state is one
/// that the domain once was in. `./soak journal-recovery` does it ten thousand times; one seed alone:
/// `-Dhelpline.seed=N -Dhelpline.count=1`.
class RecoveredJournalsTest {
    private static final int SAMPLE = 60;
    private static final int TOLD_EVERY = 1_000;
    private static final long[] DAYS = {11, 12};
    /// More than any clock that a restart sets.
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(10);

    private final Map<String, Tally> tallies = new TreeMap<>();
    private int contactsKept;
    private Vertx vertx;
    private Path scratch;

    @BeforeEach
    void start() throws IOException {
        vertx = Vertx.vertx();
        // In memory where that is to be had: it is not the disk that is tried here.
        Path memory = Path.of("/dev/shm");
        scratch = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "helpline-recoveries")
                : Files.createTempDirectory("helpline-recoveries");
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
        delete(scratch);
    }

    @Test
    void everyMutatedJournalLeadsToAStateThatOnceWas() throws Exception {
        long seed = Long.getLong("helpline.seed", 1);
        int count = Integer.getInteger("helpline.count", SAMPLE);
        List<JournalledDay.Left> folders = new ArrayList<>();
        for (long day : DAYS) folders.addAll(new JournalledDay(day).leave(vertx, scratch));
        for (JournalledDay.Left sound : folders) new Life(sound, scratch.resolve("sound"), new Random(0), 0).run();
        tallies.clear();
        contactsKept = 0;
        for (int n = 0; n < count; n++) {
            Random random = new Random(seed + n);
            Life life = new Life(
                    folders.get((int) ((seed + n) % folders.size())),
                    scratch.resolve("mutated"),
                    random,
                    1 + random.nextInt(3));
            try {
                life.run();
            } catch (AssertionError | Exception e) {
                throw new AssertionError(
                        "seed " + (seed + n) + ": " + e.getMessage() + "\n" + life
                                + "\nrun it again: ./soak journal-recovery --dry --seed " + (seed + n) + " --count 1",
                        e);
            }
            if ((n + 1) % TOLD_EVERY == 0) System.out.println((n + 1) + " of " + count + " mutated journals recovered");
        }
        SoakResults.write(results(count));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted((one, other) -> other.compareTo(one)).toList()) Files.delete(each);
        }
    }

    private String results(int count) {
        StringBuilder found = new StringBuilder();
        found.append(
                ("%,d journals of busy simulated days, each mutated one to three times, through recovery and the first"
                                + " %d minutes of a new owner\nat a carrier that has none of the calls: each started, its state was"
                                + " exactly that after one of the original turns, what was dropped\nwas told, every call found an"
                                + " end, and a second recovery came to the same state. %,d contacts were in the states\nthat were"
                                + " recovered. A journal that was mutated twice counts in two rows.%n%n")
                        .formatted(count, FIRST_MINUTES.toMinutes(), contactsKept));
        found.append("| mutation | journals | nothing lost | entries lost | most lost | lost and told |\n");
        found.append("|---|---:|---:|---:|---:|---:|\n");
        tallies.forEach((name, tally) -> found.append("| %s | %,d | %,d | %,d | %,d | %,d |%n"
                .formatted(
                        name,
                        tally.journals,
                        tally.journals - tally.withLoss,
                        tally.withLoss,
                        tally.mostLost,
                        tally.lossTold)));
        return found.toString();
    }

    private static final class Tally {
        private int journals;
        private int withLoss;
        private long mostLost;
        private int lossTold;
    }

    /// One folder, what happens to it, and who starts on it.
    private final class Life {
        private final JournalledDay.Left left;
        private final JournalledDay day;
        private final Path folder;
        private final Random random;
        private final int mutations;
        private final TreeSet<String> kinds = new TreeSet<>();
        private final List<String> happened = new ArrayList<>();
        private boolean isMarkTouched;

        private Life(JournalledDay.Left left, Path folder, Random random, int mutations) {
            this.left = left;
            this.day = left.day();
            this.folder = folder;
            this.random = random;
            this.mutations = mutations;
        }

        private void run() throws Exception {
            delete(folder);
            JournalledDay.copy(left.folder(), folder);
            for (int n = 0; n < mutations; n++) mutate();
            List<Journal.Entry> after;
            String digest;
            EmbeddedStore store = new EmbeddedStore(vertx, folder);
            try {
                long epoch = get(store.lease().take(Duration.ZERO));
                DomainStore.Opened opened = get(store.open(epoch));
                Recovered recovered = recover(opened, epoch);
                judge(recovered);
                NewOwner owner = new NewOwner(recovered);
                owner.run();
                after = owner.contents.entries();
                digest = owner.owner.switchboard().state().digest();
                for (Journal.Entry entry : after) get(opened.journal().append(List.of(entry)));
            } finally {
                get(store.close());
            }
            startsAgain(after, digest);
        }

        private void mutate() throws IOException {
            Mutation mutation = List.of(Mutation.values()).get(random.nextInt(Mutation.values().length));
            List<Path> files = Mutation.files(folder);
            Path file = files.get(random.nextInt(files.size()));
            // Half of it hits what matters most.
            Path journal = folder.resolve("journal.db");
            if (random.nextBoolean() && Files.exists(journal)) file = journal;
            List<Path> touched = mutation.happen(folder, file, left.older(), random);
            kinds.add(mutation.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            happened.add(mutation + " " + touched);
            isMarkTouched |= touched.contains(Path.of("journal.mark"));
        }

        private Recovered recover(DomainStore.Opened opened, long epoch) throws Exception {
            return get(new Recovery(opened, new JsonEventCodec(), new JsonSnapshotCodec(), epoch).run(0));
        }

        private void judge(Recovered recovered) {
            long kept = recovered.lastSeq() - recovered.report().lost();
            assertTrue(kept >= 0 && kept <= day.lastSeq(), kept + " entries kept");
            assertTrue(day.isEndOfTurn(kept), "half a turn, up to " + kept);
            assertEquals(day.digestAfter(kept), recovered.state().digest(), "a state that never was");
            List<DomainEvent> told = recovered.sinceSnapshot();
            int from = (int) recovered.report().firstSeq() - 1;
            assertEquals(day.events.subList(from, from + told.size()), told, "events that never happened");
            if (!told.isEmpty()) assertEquals(kept, from + told.size());
            long lost = day.lastSeq() - kept;
            if (!isMarkTouched) assertEquals(day.lastSeq(), recovered.lastSeq(), "numbers that were given");
            boolean isTold = !recovered.report().told().isEmpty();
            assertTrue(isTold || lost == 0 || isMarkTouched, lost + " entries lost without a word");
            if (kinds.isEmpty()) {
                assertEquals(0, lost, "of a sound journal");
                assertFalse(isTold, recovered.report().told().toString());
            }
            contactsKept += recovered.state().calls().size();
            for (String kind : kinds) {
                Tally tally = tallies.computeIfAbsent(kind, _ -> new Tally());
                tally.journals++;
                if (lost == 0) continue;
                tally.withLoss++;
                tally.mostLost = Math.max(tally.mostLost, lost);
                if (isTold) tally.lossTold++;
            }
        }

        /// What the first owner after the damage wrote leads on from what it had recovered.
        private void startsAgain(List<Journal.Entry> after, String digest) throws Exception {
            EmbeddedStore store = new EmbeddedStore(vertx, folder);
            try {
                long epoch = get(store.lease().take(Duration.ZERO));
                Recovered again = recover(get(store.open(epoch)), epoch);
                assertEquals(digest, again.state().digest(), "after a second recovery; " + again.report());
                assertEquals(after.getLast().seq(), again.lastSeq());
                assertEquals(0, again.report().lost());
            } finally {
                get(store.close());
            }
        }

        @Override
        public String toString() {
            return "day " + day.seed + ", " + left.name() + ": " + happened;
        }
    }

    /// Its carrier knows nothing of any call.
    private static final class NewOwner implements TurnListener {
        final InMemoryContents contents = new InMemoryContents();
        final DomainOwner owner;
        private final VirtualTime time;
        private final List<AgentSettings> agents;
        private final Recovered recovered;

        NewOwner(Recovered recovered) {
            this.recovered = recovered;
            time = new VirtualTime(recovered.lastAt().plusSeconds(20));
            agents = DemoLine.agents(20, new Draws(new SplittableRandom(1)));
            InMemoryStore store = new InMemoryStore(contents);
            Journal journal = store.open(recovered.epoch())
                    .map(DomainStore.Opened::journal)
                    .result();
            assertTrue(journal.restartAt(recovered.lastSeq() + 1).succeeded());
            owner = new DomainOwner(
                    "demo",
                    new Switchboard(recovered.state(), DemoLine.plan(agents)),
                    new Journalling(journal, time, JournalSettings.DEFAULT),
                    new JsonEventCodec(),
                    new SimulatedCarrier(SimulatedSettings.standard(), time, new SplittableRandom(1)),
                    time,
                    () -> new ContactId("nobody calls"));
            owner.addListener(this);
        }

        void run() {
            owner.recover(recovered);
            owner.submit(new Input.Configure(DemoLine.settings(agents)));
            owner.open(Duration.ofSeconds(30));
            time.pass(FIRST_MINUTES);
            assertEquals(List.of(), List.copyOf(owner.switchboard().state().calls()), "calls that nobody has");
        }

        @Override
        public void onEvents(List<DomainEvent> events) {}

        @Override
        public void onDefect(SwitchInput input, RuntimeException defect) {
            throw new AssertionError(input.toString(), defect);
        }
    }
}
