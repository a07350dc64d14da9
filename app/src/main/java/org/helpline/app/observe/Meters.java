package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Makes meters. Times are in seconds and have the buckets that a person would ask for.
final class Meters {
    static final List<Tag> NONE = List.of();

    /// From what hardly anybody notices to what nobody forgives.
    private static final Duration[] WAITS = seconds(5, 10, 20, 30, 60, 120, 300, 600, 1_200, 3_600);

    private static final Duration[] CONVERSATIONS = seconds(15, 30, 60, 120, 180, 300, 480, 600, 900, 1_800, 3_600);

    private static final Duration[] MACHINE = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    MeterRegistry registry() {
        return registry;
    }

    Counter counter(String name, String description, List<Tag> tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /// How long people waited.
    ///
    /// @param limits bounds that a figure is computed with: a bucket ends at each, so that it can be exact
    Timer wait(String name, String description, List<Tag> tags, Duration... limits) {
        Duration[] buckets = Stream.concat(Arrays.stream(WAITS), Arrays.stream(limits))
                .filter(Duration::isPositive)
                .sorted()
                .distinct()
                .toArray(Duration[]::new);
        return timer(name, description, tags, buckets);
    }

    /// How long people talked, held or wrote.
    Timer conversation(String name, String description, List<Tag> tags) {
        return timer(name, description, tags, CONVERSATIONS);
    }

    /// How long a machine took.
    Timer machine(String name, String description, List<Tag> tags) {
        return timer(name, description, tags, MACHINE);
    }

    private Timer timer(String name, String description, List<Tag> tags, Duration[] buckets) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /// A figure that is read at each scrape, from the scraping thread.
    void gauge(String name, String description, List<Tag> tags, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }

    /// A count that somebody else keeps.
    <T> void count(String name, String description, Supplier<T> counted, ToDoubleFunction<T> count) {
        FunctionCounter.builder(name, counted, asked -> count.applyAsDouble(asked.get()))
                .description(description)
                .register(registry);
    }

    /// As the live figures and the wire say it.
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// `SetAgentState` as `set-agent-state`.
    static String word(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    static List<Tag> tag(String name, String value) {
        return List.of(Tag.of(name, value));
    }

    private static Duration[] seconds(int... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
    }
}
