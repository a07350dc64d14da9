package org.helpline.app.observe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.LegId;
import org.helpline.router.Modality;
import org.helpline.router.OfferId;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;
import org.junit.jupiter.api.Test;

class DomainMetricsTest {
    private static final Instant T0 = Instant.parse("2026-11-02T15:00:00Z");
    private static final AgentId AGENT = new AgentId("agent1");
    private static final String LABELS =
            "helpline=\"social-services\",language=\"es\",modality=\"voice\",queue=\"snap\"";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DomainMetrics metrics = new DomainMetrics(registry);

    @Test
    void a_contact_that_is_served_is_offered_waits_and_is_handled() {
        ContactId contact = new ContactId("c1");
        tell(queued(contact));
        assertHas("helpline_contacts_waiting{" + LABELS + "} 1.0");

        tell(new Event.OfferEnded(T0.plusSeconds(6), new OfferId("c1.1"), contact, AGENT, Event.OfferOutcome.ACCEPTED));
        tell(new Event.ContactConnected(T0.plusSeconds(7), contact, AGENT, new LegId("c1.d1")));
        assertHas("helpline_contacts_waiting{" + LABELS + "} 0.0");

        tell(new Event.ContactEnded(T0.plusSeconds(90), contact, Event.ContactOutcome.HANDLED));
        assertHas("helpline_contacts_offered_total{" + LABELS + "} 1.0");
        assertHas("helpline_contacts_handled_total{" + LABELS + "} 1.0");
        assertHas("helpline_queue_wait_seconds_sum{" + LABELS + "} 7.0");
        assertHas("helpline_queue_wait_seconds_bucket{" + LABELS + ",le=\"5.0\"} 0");
        assertHas("helpline_queue_wait_seconds_bucket{" + LABELS + ",le=\"10.0\"} 1");
        assertHas("helpline_offers_total{outcome=\"accepted\"} 1.0");
    }

    @Test
    void a_wait_is_measured_once_however_often_the_contact_returns() {
        ContactId contact = new ContactId("c2");
        tell(queued(contact));
        tell(new Event.ContactConnected(T0.plusSeconds(7), contact, AGENT, new LegId("c2.d1")));
        tell(new Event.ContactRequeued(T0.plusSeconds(20), contact, Event.RequeueReason.AGENT_LOST));
        assertHas("helpline_contacts_waiting{" + LABELS + "} 1.0");
        tell(new Event.ContactConnected(T0.plusSeconds(30), contact, AGENT, new LegId("c2.d2")));

        assertHas("helpline_queue_wait_seconds_count{" + LABELS + "} 1");
        assertHas("helpline_contacts_waiting{" + LABELS + "} 0.0");
    }

    @Test
    void an_abandoned_contact_waits_no_more() {
        ContactId contact = new ContactId("c3");
        tell(queued(contact));
        tell(new Event.ContactEnded(T0.plusSeconds(9), contact, Event.ContactOutcome.ABANDONED));

        assertHas("helpline_contacts_abandoned_total{" + LABELS + "} 1.0");
        assertHas("helpline_contacts_waiting{" + LABELS + "} 0.0");
    }

    @Test
    void agents_are_counted_by_state() {
        tell(new Event.AgentStateChanged(T0, AGENT, AgentState.NOT_READY, Optional.of("signed-in")));
        tell(new Event.AgentStateChanged(T0, AGENT, AgentState.READY, Optional.empty()));

        assertHas("helpline_agents{state=\"ready\"} 1.0");
        assertHas("helpline_agents{state=\"not-ready\"} 0.0");
    }

    private static Event.ContactQueued queued(ContactId contact) {
        return new Event.ContactQueued(
                T0,
                contact,
                new QueueId("snap"),
                new Requirements(new Language("es"), Modality.VOICE, List.of()),
                new ContactContext(
                        new HelplineId("social-services"), Optional.empty(), Optional.of("SNAP"), List.of(), T0));
    }

    private void tell(Event event) {
        metrics.onEvents(List.of(new DomainEvent.Routing(event)));
    }

    private void assertHas(String line) {
        String scrape = registry.scrape();
        assertTrue(scrape.lines().anyMatch(line::equals), () -> line + " not in\n" + scrape);
    }
}
