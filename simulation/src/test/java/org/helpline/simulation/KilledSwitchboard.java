package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.switchboard.Action;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;

/// A switchboard at a simulated carrier, in virtual time, that can be killed at any moment. Its journal is all that
/// outlives it.
///
/// Before it dies it can be made mute, so that the journal gets ahead of the carrier, or deaf, so that the carrier gets
/// ahead of the journal.
final class KilledSwitchboard {
    private static final Duration AUDIT = Duration.ofSeconds(30);

    final VirtualTime time = new VirtualTime(Instant.parse("2026-03-02T14:00:00Z"));
    final SimulatedCarrier carrier;
    /// What it told the carrier since it was started last.
    final List<CallCommand> told = new ArrayList<>();
    /// What happened since it was started last.
    final List<DomainEvent> events = new ArrayList<>();

    private final CallPlan plan;
    private final JsonSnapshotCodec codec = new JsonSnapshotCodec();
    private final Map<Action.TimerName, VirtualTime.Due> timers = new HashMap<>();
    private final SwitchState replica = new SwitchState();
    private Switchboard board;
    private boolean recovering;
    private boolean mute;
    private boolean deaf;
    private int process;
    private int contacts;

    KilledSwitchboard(CallPlan plan, long seed) {
        this.plan = plan;
        carrier = new SimulatedCarrier(SimulatedSettings.standard(), time, new SplittableRandom(seed));
        board = new Switchboard(new SwitchState(), plan);
        open();
    }

    SwitchState state() {
        return board.state();
    }

    void command(Input input) {
        assertEquals(Optional.empty(), give(new SwitchInput.Command(input)).refusal(), input.toString());
    }

    /// Takes it or refuses it.
    Switchboard.Outcome give(SwitchInput input) {
        Switchboard.Outcome outcome = board.step(input, time.now());
        outcome.defect().ifPresent(defect -> {
            throw new AssertionError(input.toString(), defect);
        });
        outcome.events().forEach(replica::apply);
        events.addAll(outcome.events());
        outcome.actions().forEach(this::carryOut);
        return outcome;
    }

    // ---- death

    /// From now on its commands do not get out.
    void mute() {
        mute = true;
    }

    /// From now on it hears nothing.
    void deaf() {
        deaf = true;
    }

    void kill() {
        process++;
        timers.values().forEach(VirtualTime.Due::cancel);
        timers.clear();
        carrier.controllerDies();
        mute = false;
        deaf = false;
    }

    /// From the journal, by way of the bytes of a snapshot.
    void start() {
        assertEquals(board.state().digest(), replica.digest());
        board = new Switchboard(
                SwitchState.restore(codec.decode(codec.encode(replica.snapshot()), JsonSnapshotCodec.VERSION)), plan);
        told.clear();
        events.clear();
        recovering = true;
        open();
        time.pass(Duration.ofMillis(10));
    }

    void killAndStart() {
        kill();
        start();
    }

    // ---- alive

    private void open() {
        int mine = process;
        carrier.open(event -> {
            if (mine == process && !deaf) heard(event);
        });
        audit(mine);
    }

    private void heard(CallEvent event) {
        switch (event) {
            case CallEvent.CallArrived call -> give(new SwitchInput.NewCall(new ContactId("c-" + ++contacts), call));
            case CallEvent.CarrierConnected connected
            when recovering -> {
                recovering = false;
                give(new SwitchInput.Restarted(connected.census(), time.now()));
                board.timers().forEach(this::carryOut);
            }
            default -> give(new SwitchInput.Carrier(event));
        }
    }

    private void audit(int mine) {
        time.after(AUDIT, () -> {
            if (mine != process) return;
            Instant asOf = time.now();
            carrier.census().onSuccess(census -> {
                if (mine == process && !deaf) give(new SwitchInput.Audited(census, asOf, java.util.Set.of()));
            });
            audit(mine);
        });
    }

    private void carryOut(Action action) {
        int mine = process;
        switch (action) {
            case Action.Tell tell -> {
                if (mute) return;
                told.add(tell.command());
                Future<Void> done = carrier.perform(tell.command());
                done.onFailure(_ -> {
                    // Not within the turn that it comes of.
                    time.after(Duration.ZERO, () -> {
                        if (mine == process && !deaf) tell.onFailure().ifPresent(this::give);
                    });
                });
            }
            case Action.StartTimer start -> {
                cancel(start.name());
                Duration left = Duration.between(time.now(), start.due());
                timers.put(start.name(), time.after(left.isNegative() ? Duration.ZERO : left, () -> {
                    if (mine == process) give(fired(start));
                }));
            }
            case Action.CancelTimer cancel -> cancel(cancel.name());
        }
    }

    private void cancel(Action.TimerName name) {
        VirtualTime.Due running = timers.remove(name);
        if (running != null) running.cancel();
    }

    private static SwitchInput fired(Action.StartTimer timer) {
        return switch (timer.name()) {
            case Action.TimerName.Routing name -> new SwitchInput.RoutingTimer(name.key(), timer.generation());
            case Action.TimerName.Call name ->
                new SwitchInput.CallTimer(name.contact(), name.timer(), timer.generation());
        };
    }
}
