package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.helpline.app.observe.DomainMetrics;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.records.RecordedEvents;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.gateway.ServiceLevel;
import org.helpline.gateway.ServiceLevelVariant;
import org.helpline.gateway.ServiceLevelVariant.Counts;
import org.helpline.records.EventSource.Numbered;
import org.helpline.records.NumberHashes;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.RecordFold;
import org.helpline.router.Event;
import org.helpline.store.InMemoryJournal;
import org.junit.jupiter.api.Test;

/// At the end of a simulated hour in which everything goes wrong now and then, the wallboard, Prometheus and
/// the contact records say the same, to the unit, for every helpline, queue, language and modality.
class FiguresAgreeTest {
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final ServiceLevel BY = ServiceLevel.DEFAULT;
    private static final int SEED = 20_264;
    private static final int CALLS = 1_000;

    /// @param level share of the variant that the wallboard shows, in ten-thousandths; -1 while there is none
    private record Figures(long offered, long handled, long abandoned, long level, long waiting) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RecordFold fold = new RecordFold(BY.shortAbandon());
    private final RecordedEvents recorded = new RecordedEvents(new NumberHashes(new byte[32]), called -> called);
    private final List<ContactRecord> records = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Instant last = START;

    @Test
    void wallboardPrometheusAndRecordsAgreeAfterAnHour() throws Exception {
        RunReport report = anHour();
        Map<String, Figures> wallboard = wallboard();

        assertEquals(wallboard, prometheus());
        assertEquals(wallboard, records());

        assertTrue(wallboard.size() >= 10, wallboard::toString);
        assertEquals(
                report.queued(),
                wallboard.values().stream().mapToLong(Figures::offered).sum());
        assertEquals(
                report.abandoned(),
                wallboard.values().stream().mapToLong(Figures::abandoned).sum());
        assertTrue(report.abandoned() > 20 && report.requeued() > 20, report::toString);
        Map<String, Long> lost = series(registry.scrape(), "helpline_contacts_lost_total");
        wallboard.forEach((key, row) -> {
            assertEquals(0, row.waiting());
            assertEquals(row.offered(), row.handled() + row.abandoned() + lost.get(key));
        });
        assertTrue(lost.values().stream().anyMatch(count -> count > 0), "the switch died, and nobody was lost");
    }

    private RunReport anHour() {
        SimulatedDomain domain = new SimulatedDomain(Scenario.wild(SEED, CALLS), new InMemoryJournal(1_000), START);
        domain.addListener(new DomainMetrics(registry, BY, () -> last));
        domain.addListener(new TurnListener() {
            @Override
            public void onEvents(List<DomainEvent> turn) {
                throw new IllegalStateException("the place in the journal is needed");
            }

            @Override
            public void onTurn(long firstSeq, List<DomainEvent> turn) {
                for (DomainEvent event : turn) {
                    last = event.at();
                    if (event instanceof DomainEvent.Routing routing) events.add(routing.event());
                }
                for (Numbered one : recorded.of(turn, firstSeq)) records.addAll(fold.apply(one.seq(), one.event()));
                records.addAll(fold.turnOver());
            }
        });
        RunReport report = domain.run();
        System.out.println(report);
        assertEquals(Optional.empty(), report.breach());
        assertTrue(report.simulated().compareTo(Duration.ofMinutes(50)) > 0, report::toString);
        assertEquals(0, fold.openContacts());
        return report;
    }

    // ---- the three of them

    private Map<String, Figures> wallboard() throws Exception {
        Map<String, Figures> rows = new TreeMap<>();
        for (Object each : Wallboard.shows(events, last).getJsonArray("queues")) {
            JsonObject row = (JsonObject) each;
            JsonObject level = row.getJsonObject("serviceLevel");
            assertEquals(BY.variant().word(), level.getString("variant"));
            Double value = level.getDouble("value");
            rows.put(
                    key(
                            row.getString("helpline"),
                            row.getString("queue"),
                            row.getString("language"),
                            row.getString("modality")),
                    new Figures(
                            row.getLong("offered"),
                            row.getLong("handled"),
                            row.getLong("abandoned"),
                            value == null ? -1 : Math.round(value * 10_000),
                            row.getLong("waiting")));
        }
        return rows;
    }

