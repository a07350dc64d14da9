package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.helpline.benchmarks.Row;
import org.helpline.benchmarks.Settings;

/// Calls on a real Asterisk: Helpline beside the queue that Asterisk brings along, on the same instance,
/// with the same callers and phones.
public final class CallsGroup {
    private static final String GROUP = "calls";
    /// Enough that nobody waits: a call takes an agent for under two and a half seconds.
    private static final int AGENTS_A_RATE = 3;

    private CallsGroup() {}

    public static List<Row> measure(Settings settings) throws IOException, InterruptedException {
        int agents = Math.max(BenchSite.FEW, settings.rates().getLast() * AGENTS_A_RATE);
        Map<Integer, Samples> byRate = new LinkedHashMap<>();
        settings.rates().forEach(rate -> byRate.put(rate, new Samples()));
        Samples freed = new Samples();
        try (Bench bench = Bench.start(settings, agents)) {
            Reaction reaction = new Reaction(bench, settings, agents);
            Freed release = new Freed(bench, settings);
            settings.say("calls: warming up");
            reaction.warmUp();
            for (int round = 0; round < settings.rounds(); round++) {
                settings.say("calls: round " + (round + 1) + " of " + settings.rounds());
                for (int rate : settings.rates()) {
                    for (Side side : Side.order(round, Reaction.SIDES)) {
                        reaction.round(side, rate, byRate.get(rate));
                    }
                }
                for (Side side : Side.order(round, Freed.SIDES)) release.round(side, freed);
            }
        }
        List<Row> rows = new ArrayList<>();
        byRate.forEach((rate, samples) -> rows.addAll(samples.rows(GROUP, rate + " calls/s")));
        rows.addAll(freed.rows(GROUP, BenchSite.FEW + " agents, " + Freed.CALLERS + " callers"));
        return rows;
    }
}
