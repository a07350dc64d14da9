package org.helpline.app.observe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.gateway.ServiceLevel;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;

/// The domain's metrics with a clock that a test sets, read as Prometheus reads them.
final class Scrape {
    static final Instant T0 = Instant.parse("2026-11-02T15:00:00Z");
    static final Requirements SPANISH = new Requirements(new Language("es"), Modality.VOICE, List.of());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Instant now = T0;
    private final DomainMetrics metrics = new DomainMetrics(registry, ServiceLevel.DEFAULT, () -> now);

    /// Labels of the helpline's Spanish voice contacts in this queue, as they are written.
    static String in(String queue) {
        return "helpline=\"social-services\",language=\"es\",modality=\"voice\",queue=\"" + queue + "\"";
    }

    static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    static Event.ContactQueued queued(long second, ContactId contact, String queue) {
        return new Event.ContactQueued(
                at(second),
                contact,
                new QueueId(queue),
                SPANISH,
                new ContactContext(
                        new HelplineId("social-services"),
                        Optional.empty(),
                        Optional.of("SNAP"),
                        List.of(),
                        at(second)));
    }

    void tell(Event... events) {
        for (Event event : events) metrics.onEvents(List.of(new DomainEvent.Routing(event)));
    }

    void elapse(Duration time) {
        now = now.plus(time);
    }

    String text() {
        return registry.scrape();
    }

    void has(String... lines) {
        String scrape = text();
        for (String line : lines) {
            assertTrue(scrape.lines().anyMatch(line::equals), () -> line + " not in\n" + scrape);
        }
    }

    /// Series of ours, buckets included.
    long series() {
        return text().lines().filter(line -> line.startsWith("helpline_")).count();
    }
}
