package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.store.InMemoryJournal;
import org.helpline.store.Journal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The journal of every release must replay for ever. Beside each is the outline of the state at ten places
/// of it.
///
/// With a release, make its journal once, commit both files, and never touch them again: `./mvnw test -pl
/// simulation -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=GoldenJournalTest -Dhelpline.tests.exclude=
/// -Dhelpline.tests.include=golden -Dhelpline.golden=VERSION`
class GoldenJournalTest {
    private static final Path KEPT =
            Path.of(System.getProperty("helpline.root"), "simulation/src/test/resources/journal");
    private static final int PLACES = 10;

    static Stream<String> releases() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl"))
                    .map(name -> name.substring(0, name.length() - ".jsonl".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void replaysAsItWas(String release) throws IOException {
        List<Journal.Entry> entries = JournalLines.entries(KEPT.resolve(release + ".jsonl"));
        assertEquals(Files.readAllLines(KEPT.resolve(release + ".outline")), outlines(entries));
    }

    private static List<String> outlines(List<Journal.Entry> entries) {
        JsonEventCodec codec = new JsonEventCodec();
        SwitchState state = new SwitchState();
        List<String> outlines = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            state.apply(JournalLines.decode(codec, entries.get(i)));
            if ((i + 1) % (entries.size() / PLACES) != 0) continue;
            outlines.add("after entry " + entries.get(i).seq());
            outlines.addAll(Outline.of(state));
        }
        return outlines;
    }

    @Test
    @Tag("golden")
    void writeTheOneOfThisRelease() throws IOException {
        String release = System.getProperty("helpline.golden", "");
        assertTrue(release.matches("[0-9.]+"), "-Dhelpline.golden=VERSION says which release");
        Path file = KEPT.resolve(release + ".jsonl");
        assertTrue(Files.notExists(file), file + " is there already and must stay as it is");
        Files.createDirectories(KEPT);
        long best = LongStream.rangeClosed(1, 60)
                .boxed()
                .min(Comparator.comparingInt(seed -> missing(run(seed)).size()))
                .orElseThrow();
        List<Journal.Entry> entries = run(best);
        try (JournalLines journal = new JournalLines(file)) {
            journal.append(entries);
        }
        Files.write(KEPT.resolve(release + ".outline"), outlines(JournalLines.entries(file)));
        System.out.println(entries.size() + " entries; types that are not among them: " + missing(entries));
    }

    private static List<Journal.Entry> run(long seed) {
        InMemoryJournal journal = new InMemoryJournal(100_000);
        new SimulatedDomain(new Scenario(seed, 14, 7, Duration.ofSeconds(7), Duration.ofSeconds(30), true), journal)
                .run();
        return journal.read(1, Integer.MAX_VALUE).result();
    }

    private static SortedSet<String> missing(List<Journal.Entry> entries) {
        SortedSet<String> missing = new TreeSet<>(new JsonEventCodec().types().keySet());
        entries.forEach(entry -> missing.remove(entry.type()));
        return missing;
    }
}
