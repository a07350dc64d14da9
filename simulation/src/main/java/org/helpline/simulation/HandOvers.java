package org.helpline.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ConsultOutcome;
import org.helpline.router.Input;
import org.helpline.router.QueueId;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.TransferMode;
import org.helpline.router.TransferTarget;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedDevice;

/// What agents do with a contact besides talking: they hold, retrieve, hand on at once or after a word with a
/// colleague, take back, and hang up in the middle of it.
final class HandOvers {
    private final VirtualTime time;
    private final SimulatedCarrier carrier;
    private final Front front;
    private final Draws draws;
    private final Consumer<Input> submit;
    private final Map<ContactId, Event.ConsultStarted> consults = new TreeMap<>();

    HandOvers(VirtualTime time, SimulatedCarrier carrier, Front front, Draws draws, Consumer<Input> submit) {
        this.time = time;
        this.carrier = carrier;
        this.front = front;
        this.draws = draws;
        this.submit = submit;
    }

    boolean isConsult(ContactId contact) {
        return consults.containsKey(contact);
    }

    /// One of the many things that an agent may do with the contact in hand.
    ///
    /// @param soon when
    void begin(AgentId agent, ContactId contact, Duration soon) {
        switch (draws.below(10)) {
            case 0, 1 -> {
                time.after(soon, () -> submit.accept(new Input.Hold(agent, contact)));
                later(soon, 1, 20, new Input.Retrieve(agent, contact));
                if (draws.chance(0.2)) later(soon, 0, 2, new Input.Hold(agent, contact));
            }
            case 2, 3 -> time.after(soon, () -> transfer(agent, contact, TransferMode.COLD));
            default -> {
                time.after(soon, () -> transfer(agent, contact, TransferMode.WARM));
                // Should nobody answer.
                time.after(soon.plus(draws.seconds(3, 40)), () -> {
                    if (draws.chance(0.7)) {
                        submit.accept(new Input.CancelTransfer(agent, contact));
                    } else if (hasConsult(contact)) {
                        phone(agent).hangUp();
                    }
                });
            }
        }
    }

    private void later(Duration soon, double least, double most, Input input) {
        time.after(soon.plus(draws.seconds(least, most)), () -> submit.accept(input));
    }

    private boolean hasConsult(ContactId contact) {
        return consults.values().stream().anyMatch(consult -> consult.of().equals(contact));
    }

    private void transfer(AgentId agent, ContactId contact, TransferMode mode) {
        TransferTarget to =
                switch (draws.below(mode == TransferMode.COLD ? 10 : 8)) {
                    case 0, 1, 2 -> new TransferTarget.ToQueue(new QueueId(draws.pick(DemoLine.NEEDS)));
                    case 8, 9 -> new TransferTarget.ToNumber(draws.chance(0.8) ? "18005550199" : "4930555012");
                    default -> new TransferTarget.ToAgent(aColleague());
                };
        submit.accept(new Input.Transfer(agent, contact, to, mode));
    }

    /// Mostly one who is ready.
    private AgentId aColleague() {
        List<AgentId> found = front.routing().agents().stream()
                .filter(agent -> agent.state() == AgentState.READY || draws.chance(0.02))
                .map(AgentView::settings)
                .map(settings -> settings.id())
                .toList();
        return found.isEmpty() ? new AgentId("agent1") : draws.pick(found);
    }

    // ---- in the middle of a consult

    void started(Event.ConsultStarted consult) {
        consults.put(consult.consult(), consult);
    }

    /// Who consults decides, and who is consulted may be gone before.
    void answered(Event.ContactConnected connected) {
        Event.ConsultStarted consult = consults.get(connected.contact());
        Duration soon = draws.seconds(0.5, 15);
        AgentId by = consult.by();
        switch (draws.below(16)) {
            case 0, 1 -> time.after(soon, () -> submit.accept(new Input.CancelTransfer(by, consult.of())));
            case 2 -> whileOpen(consult, soon, phone(by)::hangUp);
            case 3 -> whileOpen(consult, soon, phone(by)::vanish);
            case 4 -> time.after(soon, () -> submit.accept(new Input.HangUp(connected.agent(), consult.consult())));
            case 5 -> whileOpen(consult, soon, phone(connected.agent())::hangUp);
            case 6 -> whileOpen(consult, soon, phone(connected.agent())::vanish);
            case 7 -> time.after(soon, () -> submit.accept(new Input.AgentDisconnected(connected.agent())));
            default -> time.after(soon, () -> submit.accept(new Input.CompleteTransfer(by, consult.of())));
        }
    }

    private void whileOpen(Event.ConsultStarted consult, Duration after, Runnable what) {
        time.after(after, () -> {
            if (consults.containsKey(consult.consult())) what.run();
        });
    }

    /// Whoever still has the caller talks on.
    void ended(Event.ConsultEnded ended) {
        Event.ConsultStarted consult = consults.remove(ended.consult());
        if (ended.outcome() == ConsultOutcome.COMPLETED || draws.chance(0.1)) return;
        time.after(draws.seconds(0, 5), () -> submit.accept(new Input.Retrieve(consult.by(), ended.of())));
    }

    private SimulatedDevice phone(AgentId agent) {
        return carrier.device(DemoLine.device(agent));
    }
}
