package org.helpline.benchmarks.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.helpline.benchmarks.Figure;
import org.helpline.benchmarks.Row;
import org.helpline.benchmarks.Settings;

/// The embedded engine of the records, and of the journal to come, beside the one that was not chosen.
public final class RecordsGroup {
    private static final String GROUP = "records";
    private static final String PEER = "H2";
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;
    private static final int BATCH = 32;
    private static final int SYNCED = 600;
    private static final int WRITTEN = 6_000;
    private static final int READ = 100_000;
    private static final int LOOK_UPS = 2_000;
    private static final int TAILS = 40;

    private RecordsGroup() {}

    public static List<Row> measure(Settings settings) throws IOException {
        Path scratch = Files.createTempDirectory("helpline-bench-records");
        try {
            return new Measurement(settings, scratch).rows();
        } catch (SQLException failure) {
            throw new IOException("an engine failed: " + failure.getMessage(), failure);
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private static final class Measurement {
        private final Settings settings;
        private final Path scratch;
        private final Map<String, List<Double>> found = new TreeMap<>();
        private int folders;

        Measurement(Settings settings, Path scratch) {
            this.settings = settings;
            this.scratch = scratch;
        }

        List<Row> rows() throws IOException, SQLException {
            settings.say("records: SQLite and H2 in turns, " + settings.rounds() + " rounds, in " + scratch);
            for (Engine engine : Engine.values()) appends(engine, "warm-up");
            found.clear();
            for (int round = 1; round <= settings.rounds(); round++) {
                for (Engine engine : Engine.values()) {
                    settings.say("records: round " + round + ", " + engine);
                    appends(engine, engine.name());
                }
                for (Engine engine : List.of(Engine.SQLITE_SYNCED, Engine.H2_SYNCED)) {
                    reads(engine);
                    tails(engine, round);
                }
            }
            List<Row> rows = new ArrayList<>();
            String synced = "each commit synced";
            String written = "each commit given to the kernel";
            for (String[] pair :
                    new String[][] {{"SQLITE_SYNCED", "H2_SYNCED", synced}, {"SQLITE_WRITTEN", "H2_WRITTEN", written}
                    }) {
                rows.add(row("appends of 1", pair, "rows/s"));
                rows.add(row("appends of " + BATCH, pair, "rows/s"));
                rows.add(row("append of 1, p50", pair, "µs"));
                rows.add(row("append of 1, p99", pair, "µs"));
            }
            String[] delayed = {"SQLITE_WRITTEN", "H2_DELAYED", "H2 as it comes: up to 500 ms unwritten"};
            rows.add(row("appends of 1", delayed, "rows/s"));
            rows.add(row("appends of " + BATCH, delayed, "rows/s"));
            String[] read = {"SQLITE_SYNCED", "H2_SYNCED", READ + " rows"};
            rows.add(row("reading all in order", read, "rows/s"));
            rows.add(row("reading a contact of 20, p50", read, "µs"));
            rows.add(row("file size", read, "MB"));
            String[] torn = {"SQLITE_SYNCED", "H2_SYNCED", "tail of up to 32 KiB cut or overwritten"};
            rows.add(row("torn tails that open, of " + TAILS, torn, ""));
            rows.add(row("rows lost at most, of 200", torn, ""));
            return rows;
        }

        private Row row(String name, String[] pair, String unit) {
            return Row.beside(GROUP, name, pair[2], figure(pair[0], name), unit, PEER, figure(pair[1], name));
        }

        private Figure figure(String engine, String name) {
            return Figure.of(found.get(engine + " " + name));
        }

        private void note(String engine, String name, double value) {
            found.computeIfAbsent(engine + " " + name, _ -> new ArrayList<>()).add(value);
        }

        private Path folder() throws IOException {
            return Files.createDirectory(scratch.resolve("f" + ++folders));
        }

        private void appends(Engine engine, String as) throws IOException, SQLException {
            int rows = engine.name().endsWith("SYNCED") ? SYNCED : WRITTEN;
            try (Connection connection = engine.open(folder())) {
                JournalTable.make(connection);
                double[] ones = JournalTable.append(engine, connection, 1, rows, 1);
                note(as, "appends of 1", rate(ones, 1));
                note(as, "append of 1, p50", Figure.percentile(ones, 50) / MICROS);
                note(as, "append of 1, p99", Figure.percentile(ones, 99) / MICROS);
                double[] batches = JournalTable.append(engine, connection, rows + 1L, rows * 4 / BATCH * BATCH, BATCH);
                note(as, "appends of " + BATCH, rate(batches, BATCH));
            }
        }

        private void reads(Engine engine) throws IOException, SQLException {
            Path folder = folder();
            try (Connection connection = engine.open(folder)) {
                JournalTable.make(connection);
                JournalTable.append(engine, connection, 0, READ, 1_000);
                long begun = System.nanoTime();
                if (JournalTable.readAll(connection) != READ) throw new SQLException("not every row was read");
                note(engine.name(), "reading all in order", READ * NANOS / (System.nanoTime() - begun));
                double[] took = JournalTable.readContacts(connection, READ, LOOK_UPS);
                note(engine.name(), "reading a contact of 20, p50", Figure.percentile(took, 50) / MICROS);
            }
            // Closed in good order: logs are folded in, free space is given back.
            double bytes = 0;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) bytes += Files.size(file);
            }
            note(engine.name(), "file size", bytes / 1e6);
        }

        private void tails(Engine engine, int round) throws IOException, SQLException {
            TornTails torn = TornTails.of(engine, folder(), round, TAILS);
            note(engine.name(), "torn tails that open, of " + TAILS, torn.opened());
            note(engine.name(), "rows lost at most, of 200", torn.mostLost());
        }

        private static double rate(double[] took, int batch) {
            double sum = 0;
            for (double one : took) sum += one;
            return took.length * (double) batch * NANOS / sum;
        }
    }
}
