package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.helpline.simulation.history.HistoryLines;
import org.helpline.simulation.history.Rule;
import org.junit.jupiter.api.Test;

/// Helpline dies under load, again and again, in virtual time. `-Dhelpline.count=N`: so many deaths;
/// `-Dhelpline.seed=N`: from that seed on.
class SimulatedKillsTest {
    private static final int SAMPLE = 60;
    private static final int KILLS_PER_SEED = 20;
    private static final int CALLERS_PER_SEED = 250;
    private static final List<String> STATES =
            List.of("menu", "waiting", "offered", "connecting", "talking", "held", "consult", "agent lost", "wrap up");

    @Test
    void nothingIsLost() throws IOException {
        long seed = Long.getLong("helpline.seed", 1);
        int wanted = Integer.getInteger("helpline.count", SAMPLE);
        List<KillReport> reports = new ArrayList<>();
        for (int kills = 0; kills < wanted; seed++) {
            KillReport report = new KilledDomain(Scenario.wild(seed, CALLERS_PER_SEED), KILLS_PER_SEED).run();
            System.out.println(report);
            if (!report.isGood()) {
                Path file = Path.of("target", "history-" + seed + ".jsonl");
                try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                    HistoryLines.write(report.seen(), lines);
                }
                fail(report.faults() + "what was seen: simulation/" + file + "\nrun it again: " + rerun(seed));
            }
            reports.add(report);
            kills += report.kills();
        }
        for (String state : STATES) {
            assertTrue(sum(reports, KillReport::caught).getOrDefault(state, 0) > 0, "nothing was " + state);
        }
        SoakResults.write(table(reports));
    }

    @Test
    void theSameSeedDiesTheSameDeaths() {
        Scenario scenario = Scenario.wild(3, 60);
        assertEquals(
                new KilledDomain(scenario, 4).run().seen(),
                new KilledDomain(scenario, 4).run().seen());
    }

    private static String rerun(long seed) {
        return "./soak kill --dry --seed " + seed + " --count 1";
    }

    // ---- what is kept of it

    private interface Figures {
        Map<String, Integer> of(KillReport report);
    }

    private static Map<String, Integer> sum(List<KillReport> reports, Figures figures) {
        Map<String, Integer> sum = new TreeMap<>();
        reports.forEach(report -> figures.of(report).forEach((word, many) -> sum.merge(word, many, Integer::sum)));
        return sum;
    }

    private static String table(List<KillReport> reports) {
        int kills = reports.stream().mapToInt(KillReport::kills).sum();
        int again = reports.stream().mapToInt(KillReport::again).sum();
        int callers = reports.stream().mapToInt(KillReport::callers).sum();
        int talked = reports.stream().mapToInt(KillReport::talked).sum();
        int records = reports.stream().mapToInt(KillReport::records).sum();
        int resumed = reports.stream().mapToInt(KillReport::resumed).sum();
        int welcomed = reports.stream().mapToInt(KillReport::welcomed).sum();
        StringBuilder text = new StringBuilder();
        text.append(
                "%,d deaths, %,d of them before the process routed, in %d runs with %,d callers: %,d talked, %,d records, %,d of %,d sockets resumed. No invariant was broken, and none of the %d rules of the judge.%n%n"
                        .formatted(
                                kills,
                                again,
                                reports.size(),
                                callers,
                                talked,
                                records,
                                resumed,
                                welcomed,
                                Rule.values().length));
        text.append("| contacts that were, at a death | contacts | a death on average |\n|---|---:|---:|\n");
        Map<String, Integer> caught = sum(reports, KillReport::caught);
        for (String state : STATES) {
            int many = caught.getOrDefault(state, 0);
            text.append("| %s | %,d | %.1f |%n".formatted(state, many, (double) many / kills));
        }
        text.append("\n| died | times |\n|---|---:|\n");
        sum(reports, KillReport::deaths)
                .forEach((moment, many) -> text.append("| %s | %,d |%n".formatted(moment, many)));
        return text.toString();
    }
}
