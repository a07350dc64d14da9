package org.helpline.simulation.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.helpline.simulation.SoakResults;
import org.helpline.simulation.history.Bounds;
import org.helpline.simulation.history.HistoryChecker;
import org.helpline.simulation.history.HistoryLines;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Violation;
import org.helpline.simulation.kill.KillDay.Kill;
import org.helpline.simulation.kill.KillDay.Moment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `kill -9` of Helpline beside a real Asterisk, while people call, wait and talk; judged by what they saw. More kills:
/// `-Dhelpline.count=N`, other ones: `-Dhelpline.seed=N`.
///
/// `./soak kill-real` runs it. It is no part of `./test` yet: on a machine that is busy with other things its
/// judgement is not sure enough to stop anybody's change.
@Tag("system")
class RealKillsSoak {
    private static final int SAMPLE = 6;
    private static final int KILLS_A_DAY = 20;

    private final List<Kill> kills = new ArrayList<>();
    private int calls;
    private long contacts;

    @Test
    void nobodyIsLostAndNobodyIsStuck() throws Exception {
        long seed = Long.getLong("helpline.seed", 1);
        int count = Integer.getInteger("helpline.count", SAMPLE);
        long first = seed;
        for (int left = count; left > 0; left -= KILLS_A_DAY) day(seed++, Math.min(left, KILLS_A_DAY));
        SoakResults.write(markdown(first, seed - 1));
    }

    private void day(long seed, int count) throws Exception {
        try (KillWorld world = new KillWorld(Map.of());
                KillDay day = new KillDay(world, seed)) {
            day.begin();
            Moment[] moments = Moment.values();
            for (int i = 0; i < count; i++) {
                day.kill(moments[(int) ((seed + i) % moments.length)]);
                System.out.println("seed " + seed + ", kill " + (i + 1) + ": "
                        + day.kills().getLast());
            }
            day.end();
            contacts += records(world.data(), day);
            Path lines = keep(seed, world, day);
            List<Violation> violations = HistoryChecker.check(day.seen().all(), bounds(day.lag()));
            kills.addAll(day.kills());
            calls += day.calls();
            assertEquals(
                    "",
                    violations.stream().map(Violation::toString).collect(Collectors.joining("\n")),
                    () -> "what was seen is in " + lines + "; run it again: -Dhelpline.seed=" + seed
                            + " -Dhelpline.count=" + count);
        }
    }

    /// Nothing is noted more exactly than this machine lets us look.
    private static Bounds bounds(Duration lag) {
        System.out.println("the longest time without a look: " + lag);
        Bounds real = Bounds.REAL;
        return new Bounds(
                real.times().plus(lag),
                real.inFlight(),
                real.settle().plus(lag),
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

    private static Path keep(long seed, KillWorld world, KillDay day) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "kills"));
        Path lines = folder.resolve("seed-" + seed + ".jsonl");
        try (Writer to = Files.newBufferedWriter(lines)) {
            HistoryLines.write(
                    day.seen().all().stream()
                            .sorted(Comparator.comparing(Observation::at))
                            .toList(),
                    to);
        }
        Files.writeString(
                folder.resolve("seed-" + seed + ".log"), world.helpline().told());
        return lines.toAbsolutePath();
    }

    private String markdown(long first, long last) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%d kills in %d days (seeds %d to %d) with %d calls, of which %d have records; every rule of the history checker held.\n\n"
                        .formatted(kills.size(), last - first + 1, first, last, calls, contacts));
        text.append(
                "| caught in the act | kills | callers at that time: prompt / music / talking | away, median and most | longest quiet of who talked or waited |\n");
        text.append("|---|---|---|---|---|\n");
        for (Moment moment : Moment.values()) {
            List<Kill> of =
                    kills.stream().filter(kill -> kill.moment() == moment).toList();
            if (!of.isEmpty()) text.append(row(moment, of));
        }
        return text.toString();
    }

    private static String row(Moment moment, List<Kill> of) {
        List<Duration> away = of.stream().map(Kill::away).sorted().toList();
        Duration quiet =
                of.stream().map(Kill::quiet).max(Comparator.naturalOrder()).orElseThrow();
        return "| %s | %d | %d / %d / %d | %.1f s, %.1f s | %d ms |\n"
                .formatted(
                        moment.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                        of.size(),
                        hearing(of, Observation.Sound.PROMPT),
                        hearing(of, Observation.Sound.MUSIC),
                        hearing(of, Observation.Sound.VOICE),
                        away.get(away.size() / 2).toMillis() / 1000.0,
                        away.getLast().toMillis() / 1000.0,
                        quiet.toMillis());
    }

    private static int hearing(List<Kill> of, Observation.Sound sound) {
        return of.stream()
                .mapToInt(kill -> kill.callers().getOrDefault(sound, 0))
                .sum();
    }
}
