package org.helpline.app.observe;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.helpline.app.owner.CallerWatch;
import org.helpline.app.owner.Journalling;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.SnapshotKeeper;
import org.helpline.app.owner.TurnListener;
import org.helpline.gateway.GatewayWatch;
import org.helpline.gateway.RoutingPort;
import org.helpline.gateway.ServiceLevel;
import org.helpline.records.RecordHealth;
import org.helpline.store.Journal;
import org.helpline.telephony.CallControl;

/// All that measures one running Helpline, and where it is read.
public final class Instruments implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProcessMetrics process = new ProcessMetrics(registry);
    private final EventLoopLag loops = new EventLoopLag(registry);

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public CallControl watched(CallControl carrier) {
        return new CarrierMetrics(carrier, registry);
    }

    public Journal watched(Journal journal) {
        return new JournalMetrics(journal, registry);
    }

    public void watch(Journalling journal) {
        JournalMetrics.bind(registry, journal::health);
    }

    public void recovered(Recovered recovered) {
        RecoveryMetrics.bind(registry, recovered);
    }

    public void watch(SnapshotKeeper snapshots) {
        JournalMetrics.bindSnapshots(registry, snapshots::health);
    }

    /// Hears how callers' memory fares.
    public CallerWatch callers() {
        return new CallerMetrics(registry);
    }

    public RoutingPort watched(RoutingPort port) {
        return new CommandMetrics(port, registry);
    }

    /// The watch over the switch, its phones and how calls sound.
    public SwitchMetrics switchWatch() {
        return new SwitchMetrics(registry);
    }

    /// Hears how the gateway fares.
    public GatewayWatch gateway() {
        return new GatewayMetrics(registry);
    }

    /// Hears the domain's events.
    public TurnListener domain(ServiceLevel by, InstantSource clock) {
        return new DomainMetrics(registry, by, clock);
    }

    public void watch(Supplier<RecordHealth> records) {
        RecordMetrics.bind(registry, records);
    }

    /// @param draining whether no new calls are taken; from any thread
    public void watchDraining(BooleanSupplier draining) {
        new Meters(registry)
                .gauge(
                        "helpline.draining",
                        "1 while no new calls are taken",
                        Meters.NONE,
                        () -> draining.getAsBoolean() ? 1 : 0);
    }

    /// @param loop a word for what runs on the context
    public void watch(Context context, String loop) {
        loops.watch(context, loop);
    }

    @Override
    public void close() {
        loops.close();
        process.close();
    }
}
