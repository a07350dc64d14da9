package org.helpline.app.observe;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.helpline.records.RecordHealth;

/// Whether contact records come into their database.
final class RecordMetrics {
    private RecordMetrics() {}

    static void bind(MeterRegistry registry, Supplier<RecordHealth> health) {
        Meters meters = new Meters(registry);
        meters.gauge(
                "helpline.records.database.up",
                "1 while contact records can be written",
                Meters.NONE,
                () -> health.get().failing().isEmpty() ? 1 : 0);
        meters.gauge(
                "helpline.records.events.waiting",
                "Events that contact records have not taken yet, in memory or in the journal",
                Meters.NONE,
                () -> health.get().waitingEvents());
        meters.gauge(
                "helpline.records.contacts.open",
                "Contacts that will leave a record",
                Meters.NONE,
                () -> health.get().openContacts());
        meters.count("helpline.records.written", "Contact records written", health, RecordHealth::written);
        meters.count(
                "helpline.records.lost",
                "Contacts without a record because the journal had not kept their events",
                health,
                RecordHealth::lost);
        meters.count(
                "helpline.records.refused",
                "Contact records that the database would not have",
                health,
                RecordHealth::refused);
    }
}
