package org.helpline.benchmarks.router;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.helpline.benchmarks.Figure;
import org.helpline.benchmarks.Row;
import org.helpline.router.Input;
import org.helpline.router.RoutingCore;
import org.helpline.router.Turn;

/// How long single inputs take. In a loop of its own: reading the clock twice an input would spoil the mean.
final class InputLatency implements RoutingWorld.Step {
    private static final int WARM_UP_CYCLES = 100_000;
    private static final int CYCLES = 100_000;
    /// No collection is shorter; only inputs that took longer are asked whether one fell into them.
    private static final long SHORTEST_COLLECTION_NANOS = 20_000;

    private static final double MICROS = 1000;

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Histogram all = new Histogram(3);
    private final Histogram withoutCollection = new Histogram(3);
    private long collections;

    private InputLatency() {}

    static List<Row> measure(String group, String world, String written, int rounds) {
        RoutingWorld domain = ContactCycle.world(written);
        for (int i = 0; i < WARM_UP_CYCLES; i++) domain.cycle(RoutingCore::step);
        List<Double> p999 = new ArrayList<>();
        List<Double> p999WithoutCollection = new ArrayList<>();
        List<Double> longest = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            InputLatency latency = new InputLatency();
            latency.collections = latency.collectionsSoFar();
            for (int i = 0; i < CYCLES; i++) domain.cycle(latency);
            p999.add(latency.all.getValueAtPercentile(99.9) / MICROS);
            p999WithoutCollection.add(latency.withoutCollection.getValueAtPercentile(99.9) / MICROS);
            longest.add(latency.all.getMaxValue() / MICROS);
        }
        return List.of(
                Row.alone(group, "one input, p99.9", world, Figure.of(p999), "µs"),
                Row.alone(
                        group, "one input, p99.9, no collection in it", world, Figure.of(p999WithoutCollection), "µs"),
                Row.alone(group, "one input, longest", world, Figure.of(longest), "µs"));
    }

    @Override
    public Turn take(RoutingCore core, Input input, Instant now) {
        long began = System.nanoTime();
        Turn turn = core.step(input, now);
        long took = System.nanoTime() - began;
        all.recordValue(took);
        if (took < SHORTEST_COLLECTION_NANOS || !collectedSince()) withoutCollection.recordValue(took);
        return turn;
    }

    private boolean collectedSince() {
        long before = collections;
        collections = collectionsSoFar();
        return collections != before;
    }

    private long collectionsSoFar() {
        long count = 0;
        for (GarbageCollectorMXBean collector : collectors) count += collector.getCollectionCount();
        return count;
    }
}
