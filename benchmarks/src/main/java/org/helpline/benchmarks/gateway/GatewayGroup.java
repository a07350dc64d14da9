package org.helpline.benchmarks.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.helpline.benchmarks.Figure;
import org.helpline.benchmarks.Row;
import org.helpline.benchmarks.Settings;

/// What wallboards cost the calls: how long a command waits for the routing owner's answer with 200
/// wallboards connected and with none, in turns, under the same load.
public final class GatewayGroup {
    private static final String GROUP = "gateway";
    private static final int WALLBOARDS = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final double MICROS = 1_000;

    private GatewayGroup() {}

    public static List<Row> measure(Settings settings) throws IOException, InterruptedException {
        List<Histogram> without = new ArrayList<>();
        List<Histogram> with = new ArrayList<>();
        List<Double> pushed = new ArrayList<>();
        try (LoadedDomain domain = LoadedDomain.start(settings.root())) {
            settings.say("gateway: warming up, " + WARM_UP.toSeconds() + " s");
            domain.measure(WARM_UP);
            for (int round = 1; round <= settings.rounds(); round++) {
                settings.say(
                        "gateway: round " + round + " of " + settings.rounds() + ", no wallboards, then " + WALLBOARDS);
                domain.measure(SETTLE);
                without.add(domain.measure(settings.load()));
                try (Wallboards wallboards = Wallboards.open(domain.port(), domain.token(), WALLBOARDS)) {
                    domain.measure(SETTLE);
                    long before = wallboards.received();
                    with.add(domain.measure(settings.load()));
                    pushed.add((wallboards.received() - before)
                            / (double) settings.load().toSeconds());
                }
            }
        }
        return rows(with, without, pushed);
    }

    private static List<Row> rows(List<Histogram> with, List<Histogram> without, List<Double> pushed) {
        String world = LoadedDomain.WORLD + ", " + WALLBOARDS + " wallboards";
        List<Row> rows = new ArrayList<>();
        for (double percentile : new double[] {50, 99, 99.9}) {
            rows.add(Row.beside(
                    GROUP,
                    "command to the owner's answer, p" + (percentile == 99.9 ? "99.9" : (int) percentile),
                    world,
                    micros(with, percentile),
                    "µs",
                    "no wallboards",
                    micros(without, percentile)));
        }
        rows.add(Row.beside(GROUP, "commands", world, rate(with), "", "no wallboards", rate(without)));
        rows.add(Row.alone(GROUP, "messages to wallboards", world, Figure.of(pushed), "1/s"));
        return rows;
    }

    private static Figure micros(List<Histogram> rounds, double percentile) {
        return Figure.of(rounds.stream()
                .map(round -> round.getValueAtPercentile(percentile) / MICROS)
                .toList());
    }

    private static Figure rate(List<Histogram> rounds) {
        return Figure.of(
                rounds.stream().map(round -> (double) round.getTotalCount()).toList());
    }
}
