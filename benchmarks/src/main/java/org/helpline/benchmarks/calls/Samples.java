package org.helpline.benchmarks.calls;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.benchmarks.Figure;
import org.helpline.benchmarks.Row;

/// What the rounds gave, by the name of the figure and by side, until it becomes rows.
final class Samples {
    private static final double MILLI = 1e6;

    private final Map<String, Map<Side, List<Double>>> rounds = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();

    void add(Side side, String name, String unit, double value) {
        units.putIfAbsent(name, unit);
        rounds.computeIfAbsent(name, _ -> new EnumMap<>(Side.class))
                .computeIfAbsent(side, _ -> new ArrayList<>())
                .add(value);
    }

    /// Median and 95th percentile of one round, in ms; nothing when there are no values, for then something
    /// has failed that is counted elsewhere.
    void addTimes(Side side, String name, List<Long> nanos) {
        if (nanos.isEmpty()) return;
        double[] millis = nanos.stream().mapToDouble(value -> value / MILLI).toArray();
        add(side, name + ", p50", "ms", Figure.percentile(millis, 50));
        add(side, name + ", p95", "ms", Figure.percentile(millis, 95));
    }

    /// Figures that Helpline has none of are left out; one with several peers has a row for each.
    List<Row> rows(String group, String world) {
        List<Row> rows = new ArrayList<>();
        rounds.forEach((name, sides) -> {
            if (!sides.containsKey(Side.HELPLINE)) return;
            Figure figure = Figure.of(sides.get(Side.HELPLINE));
            List<Row.Peer> peers = Side.peers().stream()
                    .filter(sides::containsKey)
                    .map(side -> new Row.Peer(side.spoken(), Figure.of(sides.get(side))))
                    .toList();
            for (Row.Peer peer : peers) {
                rows.add(new Row(group, name, world, figure, units.get(name), Optional.of(peer)));
            }
            if (peers.isEmpty()) rows.add(Row.alone(group, name, world, figure, units.get(name)));
        });
        return rows;
    }
}
