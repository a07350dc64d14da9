package org.helpline.simulation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.records.RecordedEvents;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.records.EventSource;
import org.helpline.records.NumberHashes;
import org.helpline.records.RecordFeed;
import org.helpline.records.fold.Segment;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.PrivatePostgres;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.router.AgentState;
import org.helpline.simulation.Recount.Figures;
import org.helpline.simulation.Recount.Share;
import org.helpline.store.InMemoryJournal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the records say is what happened: a second count, by other means, agrees to the millisecond.
class RecordsEqualEventsTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final int SEED = 20_263;
    private static final Duration SHORT_ABANDON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    /// Over the midnight before the day on which clocks go back, and over that change.
    @Test
    void recordsOfANightInNovember() throws Exception {
        Scenario quiet = new Scenario(SEED, 1_200, 8, Duration.ofSeconds(9), Duration.ofSeconds(45), true);
        Told told = simulate(quiet, Instant.parse("2026-11-01T03:30:00Z"));
        compare(told, new DatabaseAddress.Embedded(folder.resolve("records.db")), jdbc(folder));
    }

    /// Over the midnight before the day on which clocks go forward, and over that change.
    @Test
    @Tag("long")
    void twentyThousandContactsOnBothDatabases() throws Exception {
        Told told = simulate(Scenario.wild(SEED, 22_000), Instant.parse("2026-03-07T20:00:00Z"));
        assertTrue(
                told.recount.figures().size() >= 20_000, told.recount.figures().size() + " contacts");
        compare(told, new DatabaseAddress.Embedded(folder.resolve("records.db")), jdbc(folder));
        try (PrivatePostgres server = PrivatePostgres.start()) {
            DatabaseAddress.PostgreSql address = server.address();
            compare(
                    told,
                    address,
                    address.url() + "?user=" + address.user().orElseThrow() + "&password="
                            + address.password().orElseThrow());
        }
    }

    private static String jdbc(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("records.db");
    }

    // ---- what happens

    /// A run, as the records' journal and as the second count have it.
    private record Told(List<EventSource.Numbered> events, long lastSeq, Recount recount) {}

    private static Told simulate(Scenario scenario, Instant start) {
        RecordedEvents recorded = new RecordedEvents(new NumberHashes(new byte[32]), called -> called);
        List<EventSource.Numbered> events = new ArrayList<>();
        long[] last = new long[1];
        Recount recount = new Recount();
        SimulatedDomain domain = new SimulatedDomain(scenario, new InMemoryJournal(1_000), start);
        domain.addListener(recount);
        domain.addListener(new TurnListener() {
            @Override
            public void onEvents(List<DomainEvent> turn) {
                throw new IllegalStateException("the place in the journal is needed");
            }

            @Override
            public void onTurn(long firstSeq, List<DomainEvent> turn) {
                events.addAll(recorded.of(turn, firstSeq));
                last[0] = firstSeq + turn.size() - 1;
            }
        });
        RunReport report = domain.run();
        assertEquals(Optional.empty(), report.breach());
        System.out.println(report);
        return new Told(events, last[0], recount);
    }

    /// The journal after the fact, read in chunks that cut turns anywhere.
    private record Kept(Told told) implements EventSource {
        @Override
        public String journal() {
            return "kept";
        }

        @Override
        public CompletableFuture<Chunk> read(long fromSeq, int most, LongConsumer atTheEnd) {
            List<Numbered> found = new ArrayList<>();
            int from = firstFrom(fromSeq);
            boolean end = true;
            for (int i = from; i < told.events().size(); i++) {
                if (found.size() == most) {
                    end = false;
                    break;
                }
                found.add(told.events().get(i));
            }
            long last = end ? told.lastSeq() : found.getLast().seq();
            if (end) atTheEnd.accept(last);
            return CompletableFuture.completedFuture(new Chunk(fromSeq, last, found, end));
        }

        private int firstFrom(long seq) {
            int low = 0;
            int high = told.events().size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (told.events().get(middle).seq() < seq) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }

    // ---- what the records say

    private static void compare(Told told, DatabaseAddress address, String jdbc) throws Exception {
        Map<String, Figures> expected = told.recount().figures();
        long begun = System.nanoTime();
        try (RecordDatabase database = new RecordDatabase(address)) {
            var limits = new RecordFeed.Limits(
                    1_000, 500, 4_999, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofDays(1));
            RecordFeed feed =
                    new RecordFeed("demo", new Kept(told), database, SHORT_ABANDON, limits, Clock.systemUTC());
            feed.start();
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> !feed.health().behind()
                            && feed.health().waitingEvents() == 0
                            && feed.health().written() >= expected.size());
            feed.close(Duration.ofSeconds(30));
            assertEquals(expected.size(), feed.health().written());
            assertEquals(
                    0,
                    feed.health().lost()
                            + feed.health().refused()
                            + feed.health().openContacts());
            System.out.printf(
                    "%d records of %d events written in %.1f s%n",
                    expected.size(), told.lastSeq(), (System.nanoTime() - begun) / 1e9);
            try (Connection connection = DriverManager.getConnection(jdbc)) {
                Map<String, Figures> found = figures(connection);
                for (Map.Entry<String, Figures> one : expected.entrySet()) {
                    assertEquals(one.getValue(), found.get(one.getKey()), "contact " + one.getKey());
                }
                assertEquals(expected.keySet().size(), found.size());
                agentsAgree(told.recount(), connection);
            }
            daysAgree(told.recount(), new RecordQueries(database));
        }
        summary(expected);
    }

    private static Map<String, Figures> figures(Connection connection) throws SQLException {
        Map<String, SortedMap<String, Share>> shares = new LinkedHashMap<>();
        each(
                connection,
                "SELECT contact, agent, kind, SUM(end_ms - start_ms) FROM contact_segment"
                        + " WHERE kind IN ('talk', 'hold', 'wrap-up') GROUP BY contact, agent, kind",
                row -> {
                    long time = row.getLong(4);
                    Share share =
                            switch (row.getString(3)) {
                                case "talk" -> new Share(time, 0, 0);
                                case "hold" -> new Share(0, time, 0);
                                default -> new Share(0, 0, time);
                            };
                    shares.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                            .merge(row.getString(2), share, Share::plus);
                });
        Map<String, Integer> inquiries = new LinkedHashMap<>();
        each(
                connection,
                "SELECT contact, COUNT(*) FROM contact_inquiry GROUP BY contact",
                row -> inquiries.put(row.getString(1), row.getInt(2)));
        Map<String, Figures> figures = new LinkedHashMap<>();
        each(connection, "SELECT * FROM contact_record", row -> {
            String contact = row.getString("contact");
            SortedMap<String, Share> agents = shares.getOrDefault(contact, new TreeMap<>());
            Share all = agents.values().stream().reduce(Share.NONE, Share::plus);
            assertEquals(
                    all,
                    new Share(row.getLong("talk_ms"), row.getLong("hold_ms"), row.getLong("wrap_up_ms")),
                    "the totals of contact " + contact + " are those of its segments");
            figures.put(
                    contact,
                    new Figures(
                            row.getString("outcome"),
                            row.getLong("arrived_ms"),
                            nullable(row, "offered_ms"),
                            nullable(row, "answered_ms"),
                            row.getLong("ended_ms"),
                            row.getLong("queue_wait_ms"),
                            row.getInt("requeues"),
                            row.getInt("transfers"),
                            row.getInt("consults"),
                            inquiries.getOrDefault(contact, 0),
                            agents));
        });
        return figures;
    }

    private static Long nullable(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /// By their own states agents were on a contact, and in wrap-up, as long as the segments say.
    private static void agentsAgree(Recount recount, Connection connection) throws SQLException {
        SortedMap<String, Long> wrapUp = new TreeMap<>();
        SortedMap<String, Long> onContact = new TreeMap<>();
        each(
                connection,
                "SELECT agent, CASE WHEN kind = 'wrap-up' THEN 1 ELSE 0 END, SUM(end_ms - start_ms)"
                        + " FROM contact_segment WHERE kind IN ('talk', 'hold', 'lost', 'wrap-up')"
                        + " OR (kind = 'consult' AND by_agent IS NOT NULL)"
                        + " GROUP BY agent, CASE WHEN kind = 'wrap-up' THEN 1 ELSE 0 END",
                row -> {
                    if (row.getLong(3) > 0) {
                        (row.getInt(2) == 1 ? wrapUp : onContact).put(row.getString(1), row.getLong(3));
                    }
                });
        assertEquals(recount.inState(AgentState.WRAP_UP), wrapUp);
        assertEquals(recount.inState(AgentState.ON_CONTACT), onContact);
    }

    private static void daysAgree(Recount recount, RecordQueries queries) throws SQLException {
        SortedMap<LocalDate, SortedMap<String, Long>> contacts = recount.byDay(ZONE);
        SortedMap<LocalDate, SortedMap<String, Long>> talk = recount.talkByDay(ZONE);
        assertTrue(contacts.size() >= 2, "the run is to span a midnight");
        for (LocalDate day : contacts.keySet()) {
            Instant from = day.atStartOfDay(ZONE).toInstant();
            Instant to = day.plusDays(1).atStartOfDay(ZONE).toInstant();
            SortedMap<String, Long> outcomes = new TreeMap<>();
            queries.outcomes(from, to)
                    .forEach((outcome, count) -> outcomes.put(
                            outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), count));
            assertEquals(contacts.get(day), outcomes, "contacts of " + day);
            SortedMap<String, Long> talked = new TreeMap<>();
            queries.agentTimes(from, to).forEach((agent, times) -> {
                Duration time = times.get(Segment.Kind.TALK);
                if (time != null && !time.isZero()) talked.put(agent.value(), time.toMillis());
            });
            assertEquals(talk.getOrDefault(day, new TreeMap<>()), talked, "talk on " + day);
            System.out.printf(
                    "%s has %d h: %s%n", day, Duration.between(from, to).toHours(), outcomes);
        }
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, Row each) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) each.read(rows);
        }
    }

    private static void summary(Map<String, Figures> figures) {
        SortedMap<String, Long> outcomes = new TreeMap<>();
        long requeues = 0;
        long transfers = 0;
        long consults = 0;
        for (Figures one : figures.values()) {
            outcomes.merge(one.outcome(), 1L, Long::sum);
            requeues += one.requeues();
            transfers += one.transfers();
            consults += one.consults();
        }
        assertTrue(requeues > 0 && transfers > 0 && consults > 0, "the run is to have some of everything");
        System.out.printf(
                "%d contacts agree: %s, %d requeues, %d transfers, %d consults%n",
                figures.size(), outcomes, requeues, transfers, consults);
    }
}
