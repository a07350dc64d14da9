package org.helpline.simulation.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.helpline.simulation.SoakResults;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.simulation.history.Rule;
import org.helpline.simulation.history.Violation;
import org.helpline.simulation.kill.KillDay.Kill;
import org.helpline.simulation.kill.KillDay.Moment;
import org.helpline.simulation.kill.KillDay.Pace;
import org.helpline.simulation.kill.KillWorld.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `kill -9` of Helpline beside a real Asterisk, while people call, wait and talk, with each store in turn; judged by
/// what they saw. `./soak kill-real` runs it. It is no part of `./test`: docs/measurements/kills.md says what it has
// found.
@Tag("system")
class RealKillsSoak {
    private static final int SAMPLE = 6;
    private static final int KILLS_A_DAY = 18;

    @Test
    void nobodyIsLostAndNobodyIsStuck() throws Exception {
        long first = Long.getLong("helpline.seed", 1);
        int count = Integer.getInteger("helpline.count", SAMPLE);
        List<RealKills> all = new ArrayList<>();
        for (Store store : Store.values()) {
            RealKills kills = new RealKills(store, Pace.SOAK);
            all.add(kills);
            long seed = first;
            int left = (count + 1) / Store.values().length;
            for (; left > 0; left -= KILLS_A_DAY) kills.day(seed, moments(seed++, Math.min(left, KILLS_A_DAY)));
        }
        List<String> wrong =
                all.stream().flatMap(kills -> kills.wrong().stream()).toList();
        System.out.println(markdown(first, all));
        assertEquals("", String.join("\n", wrong));
        SoakResults.write("Every rule of the history checker held.\n\n" + markdown(first, all));
    }

    /// A world in which the worst did happen.
    @Test
    void whoLooksOnNoticesATalkThatIsCutAndAWaitThatIsEnded() throws Exception {
        try (KillWorld world = new KillWorld(Store.EMBEDDED);
                KillDay day = new KillDay(world, 9, Pace.PATIENT)) {
            day.begin();
            String talked = day.killAndCut(Moment.TALKING, day::talker);
            String waited = day.killAndCut(Moment.WAITING, day::waiter);
            RealKills.end(world, day);
            List<Violation> found = RealKills.judge(day);
            found.forEach(System.out::println);
            assertTrue(found(found, Rule.TALK_NOT_CUT, talked), found::toString);
            assertTrue(found(found, Rule.WAITING_NOT_LOST, waited), found::toString);
        }
    }

    private static boolean found(List<Violation> violations, Rule rule, String caller) {
        return violations.stream()
                .anyMatch(violation ->
                        violation.rule() == rule && violation.what().startsWith(caller + " "));
    }

    private static List<Moment> moments(long seed, int count) {
        Moment[] moments = Moment.values();
        return IntStream.range(0, count)
                .mapToObj(i -> moments[(int) ((seed + i) % moments.length)])
                .toList();
    }

    private static String markdown(long first, List<RealKills> all) {
        StringBuilder text = new StringBuilder();
        text.append("| store | kills (seeds from %d) | calls | with records | away, median and most ".formatted(first));
        text.append(
                "| longest quiet of who talked or waited | latest look of the observers |\n|---|---|---|---|---|---|---|\n");
        all.forEach(kills -> text.append(row(kills)));
        text.append("\n| state | kills that met it, and people in it:");
        all.forEach(kills -> text.append(" | ").append(name(kills.store())));
        text.append(" |\n|---|---|").append("---|".repeat(all.size())).append('\n');
        Map<Sound, String> hearing = new EnumMap<>(Map.of(
                Sound.PROMPT, "caller: menu or another prompt",
                Sound.MUSIC, "caller: waiting, or on hold, to music",
                Sound.VOICE, "caller: talking",
                Sound.SILENCE, "caller: nothing heard"));
        hearing.forEach((sound, said) -> {
            text.append("| ").append(said).append(" |");
            all.forEach(kills -> text.append(" | ")
                    .append(met(kills.kills().stream()
                            .map(kill -> kill.callers().getOrDefault(sound, 0))
                            .toList())));
            text.append(" |\n");
        });
        Map<String, Integer> states = new TreeMap<>();
        all.forEach(kills -> kills.kills().forEach(kill -> states.putAll(kill.agents())));
        states.keySet().forEach(state -> {
            text.append("| agent: ").append(state).append(" |");
            all.forEach(kills -> text.append(" | ")
                    .append(met(kills.kills().stream()
                            .map(kill -> kill.agents().getOrDefault(state, 0))
                            .toList())));
            text.append(" |\n");
        });
        return text.toString();
    }

    private static String met(List<Integer> people) {
        return people.stream().filter(each -> each > 0).count() + ", "
                + people.stream().mapToInt(Integer::intValue).sum();
    }

    private static String name(Store store) {
        return store.name().toLowerCase(Locale.ROOT);
    }

    private static String row(RealKills kills) {
        List<Duration> away = kills.kills().stream().map(Kill::away).sorted().toList();
        Duration quiet = kills.kills().stream()
                .map(Kill::quiet)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return "| %s | %d | %d | %d | %.1f s, %.1f s | %d ms | %d ms |\n"
                .formatted(
                        name(kills.store()),
                        away.size(),
                        kills.calls(),
                        kills.contacts(),
                        away.get(away.size() / 2).toMillis() / 1000.0,
                        away.getLast().toMillis() / 1000.0,
                        quiet.toMillis(),
                        kills.lag().toMillis());
    }
}
