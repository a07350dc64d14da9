package org.helpline.benchmarks.router;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.helpline.benchmarks.Figure;
import org.helpline.benchmarks.Row;
import org.helpline.benchmarks.Settings;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/// The pure router by itself. There is nobody to measure beside it: no peer offers its decisions without its
/// telephony.
public final class RouterGroup {
    private static final String GROUP = "router";
    private static final TimeValue ITERATION = TimeValue.seconds(3);
    private static final double NANOS = 1e9;

    private RouterGroup() {}

    public static List<Row> measure(Settings settings) throws IOException {
        settings.say("router: JMH, " + settings.rounds() + " rounds of 3 s a world after as many to warm up");
        List<Row> rows = new ArrayList<>();
        for (RunResult result : jmh(settings.rounds())) {
            String written = result.getParams().getParam("world");
            rows.addAll(cycles(written, result));
            settings.say("router: each input by itself, world " + written);
            rows.addAll(InputLatency.measure(GROUP, spoken(written), written, settings.rounds()));
        }
        return rows;
    }

    private static Collection<RunResult> jmh(int rounds) throws IOException {
        try {
            return new Runner(new OptionsBuilder()
                            .include(ContactCycle.class.getName().replace(".", "\\.") + "\\.cycle")
                            .mode(Mode.Throughput)
                            .forks(1)
                            .warmupIterations(rounds)
                            .warmupTime(ITERATION)
                            .measurementIterations(rounds)
                            .measurementTime(ITERATION)
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
        } catch (RunnerException failure) {
            throw new IOException("JMH could not measure: " + failure.getMessage(), failure);
        }
    }

    private static List<Row> cycles(String written, RunResult result) {
        String world = spoken(written);
        Figure rate = figure(result.getPrimaryResult().getStatistics());
        double inputs = NANOS / RoutingWorld.INPUTS_A_CYCLE;
        // The fastest round has the shortest input.
        Figure input = new Figure(inputs / rate.value(), inputs / rate.high(), inputs / rate.low());
        String allocated = result.getSecondaryResults().keySet().stream()
                .filter(key -> key.endsWith("gc.alloc.rate.norm"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH did not tell what was allocated"));
        Figure bytes = figure(result.getSecondaryResults().get(allocated).getStatistics());
        return List.of(
                Row.alone(GROUP, "contact cycles", world, rate, "1/s"),
                Row.alone(GROUP, "one input, mean", world, input, "ns"),
                Row.alone(GROUP, "allocated by a cycle", world, bytes, "B"));
    }

    private static Figure figure(Statistics rounds) {
        return new Figure(rounds.getPercentile(50), rounds.getMin(), rounds.getMax());
    }

    private static String spoken(String written) {
        String[] numbers = written.split("/", 2);
        return numbers[0] + " agents, " + numbers[1] + " waiting";
    }
}
