package org.helpline.app.observe;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.RecoveryReport;
import org.helpline.router.RoutingState.ContactState;

/// What the start of this process found of the one before it. The figures stay as they are until the next start.
final class RecoveryMetrics {
    private static final String CONTACTS = "helpline.recovered.contacts";

    private RecoveryMetrics() {}

    static void bind(MeterRegistry registry, Recovered recovered) {
        Meters meters = new Meters(registry);
        RecoveryReport report = recovered.report();
        gauge(
                meters,
                "helpline.recovery.seconds",
                "Time to build the state again",
                report.took().toNanos() / 1e9);
        gauge(meters, "helpline.recovery.replayed.entries", "Entries that were replayed", (double) report.replayed());
        gauge(
                meters,
                "helpline.recovery.lost.entries",
                "Acknowledged entries that were not there, or could not be used",
                (double) report.lost());
        gauge(
                meters,
                "helpline.recovery.findings",
                "Things that were dropped, cut or set aside; the log has a line for each",
                report.told().size());
        Map<ContactState, Integer> contacts = new EnumMap<>(ContactState.class);
        recovered.state().routing().contacts().forEach(contact -> contacts.merge(contact.state(), 1, Integer::sum));
        long inFlow = recovered.state().calls().stream()
                .filter(call ->
                        recovered.state().routing().contact(call.contact()).isEmpty())
                .count();
        for (ContactState state : ContactState.values()) {
            contacts(meters, Meters.word(state), contacts.getOrDefault(state, 0));
        }
        contacts(meters, "in-flow", inFlow);
    }

    private static void contacts(Meters meters, String state, long count) {
        meters.gauge(
                CONTACTS,
                "Contacts in the state that was built again, before it was compared with the carrier",
                Meters.tag("state", state),
                () -> count);
    }

    private static void gauge(Meters meters, String name, String description, double value) {
        meters.gauge(name, description, Meters.NONE, () -> value);
    }
}