    private Map<String, Figures> prometheus() {
        String scrape = registry.scrape();
        Map<String, Long> offered = series(scrape, "helpline_contacts_offered_total");
        Map<String, Long> handled = series(scrape, "helpline_contacts_handled_total");
        Map<String, Long> abandoned = series(scrape, "helpline_contacts_abandoned_total");
        Map<String, Long> waiting = series(scrape, "helpline_contacts_waiting");
        Map<String, Long> answered = series(scrape, "helpline_contacts_answered_total");
        Map<String, Long> within = series(scrape, "helpline_contacts_answered_within_threshold_total");
        Map<String, Long> unanswered = series(scrape, "helpline_contacts_abandoned_unanswered_total");
        Map<String, Long> leftWithin = series(scrape, "helpline_contacts_abandoned_within_threshold_total");
        Map<String, Long> leftSoon = series(scrape, "helpline_contacts_short_abandoned_total");
        Map<String, Figures> rows = new TreeMap<>();
        offered.forEach((row, count) -> rows.put(
                row,
                new Figures(
                        count,
                        handled.get(row),
                        abandoned.get(row),
                        level(new Counts(
                                answered.get(row),
                                within.get(row),
                                unanswered.get(row),
                                leftWithin.get(row),
                                leftSoon.get(row))),
                        waiting.get(row))));
        return rows;
    }

    private Map<String, Figures> records() {
        Map<String, List<ContactRecord>> offered = new TreeMap<>();
        for (ContactRecord one : records) {
            if (one.offeredAt().isEmpty()) continue;
            String row = key(
                    one.helpline().value(),
                    one.queues().getFirst().value(),
                    one.language().orElseThrow(),
                    one.modality().orElseThrow().name().toLowerCase(Locale.ROOT));
            offered.computeIfAbsent(row, _ -> new ArrayList<>()).add(one);
        }
        Map<String, Figures> rows = new TreeMap<>();
        offered.forEach((row, all) -> {
            Counts counts = Counts.NONE;
            for (ContactRecord one : all) counts = counted(counts, one);
            long left = all.stream().filter(FiguresAgreeTest::isAbandoned).count();
            long lost =
                    all.stream().filter(one -> one.outcome() == Outcome.LOST).count();
            rows.put(row, new Figures(all.size(), all.size() - left - lost, left, level(counts), 0));
        });
        return rows;
    }

    private static Counts counted(Counts counts, ContactRecord one) {
        Instant since = one.offeredAt().orElseThrow();
        if (one.answeredAt().isPresent()) {
            return counts.plusAnswered(Duration.between(since, one.answeredAt().get()), BY);
        }
        return isAbandoned(one) ? counts.plusAbandoned(Duration.between(since, one.endedAt()), BY) : counts;
    }

    private static boolean isAbandoned(ContactRecord one) {
        return one.outcome() == Outcome.ABANDONED || one.outcome() == Outcome.SHORT_ABANDONED;
    }

    private static long level(Counts counts) {
        ServiceLevelVariant variant = BY.variant();
        OptionalDouble level = variant.of(counts);
        return level.isEmpty() ? -1 : Math.round(level.getAsDouble() * 10_000);
    }

    /// The values of a metric as Prometheus reads them, by row.
    private static Map<String, Long> series(String scrape, String metric) {
        Matcher line = Pattern.compile("(?m)^" + metric
                        + "\\{helpline=\"(.*)\",language=\"(.*)\",modality=\"(.*)\",queue=\"(.*)\"} ([0-9.]+)$")
                .matcher(scrape);
        Map<String, Long> values = new TreeMap<>();
        while (line.find()) {
            values.put(
                    key(line.group(1), line.group(4), line.group(2), line.group(3)),
                    Math.round(Double.parseDouble(line.group(5))));
        }
        return values;
    }

    private static String key(String helpline, String queue, String language, String modality) {
        return String.join(" / ", helpline, queue, language, modality);
    }
}
