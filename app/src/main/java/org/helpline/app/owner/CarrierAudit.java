package org.helpline.app.owner;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.Census;

/// Asks the carrier now and then what it holds, and has the switchboard compare.
final class CarrierAudit {
    private final CallControl carrier;
    private final Scheduler scheduler;
    private final BooleanSupplier connected;
    private final Supplier<Instant> now;
    private final Consumer<SwitchInput> inputs;
    private Set<String> strangers = Set.of();

    /// @param now as the core is told
    CarrierAudit(
            CallControl carrier,
            Scheduler scheduler,
            BooleanSupplier connected,
            Supplier<Instant> now,
            Consumer<SwitchInput> inputs) {
        this.carrier = carrier;
        this.scheduler = scheduler;
        this.connected = connected;
        this.now = now;
        this.inputs = inputs;
    }

    void every(Duration pause, Supplier<SwitchState> state) {
        scheduler.after(pause, () -> {
            Instant asOf = now.get();
            Future<Census> asked = connected.getAsBoolean() ? carrier.census() : Future.succeededFuture(null);
            asked.onComplete(answer -> {
                if (answer.succeeded() && answer.result() != null) audited(answer.result(), asOf, state.get());
                every(pause, state);
            });
        });
    }

    private void audited(Census census, Instant asOf, SwitchState state) {
        inputs.accept(new SwitchInput.Audited(census, asOf, strangers));
        Set<String> unknown = new HashSet<>();
        for (Census.Leg leg : census.legs()) {
            if (!state.knows(leg.leg())) unknown.add(leg.leg());
        }
        strangers = unknown;
    }
}
