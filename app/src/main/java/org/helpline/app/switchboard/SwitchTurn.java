package org.helpline.app.switchboard;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.helpline.ivr.FlowInput;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.router.RoutingCore;
import org.helpline.router.Turn;
import org.helpline.telephony.CallCommand;

/// One turn while it is made: every event is applied as it is emitted, so what is read here is always the state
/// so far.
final class SwitchTurn {
    private final SwitchState state;
    private final RoutingCore routing;
    private final CallPlan plan;
    private final Instant now;
    private final List<DomainEvent> events = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final Deque<Step> pending = new ArrayDeque<>();

    /// Something one machine owes another within the turn.
    sealed interface Step {
        record Flow(ContactId contact, FlowInput input) implements Step {}

        record Route(Input input) implements Step {}
    }

    SwitchTurn(SwitchState state, RoutingCore routing, CallPlan plan, Instant now) {
        this.state = state;
        this.routing = routing;
        this.plan = plan;
        this.now = now;
    }

    SwitchState state() {
        return state;
    }

    CallPlan plan() {
        return plan;
    }

    Instant now() {
        return now;
    }

    List<DomainEvent> events() {
        return List.copyOf(events);
    }

    List<Action> actions() {
        return List.copyOf(actions);
    }

    void emit(DomainEvent event) {
        state.apply(event);
        events.add(event);
    }

    /// Lets the routing core decide; its events are applied by it already.
    Turn route(Input input) {
        Turn turn = routing.step(input, now);
        for (Event event : turn.events()) {
            state.routed(event);
            events.add(new DomainEvent.Routing(event));
        }
        return turn;
    }

    // ---- what is to be done at the edge

    void act(Action action) {
        actions.add(action);
    }

    void tell(CallCommand command) {
        act(new Action.Tell(command, Optional.empty()));
    }

    void tell(CallCommand command, SwitchInput onFailure) {
        act(new Action.Tell(command, Optional.of(onFailure)));
    }

    /// Tells it unless this turn has told the same already.
    void actOnce(List<Action.Tell> mends) {
        Set<CallCommand> told = new HashSet<>();
        for (Action action : actions) if (action instanceof Action.Tell tell) told.add(tell.command());
        mends.stream().filter(mend -> told.add(mend.command())).forEach(actions::add);
    }

    // ---- what one machine owes another

    void owe(ContactId contact, FlowInput input) {
        pending.add(new Step.Flow(contact, input));
    }

    void owe(Input input) {
        pending.add(new Step.Route(input));
    }

    /// The step owed last is owed no more.
    void forgive() {
        pending.removeLast();
    }

    Optional<Step> next() {
        return Optional.ofNullable(pending.poll());
    }
}
