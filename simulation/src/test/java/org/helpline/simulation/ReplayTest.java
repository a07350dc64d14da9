package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal alone, read by a JVM that has seen nothing else, gives the state of the live run.
class ReplayTest {
    private static final long SEED = 20_261;
    private static final int CUTS = 20;
    private static final int CALLS = 250;
    /// A run of that many calls has more turns than this.
    private static final int TURNS = 2_500;

    @TempDir
    private Path folder;

    /// Notes the digest after some turns, and every event in the order in which it was told.
    private static final class Witness implements TurnListener {
        private final SimulatedDomain domain;
        private final SortedSet<Integer> turnsToNote = new TreeSet<>();
        final List<String> noted = new ArrayList<>();
        final List<String> seqs = new ArrayList<>();
        final List<DomainEvent> told = new ArrayList<>();
        private int turns;

        Witness(SimulatedDomain domain) {
            this.domain = domain;
            SplittableRandom random = new SplittableRandom(SEED);
            while (turnsToNote.size() < CUTS) turnsToNote.add(1 + random.nextInt(TURNS));
        }

        @Override
        public void onEvents(List<DomainEvent> events) {
            told.addAll(events);
            if (!turnsToNote.contains(++turns)) return;
            seqs.add(String.valueOf(told.size()));
            noted.add(told.size() + " " + domain.state().digest());
        }
    }

    @Test
    void freshJvmsComeToTheLiveStateAtEveryCut() throws Exception {
        Path file = folder.resolve("journal.jsonl");
        Witness witness;
        try (JournalLines journal = new JournalLines(file)) {
            SimulatedDomain domain = new SimulatedDomain(Scenario.wild(SEED, CALLS), journal);
            witness = new Witness(domain);
            domain.addListener(witness);
            assertEquals(Optional.empty(), domain.run().breach());
        }
        assertEquals(CUTS, witness.noted.size(), "the run has fewer turns than expected");

        JsonEventCodec codec = new JsonEventCodec();
        List<DomainEvent> journalled = JournalLines.entries(file).stream()
                .map(entry -> JournalLines.decode(codec, entry))
                .toList();
        assertEquals(journalled, witness.told, "listeners must hear what is in the journal, in its order");

        // Objects without a hash code of their own get all the same one, and random ones: nothing may hang on it.
        for (String hashing : List.of("-XX:hashCode=2", "-XX:hashCode=0")) {
            assertEquals(witness.noted, replay(file, witness.seqs, hashing), "with " + hashing);
        }
        System.out.printf("%d cuts of %d events replayed in fresh JVMs%n", CUTS, journalled.size());
    }

    private static List<String> replay(Path file, List<String> cuts, String hashing) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                hashing,
                "-cp",
                System.getProperty("java.class.path"),
                FreshReplay.class.getName(),
                file.toString()));
        command.addAll(cuts);
        Process java = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, java.waitFor());
        return lines;
    }
}
