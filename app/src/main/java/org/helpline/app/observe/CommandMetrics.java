package org.helpline.app.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.gateway.RoutingPort;
import org.helpline.router.Input;
import org.helpline.router.Refusal;

/// The way of commands to the owner, watched: how long from a desktop's command to its answer, and what is
/// refused. That time has the owner's queue, the turn and the journal in it.
final class CommandMetrics implements RoutingPort {
    /// Reasons are words of our own; this is far beyond their number.
    private static final int MOST_REASONS = 60;

    private final RoutingPort port;
    private final Meters meters;
    private final BoundedWords reasons = BoundedWords.first(MOST_REASONS);
    private final AtomicInteger inFlight = new AtomicInteger();

    CommandMetrics(RoutingPort port, MeterRegistry registry) {
        this.port = port;
        this.meters = new Meters(registry);
        meters.gauge(
                "helpline.commands.in.flight",
                "Commands of desktops that the owner has not answered yet",
                Meters.NONE,
                inFlight::get);
    }

    @Override
    public Future<Optional<Refusal>> submit(Input input) {
        long begun = System.nanoTime();
        inFlight.incrementAndGet();
        return port.submit(input).onComplete(answer -> {
            inFlight.decrementAndGet();
            meters.machine(
                            "helpline.command",
                            "Time from a desktop's command to the owner's answer",
                            Meters.tag("command", Meters.word(input.getClass())))
                    .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            if (answer.failed()) refused("failed");
            else answer.result().ifPresent(refusal -> refused(refusal.reason()));
        });
    }

    private void refused(String reason) {
        meters.counter(
                        "helpline.commands.refused",
                        "Commands of desktops that were refused, by reason",
                        Meters.tag("reason", reasons.of(reason)))
                .increment();
    }
}
