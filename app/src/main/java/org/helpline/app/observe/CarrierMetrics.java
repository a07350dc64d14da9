package org.helpline.app.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.Census;

/// A carrier that is watched: commands by kind, how long they take, how they fail, what is reported, and
/// whether it is connected. It changes nothing of what passes through.
final class CarrierMetrics implements CallControl {
    private final CallControl carrier;
    private final Meters meters;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger legs = new AtomicInteger();
    private final AtomicInteger bridges = new AtomicInteger();

    CarrierMetrics(CallControl carrier, MeterRegistry registry) {
        this.carrier = carrier;
        this.meters = new Meters(registry);
        meters.gauge("helpline.carrier.connected", "1 while calls can be moved", Meters.NONE, connected::get);
        meters.gauge(
                "helpline.carrier.commands.in.flight",
                "Commands that the carrier has not answered yet",
                Meters.NONE,
                inFlight::get);
        meters.gauge(
                "helpline.carrier.legs",
                "Legs of ours that the carrier held at the last audit",
                Meters.NONE,
                legs::get);
        meters.gauge(
                "helpline.carrier.bridges",
                "Bridges of ours that the carrier held at the last audit",
                Meters.NONE,
                bridges::get);
    }

    @Override
    public Set<Capability> capabilities() {
        return carrier.capabilities();
    }

    @Override
    public Future<Void> open(Consumer<CallEvent> listener) {
        return carrier.open(event -> {
            heard(event);
            listener.accept(event);
        });
    }

    private void heard(CallEvent event) {
        if (event instanceof CallEvent.CarrierConnected now) {
            connected.set(1);
            held(now.census());
        } else if (event instanceof CallEvent.CarrierLost || event instanceof CallEvent.CarrierReplaced) {
            connected.set(0);
        } else if (event instanceof CallEvent.LegEnded over) {
            meters.counter(
                            "helpline.carrier.legs.ended",
                            "Legs that ended, by cause",
                            Meters.tag("cause", Meters.word(over.cause())))
                    .increment();
        }
        meters.counter(
                        "helpline.carrier.events",
                        "What the carrier reported",
                        Meters.tag("event", Meters.word(event.getClass())))
                .increment();
    }

    @Override
    public Future<Void> perform(CallCommand command) {
        String word = Meters.word(command.getClass());
        long begun = System.nanoTime();
        inFlight.incrementAndGet();
        Future<Void> performed;
        try {
            performed = carrier.perform(command);
        } catch (RuntimeException broken) {
            ended(word, begun, broken);
            throw broken;
        }
        return performed.onComplete(_ -> ended(word, begun, null), failure -> ended(word, begun, failure));
    }

    private void ended(String command, long begun, Throwable failure) {
        inFlight.decrementAndGet();
        Timer timer = meters.machine(
                "helpline.carrier.command",
                "Time until the carrier acknowledged or refused a command",
                Meters.tag("command", command));
        timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        if (failure == null) return;
        String kind = failure instanceof CallControlException refused ? Meters.word(refused.kind()) : "defect";
        meters.counter(
                        "helpline.carrier.commands.failed",
                        "Commands that the carrier did not carry out; gone is what a caller who hangs up leaves",
                        List.of(Tag.of("command", command), Tag.of("kind", kind)))
                .increment();
    }

    @Override
    public Future<Census> census() {
        return carrier.census().onSuccess(this::held);
    }

    private void held(Census census) {
        legs.set(census.legs().size());
        bridges.set(census.bridges().size());
    }

    @Override
    public Future<Void> close() {
        return carrier.close();
    }
}
