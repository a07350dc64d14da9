package org.helpline.benchmarks.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.helpline.benchmarks.Figure;
import org.helpline.benchmarks.Row;
import org.helpline.benchmarks.Settings;
import org.helpline.benchmarks.journal.Place.Kind;
import org.helpline.benchmarks.journal.StoredDomain.Start;
import org.helpline.config.Configuration;
import org.helpline.config.ConfigurationException;
import org.helpline.config.ConfigurationReader;
import org.helpline.store.Journal;

/// What it costs that nothing is lost: calls with the journal in memory, embedded and in Redis, in turns; and how
/// long an owner takes until it routes again, by how many wait.
public final class JournalGroup {
    private static final String GROUP = "journal";

    private static final int AGENTS = 100;
    private static final int CALLERS = 100;
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(20);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final double MILLIS = 1e6;

    private static final int AGENTS_OF_RESTARTS = 1_000;
    private static final List<Integer> WAITING = List.of(100, 1_000, 10_000, 100_000);
    /// The last of them shows how the reading of the state grows; that a server sends it makes little difference.
    private static final int MOST_WAITING_IN_REDIS = 10_000;

    private JournalGroup() {}

    public static List<Row> measure(Settings settings) throws IOException, InterruptedException {
        Configuration shipped;
        try {
            shipped = ConfigurationReader.read(settings.root().resolve("config"), Map.of());
        } catch (ConfigurationException faulty) {
            throw new IOException("the shipped configuration does not read: " + faulty.getMessage(), faulty);
        }
        List<Row> rows = new ArrayList<>(calls(settings, shipped));
        rows.addAll(restarts(settings, shipped));
        return rows;
    }

    // ---- calls

    /// One round's figures of one store.
    ///
    /// @param rate contacts a second with all agents busy all the time
    /// @param p50 accept to connect at a modest rate, in milliseconds
    /// @param entries of the journal for one contact
    /// @param bytes of the store for one entry
    /// @param kept share of the entries that are still in the journal
    private record Round(double rate, double p50, double p99, double entries, double bytes, double kept) {}

    private static List<Row> calls(Settings settings, Configuration shipped) throws IOException, InterruptedException {
        settings.say("journal: warming up, " + WARM_UP.toSeconds() + " s");
        try (Place place = Place.make(Kind.MEMORY);
                StoredDomain domain = new StoredDomain(shipped, place, AGENTS)) {
            domain.begin();
            domain.serve(CALLERS);
            pass(WARM_UP);
        }
        Map<Kind, List<Round>> rounds = new EnumMap<>(Kind.class);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Kind kind : Kind.values()) {
                settings.say("journal: round " + round + " of " + settings.rounds() + ", " + kind.word());
                rounds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(round(settings, shipped, kind));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.lasting()) {
            String busy = kind.word() + ", " + CALLERS + " callers at a time";
            String steady = kind.word() + ", " + TimeUnit.SECONDS.toMillis(1) / BETWEEN_CALLS.toMillis() + " calls/s";
            rows.add(beside("contact cycles", busy, "1/s", rounds, kind, Round::rate));
            rows.add(beside("accept to connect, p50", steady, "ms", rounds, kind, Round::p50));
            rows.add(beside("accept to connect, p99", steady, "ms", rounds, kind, Round::p99));
            rows.add(alone("entries of a contact", busy, "", rounds.get(kind), Round::entries));
            rows.add(alone("journal of a contact", busy, "bytes", rounds.get(kind), r -> r.entries() * r.bytes()));
            rows.add(alone("entries kept of those written", busy, "%", rounds.get(kind), r -> r.kept() * 100));
        }
        return rows;
    }

    private static Round round(Settings settings, Configuration shipped, Kind kind)
            throws IOException, InterruptedException {
        try (Place place = Place.make(kind);
                StoredDomain domain = new StoredDomain(shipped, place, AGENTS)) {
            domain.begin();
            domain.serve(CALLERS);
            pass(SETTLE);
            long before = domain.people().finished();
            long entriesBefore = domain.size().lastSeq();
            long begun = System.nanoTime();
            pass(settings.load());
            long cycles = domain.people().finished() - before;
            double rate = cycles / ((System.nanoTime() - begun) / 1e9);
            Journal.Size size = domain.size();
            double entries = (double) (size.lastSeq() - entriesBefore) / Math.max(1, cycles);
            double bytes = (double) size.bytes() / Math.max(1, size.entries());
            double kept = (double) size.entries() / size.lastSeq();
            Runnable end = domain.serveEvery(BETWEEN_CALLS);
            pass(SETTLE);
            domain.people().connecting();
            pass(settings.load());
            var connecting = domain.people().connecting();
            end.run();
            return new Round(
                    rate,
                    connecting.getValueAtPercentile(50) / MILLIS,
                    connecting.getValueAtPercentile(99) / MILLIS,
                    entries,
                    bytes,
                    kept);
        }
    }

    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    private static Row beside(
            String name,
            String world,
            String unit,
            Map<Kind, List<Round>> rounds,
            Kind kind,
            ToDoubleFunction<Round> value) {
        return Row.beside(
                GROUP,
                name,
                world,
                figure(rounds.get(kind), value),
                unit,
                Kind.MEMORY.word(),
                figure(rounds.get(Kind.MEMORY), value));
    }

    private static <T> Row alone(String name, String world, String unit, List<T> rounds, ToDoubleFunction<T> value) {
        return Row.alone(GROUP, name, world, figure(rounds, value), unit);
    }

    private static <T> Figure figure(List<T> rounds, ToDoubleFunction<T> value) {
        return Figure.of(rounds.stream().map(value::applyAsDouble).toList());
    }

    // ---- restarts

    private static List<Row> restarts(Settings settings, Configuration shipped)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.lasting()) {
            SortedMap<Integer, List<Start>> starts = new TreeMap<>();
            try (Place place = Place.make(kind);
                    StoredDomain domain = new StoredDomain(shipped, place, AGENTS_OF_RESTARTS)) {
                domain.begin();
                for (int waiting : WAITING) {
                    if (kind == Kind.REDIS && waiting > MOST_WAITING_IN_REDIS) break;
                    settings.say("journal: restarts, " + kind.word() + ", " + waiting + " waiting");
                    domain.bringInLine(waiting);
                    settings.say("journal: they wait; " + settings.rounds() + " restarts");
                    for (int round = 1; round <= settings.rounds(); round++) {
                        domain.kill();
                        starts.computeIfAbsent(waiting, _ -> new ArrayList<>()).add(domain.goOn());
                    }
                }
            }
            for (Entry<Integer, List<Start>> one : starts.entrySet()) {
                String world = kind.word() + ", " + AGENTS_OF_RESTARTS + " agents, " + one.getKey() + " waiting";
                rows.add(alone("start to routing", world, "ms", one.getValue(), s -> millis(s.routed())));
                rows.add(alone("entries read, behind the snapshot", world, "", one.getValue(), Start::entries));
                rows.add(alone("of it to read the state", world, "ms", one.getValue(), s -> millis(s.read())));
                rows.add(alone(
                        "of it to reconcile",
                        world,
                        "ms",
                        one.getValue(),
                        s -> millis(s.reconciled().minus(s.read()))));
            }
        }
        return rows;
    }

    private static double millis(Duration time) {
        return time.toNanos() / MILLIS;
    }
}
