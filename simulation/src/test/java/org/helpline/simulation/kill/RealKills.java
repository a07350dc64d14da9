package org.helpline.simulation.kill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.helpline.simulation.history.Bounds;
import org.helpline.simulation.history.HistoryChecker;
import org.helpline.simulation.history.HistoryLines;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Violation;
import org.helpline.simulation.kill.KillDay.Kill;
import org.helpline.simulation.kill.KillDay.Moment;
import org.helpline.simulation.kill.KillDay.Pace;
import org.helpline.simulation.kill.KillWorld.Store;

/// Days with kills, each in a world of its own, and judged at its end.
final class RealKills {
    /// Where those who look on stood still for longer, nothing that they saw has a time.
    private static final Duration STALLED = Duration.ofSeconds(5);

    private final Store store;
    private final Pace pace;
    private final List<Kill> kills = new ArrayList<>();
    private Duration lag = Duration.ZERO;
    private int calls;
    private long contacts;
    private final List<String> wrong = new ArrayList<>();

    RealKills(Store store, Pace pace) {
        this.store = store;
        this.pace = pace;
    }

    Store store() {
        return store;
    }

    List<Kill> kills() {
        return kills;
    }

    int calls() {
        return calls;
    }

    long contacts() {
        return contacts;
    }

    /// The longest that anybody who looked on was kept waiting.
    Duration lag() {
        return lag;
    }

    /// What broke a rule, of all days.
    List<String> wrong() {
        return wrong;
    }

    void day(long seed, List<Moment> moments) throws IOException, SQLException {
        try (KillWorld world = new KillWorld(store);
                KillDay day = new KillDay(world, seed, pace)) {
            day.begin();
            for (Moment moment : moments) {
                day.kill(moment);
                System.out.println(store + ", seed " + seed + ", kill "
                        + day.kills().size() + ": " + day.kills().getLast());
            }
            contacts += end(world, day);
            Path lines = keep(seed, world, day);
            kills.addAll(day.kills());
            calls += day.calls();
            if (day.lag().compareTo(lag) > 0) lag = day.lag();
            for (Violation violation : judge(day)) {
                System.out.println(violation);
                wrong.add(violation + "; what was seen, of seed " + seed + ", is in " + lines);
            }
        }
    }

    /// @return how many records there are
    static long end(KillWorld world, KillDay day) throws SQLException {
        day.end();
        return records(world.data(), day);
    }

    static List<Violation> judge(KillDay day) {
        Duration lag = day.lag();
        System.out.println(
                "those who look on were kept waiting for " + lag.toMillis() + " ms at most; a process died in "
                        + day.dying().toMillis() + " ms, and was back between two looks "
                        + day.returning().toMillis()
                        + " ms apart");
        assertTrue(
                lag.compareTo(STALLED) < 0,
                () -> "this machine stood still for " + lag + ": nothing that was seen has a time");
        return HistoryChecker.check(ofHelpline(day.seen().all()), bounds(lag, day.dying(), day.returning()));
    }

    /// Whoever has no contact yet is looked after by the dialplan: its music is nobody's line.
    private static List<Observation> ofHelpline(List<Observation> all) {
        Map<String, Instant> answered = new HashMap<>();
        for (Observation each : all) {
            if (each instanceof Observation.Named named) {
                answered.merge(named.caller(), named.at(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        return all.stream()
                .map(each -> each instanceof Observation.Heard heard
                                && heard.sound() == Observation.Sound.MUSIC
                                && heard.at().isBefore(answered.getOrDefault(heard.caller(), Instant.MAX))
                        ? new Observation.Heard(heard.at(), heard.caller(), Observation.Sound.PROMPT, "")
                        : each)
                .toList();
    }

    /// Nothing is noted more exactly than this machine let us look.
    private static Bounds bounds(Duration lag, Duration dying, Duration returning) {
        Bounds real = Bounds.REAL;
        return new Bounds(
                real.times().plus(lag),
                real.inFlight().plus(lag).plus(dying),
                real.settle().plus(lag).plus(returning),
                real.outage(),
                real.entering().plus(lag),
                real.silence().plus(lag),
                real.offerOver().plus(lag),
                real.reserved().plus(lag),
                real.alone().plus(lag));
    }

    /// They are written a moment after the contact is over.
    private static long records(Path data, KillDay day) throws SQLException {
        Recorder probe = new Recorder();
        long[] before = {-1};
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    long now = RecordRows.read(data, probe);
                    boolean same = now == before[0];
                    before[0] = now;
                    return same;
                });
        return RecordRows.read(data, day.seen());
    }

    private Path keep(long seed, KillWorld world, KillDay day) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "kills"));
        String name = store.name().toLowerCase(Locale.ROOT) + "-" + seed;
        Path lines = folder.resolve(name + ".jsonl");
        try (Writer to = Files.newBufferedWriter(lines)) {
            HistoryLines.write(
                    day.seen().all().stream()
                            .sorted(Comparator.comparing(Observation::at))
                            .toList(),
                    to);
        }
        Files.writeString(folder.resolve(name + ".log"), world.helpline().told());
        return lines.toAbsolutePath();
    }
}
