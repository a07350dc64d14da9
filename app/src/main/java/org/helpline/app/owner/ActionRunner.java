package org.helpline.app.owner;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.app.switchboard.Action;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what turns led to: commands to the carrier, and timers. What comes of them is another input.
final class ActionRunner {
    private static final Logger log = LoggerFactory.getLogger(ActionRunner.class);

    private final CallControl carrier;
    private final Scheduler scheduler;
    private final Supplier<Instant> told;
    private final Consumer<SwitchInput> inputs;
    private final Map<Action.TimerName, Runnable> timers = new HashMap<>();

    /// @param told the time that the core was told last
    ActionRunner(CallControl carrier, Scheduler scheduler, Supplier<Instant> told, Consumer<SwitchInput> inputs) {
        this.carrier = carrier;
        this.scheduler = scheduler;
        this.told = told;
        this.inputs = inputs;
    }

    void carryOut(Action action) {
        switch (action) {
            case Action.Tell tell ->
                perform(tell.command()).onFailure(failure -> {
                    log.info(
                            "carrier did not take {}: {}",
                            tell.command().getClass().getSimpleName(),
                            failure.getMessage());
                    tell.onFailure().filter(input -> matters(input, failure)).ifPresent(inputs);
                });
            case Action.StartTimer start -> {
                cancel(start.name());
                // From the time the core was told: a wall clock that was set back must not stretch the timer.
                Duration delay = Duration.between(told.get(), start.due());
                timers.put(start.name(), scheduler.after(delay.isNegative() ? Duration.ZERO : delay, () -> {
                    timers.remove(start.name());
                    inputs.accept(fired(start));
                }));
            }
            case Action.CancelTimer cancel -> cancel(cancel.name());
        }
    }

    /// An adapter that throws has not carried the command out, and the rest of the turn must not suffer for
    /// it.
    private Future<Void> perform(CallCommand command) {
        try {
            return carrier.perform(command);
        } catch (RuntimeException broken) {
            log.error("carrier failed on {}", command.getClass().getSimpleName(), broken);
            return Future.failedFuture(broken);
        }
    }

    /// A bridge that failed because a leg is gone needs no answer of its own: the end of that leg is on its
    /// way, and it says which of the two it was.
    private static boolean matters(SwitchInput onFailure, Throwable failure) {
        return !(onFailure instanceof SwitchInput.BridgeFailed
                && failure instanceof CallControlException e
                && e.kind() == CallControlException.Kind.GONE);
    }

    private static SwitchInput fired(Action.StartTimer timer) {
        return switch (timer.name()) {
            case Action.TimerName.Routing name -> new SwitchInput.RoutingTimer(name.key(), timer.generation());
            case Action.TimerName.Call name ->
                new SwitchInput.CallTimer(name.contact(), name.timer(), timer.generation());
        };
    }

    private void cancel(Action.TimerName name) {
        Runnable cancel = timers.remove(name);
        if (cancel != null) cancel.run();
    }

    void close() {
        List.copyOf(timers.keySet()).forEach(this::cancel);
    }
}
