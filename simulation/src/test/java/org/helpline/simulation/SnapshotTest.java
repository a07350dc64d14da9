package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A state that comes back from the bytes of its snapshot is the same, and stays so whatever follows.
///
/// A snapshot that a release kept must be readable for ever: one stands beside the kept journal, as two lines, the
/// number of the last entry that is in it with the version, and the snapshot. It is made once and never touched again:
/// `./mvnw test -pl simulation -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=SnapshotTest
/// -Dhelpline.tests.exclude= -Dhelpline.tests.include=golden -Dhelpline.golden=VERSION`
class SnapshotTest {
    private static final Path KEPT =
            Path.of(System.getProperty("helpline.root"), "simulation/src/test/resources/journal");
    private static final String RELEASE = "0.1.0";
    private static final int CUTS = 12;
    private static final int CALLS = 250;

    private final JsonSnapshotCodec codec = new JsonSnapshotCodec();

    private SwitchState restored(SwitchState state) {
        return SwitchState.restore(codec.decode(codec.encode(state.snapshot()), JsonSnapshotCodec.VERSION));
    }

    /// Takes a snapshot after some turns; each state that came of one hears all that follows.
    private final class Keeper implements TurnListener {
        private final SwitchState live;
        private final SplittableRandom random;
        final List<SwitchState> copies = new ArrayList<>();
        int turns;

        Keeper(SwitchState live, long seed) {
            this.live = live;
            this.random = new SplittableRandom(seed);
        }

        @Override
        public void onEvents(List<DomainEvent> events) {
            copies.forEach(copy -> events.forEach(copy::apply));
            turns++;
            boolean cut = random.nextInt(200) == 0;
            if (cut && copies.size() < CUTS) copies.add(restored(live));
            if (cut || turns % 500 == 0) compare();
        }

        void compare() {
            for (SwitchState copy : copies) assertEquals(live.digest(), copy.digest(), "after turn " + turns);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261, 7, 3})
    void aRestoredStateGoesOnAsTheOneItWasTakenFrom(long seed) {
        SimulatedDomain domain = new SimulatedDomain(Scenario.wild(seed, CALLS));
        Keeper keeper = new Keeper(domain.state(), seed);
        domain.addListener(keeper);
        assertEquals(Optional.empty(), domain.run().breach());
        keeper.compare();
        assertEquals(CUTS, keeper.copies.size(), "the run has fewer turns than expected");
    }

    /// Also in the middle of a turn, where a damaged journal may end.
    @Test
    void everyPlaceOfTheKeptJournalCanBeKept() throws IOException {
        List<DomainEvent> events = keptJournal();
        SplittableRandom random = new SplittableRandom(20_261);
        SortedSet<Integer> places = new TreeSet<>();
        while (places.size() < 150) places.add(random.nextInt(events.size()));
        SwitchState live = new SwitchState();
        List<SwitchState> copies = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            DomainEvent event = events.get(i);
            live.apply(event);
            copies.forEach(copy -> copy.apply(event));
            if (!places.contains(i)) continue;
            SwitchState copy = restored(live);
            assertEquals(live.digest(), copy.digest(), "after entry " + (i + 1));
            if (copies.size() < 30) copies.add(copy);
        }
        for (SwitchState copy : copies) assertEquals(live.digest(), copy.digest());
    }

    @Test
    void aKeptSnapshotIsReadAndTheJournalGoesOnFromIt() throws IOException {
        List<String> lines = Files.readAllLines(KEPT.resolve(RELEASE + ".snapshot"));
        int space = lines.get(0).indexOf(' ');
        int seq = Integer.parseInt(lines.get(0).substring(0, space));
        int version = Integer.parseInt(lines.get(0).substring(space + 1));
        SwitchState kept = SwitchState.restore(codec.decode(Buffer.buffer(lines.get(1)), version));

        List<DomainEvent> events = keptJournal();
        SwitchState replayed = new SwitchState();
        events.subList(0, seq).forEach(replayed::apply);
        assertEquals(replayed.digest(), kept.digest());
        events.subList(seq, events.size()).forEach(event -> {
            replayed.apply(event);
            kept.apply(event);
        });
        assertEquals(replayed.digest(), kept.digest());
    }

    @Test
    void whatIsNoSnapshotIsToldAsSuch() {
        assertThrows(IllegalArgumentException.class, () -> codec.decode(Buffer.buffer("{\"calls\":["), 1));
        assertThrows(IllegalArgumentException.class, () -> codec.decode(Buffer.buffer("{}"), 99));
        assertThrows(IllegalArgumentException.class, () -> codec.decode(Buffer.buffer("{}"), 1));
    }

    private static List<DomainEvent> keptJournal() throws IOException {
        JsonEventCodec events = new JsonEventCodec();
        return JournalLines.entries(KEPT.resolve(RELEASE + ".jsonl")).stream()
                .map(entry -> JournalLines.decode(events, entry))
                .toList();
    }

    @Test
    @Tag("golden")
    void writeTheOneOfThisRelease() throws IOException {
        String release = System.getProperty("helpline.golden", "");
        Path file = KEPT.resolve(release + ".snapshot");
        assertTrue(release.matches("[0-9.]+") && Files.notExists(file), file + " must not be there yet");
        List<DomainEvent> events = keptJournal();
        int seq = 2 * events.size() / 3;
        SwitchState state = new SwitchState();
        events.subList(0, seq).forEach(state::apply);
        Files.writeString(file, seq + " " + JsonSnapshotCodec.VERSION + "\n" + codec.encode(state.snapshot()) + "\n");
    }
}
