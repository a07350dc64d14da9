package org.helpline.app.observe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.RecoveryReport;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.junit.jupiter.api.Test;

class RecoveryMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void aStartTellsWhatItFoundAndWhatItLost() {
        SwitchState state = new SwitchState();
        for (String id : List.of("c-1", "c-2")) {
            state.apply(new DomainEvent.CallerArrived(
                    Scrape.T0,
                    new ContactId(id),
                    "leg-" + id,
                    new HelplineId("social-services"),
                    "18005550100",
                    Optional.empty()));
        }
        bind(state, 40, new RecoveryReport(4, 5, 36, 3, 2, Duration.ofMillis(1_250), List.of("entries are gone")));
        has("helpline_recovery_seconds 1.25");
        has("helpline_recovery_replayed_entries 36.0");
        has("helpline_recovery_lost_entries 3.0");
        has("helpline_recovery_findings 1.0");
        has("helpline_recovered_contacts{state=\"in-flow\"} 2.0");
        has("helpline_recovered_contacts{state=\"waiting\"} 0.0");
    }

    @Test
    void aNewDomainHasLostNothing() {
        bind(new SwitchState(), 0, new RecoveryReport(0, 1, 0, 0, 0, Duration.ofMillis(2), List.of()));
        has("helpline_recovery_lost_entries 0.0");
        has("helpline_recovered_contacts{state=\"talking\"} 0.0");
    }

    private void bind(SwitchState state, long lastSeq, RecoveryReport report) {
        RecoveryMetrics.bind(
                registry, new Recovered(state, 2, lastSeq, Instant.EPOCH, state.snapshot(), List.of(), report));
    }

    private void has(String line) {
        String text = registry.scrape();
        assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
    }
}
