package org.helpline.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Input.Readiness;
import org.helpline.router.OfferId;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.telephony.simulated.DeviceBehaviour;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedDevice;

/// Agents at their desks with their telephones: they accept after a while, let it ring, refuse, lose their
/// connection, go for a break, hold, hand on, hang up, and hand in commands that make no sense.
final class AgentCrew implements TurnListener {
    private final Scenario scenario;
    private final VirtualTime time;
    private final SimulatedCarrier carrier;
    private final Front front;
    private final Draws draws;
    private final Map<AgentId, Seat> seats = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final HandOvers handOvers;
    private boolean calm;

    AgentCrew(
            Scenario scenario,
            List<AgentSettings> agents,
            VirtualTime time,
            SimulatedCarrier carrier,
            Front front,
            Draws draws) {
        this.scenario = scenario;
        this.time = time;
        this.carrier = carrier;
        this.front = front;
        this.draws = draws;
        this.calm = !scenario.wild();
        this.handOvers = new HandOvers(time, carrier, front, draws, this::submit);
        agents.forEach(agent -> seats.put(agent.id(), new Seat(agent)));
    }

    void start() {
        for (Seat seat : seats.values()) {
            seat.tend();
            if (scenario.wild()) seat.live();
        }
    }

    /// From now on everyone does as they should.
    void calmDown() {
        calm = true;
    }

    /// What was refused, by reason.
    Map<String, Integer> refusals() {
        return refusals;
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            switch (event) {
                case DomainEvent.DeviceRung e -> seats.get(e.agent()).deviceRings();
                case DomainEvent.Routing(Event.OfferMade e) ->
                    seats.get(e.agent()).offered(e.offer());
                case DomainEvent.Routing(Event.ContactConnected e) -> {
                    if (handOvers.isConsult(e.contact())) {
                        handOvers.answered(e);
                    } else {
                        seats.get(e.agent()).talks(e.contact());
                    }
                }
                case DomainEvent.Routing(Event.TransferCompleted e) ->
                    seats.get(e.to()).talks(e.contact());
                case DomainEvent.Routing(Event.ConsultStarted e) -> handOvers.started(e);
                case DomainEvent.Routing(Event.ConsultEnded e) -> handOvers.ended(e);
                case DomainEvent.Routing(Event.WrapUpStarted e) ->
                    seats.get(e.agent()).wrapsUp(e.contact());
                case DomainEvent.Routing _,
                        DomainEvent.Flow _,
                        DomainEvent.Leg _,
                        DomainEvent.Phone _,
                        DomainEvent.Drain _ -> {}
            }
        }
    }

    /// What nobody was told when it happened: who consults whom shows on their screens when those are back.
    void missed(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            switch (event) {
                case DomainEvent.Routing(Event.ConsultStarted e) -> handOvers.started(e);
                case DomainEvent.Routing(Event.ConsultEnded e) -> handOvers.ended(e);
                default -> {}
            }
        }
    }

    /// Their socket is back, and shows what they have in hand.
    void resumed(AgentId agent) {
        AgentView view = front.routing().agent(agent).orElse(null);
        Optional<ContactView> contact = view == null
                ? Optional.empty()
                : view.contact().flatMap(id -> front.routing().contact(id, agent));
        if (contact.isEmpty()) return;
        Seat seat = seats.get(agent);
        switch (contact.get().state()) {
            case OFFERED -> contact.get().offer().ifPresent(seat::offered);
            case TALKING, HELD -> seat.talks(contact.get().id());
            case WRAP_UP -> seat.wrapsUp(contact.get().id());
            case WAITING, CONNECTING, AGENT_LOST -> {}
        }
    }

    private void submit(Input input) {
        front.submit(input)
                .onSuccess(refusal -> refusal.ifPresent(why -> refusals.merge(why.reason(), 1, Integer::sum)));
    }

    private final class Seat {
        final AgentId id;
        final AgentSettings settings;
        OfferId lastOffer = new OfferId("none");

        Seat(AgentSettings settings) {
            this.id = settings.id();
            this.settings = settings;
        }

        /// Every now and then: sign in, come back, go ready.
        void tend() {
            time.after(calm ? draws.seconds(1, 5) : draws.seconds(2, 30), () -> {
                AgentView view = front.routing().agent(id).orElse(null);
                if (view != null) {
                    if (!view.connected()) {
                        submit(new Input.AgentConnected(id));
                    } else if (view.state() == AgentState.NOT_READY) {
                        submit(new Input.SetAgentState(id, Readiness.READY, Optional.empty()));
                    }
                }
                tend();
            });
        }

        /// What nobody waits for.
        void live() {
            time.after(draws.around(Duration.ofMinutes(4)), () -> {
                if (calm) return;
                switch (draws.below(8)) {
                    case 0, 1, 2 -> submit(new Input.AgentDisconnected(id));
                    case 3 -> submit(new Input.SignOut(id));
                    case 4, 5 ->
                        submit(new Input.SetAgentState(
                                id,
                                draws.chance(0.8) ? Readiness.NOT_READY : Readiness.READY,
                                draws.chance(0.5) ? Optional.of("break") : Optional.empty()));
                    case 6 -> submit(new Input.AcceptOffer(id, lastOffer));
                    default -> submit(new Input.HangUp(id, new ContactId("c-" + draws.below(1_000))));
                }
                live();
            });
        }

        void offered(OfferId offer) {
            lastOffer = offer;
            boolean onDevice = settings.offerOn() == AgentSettings.OfferOn.DEVICE;
            double what = calm ? 0 : draws.fraction();
            Duration soon = calm ? draws.seconds(0.3, 3) : draws.seconds(0, 8);
            if (what < 0.80) {
                if (!onDevice || draws.chance(0.05)) time.after(soon, () -> submit(new Input.AcceptOffer(id, offer)));
            } else if (what < 0.85) {
                time.after(soon, () -> submit(new Input.RejectOffer(id, offer, Optional.empty())));
            } else if (what < 0.89) {
                time.after(soon, () -> submit(new Input.AgentDisconnected(id)));
            } else if (what < 0.91) {
                time.after(soon, () -> submit(new Input.SignOut(id)));
            } else if (what < 0.93) {
                time.after(soon, () -> submit(new Input.SetAgentState(id, Readiness.NOT_READY, Optional.empty())));
            } else if (what < 0.95) {
                // Accepts and is gone: the device may ring already.
                time.after(soon, () -> submit(new Input.AcceptOffer(id, offer)));
                time.after(soon.plus(draws.seconds(0, 3)), () -> submit(new Input.AgentDisconnected(id)));
            } else if (what < 0.97) {
                // At the very moment in which the offer expires.
                time.after(Duration.ofSeconds(15), () -> submit(new Input.AcceptOffer(id, offer)));
            }
        }

        void deviceRings() {
            double what = calm ? 0 : draws.fraction();
            device().behaves(
                            what < 0.85
                                    ? new DeviceBehaviour.Answers(draws.seconds(0.1, calm ? 2 : 9))
                                    : what < 0.88
                                            ? new DeviceBehaviour.RingsOn()
                                            : what < 0.91
                                                    ? new DeviceBehaviour.Busy()
                                                    : what < 0.94
                                                            ? new DeviceBehaviour.Rejects(draws.seconds(0, 4))
                                                            : what < 0.98
                                                                    ? new DeviceBehaviour.Absent()
                                                                    : new DeviceBehaviour.Silent());
        }

        void talks(ContactId contact) {
            if (calm) return;
            Duration later = draws.around(scenario.talk());
            switch (draws.below(18)) {
                case 0, 1 -> time.after(later, () -> submit(new Input.HangUp(id, contact)));
                case 2 -> time.after(later, device()::hangUp);
                case 3 -> time.after(later, device()::vanish);
                case 4 -> {
                    time.after(later, () -> submit(new Input.AgentDisconnected(id)));
                    if (draws.chance(0.5)) time.after(later, device()::vanish);
                }
                case 5 ->
                    time.after(
                            later,
                            () -> submit(new Input.SetAgentState(id, Readiness.NOT_READY, Optional.of("lunch"))));
                case 6, 7, 8, 9, 10, 11 ->
                    handOvers.begin(id, contact, draws.around(scenario.talk().dividedBy(3)));
                default -> {}
            }
        }

        void wrapsUp(ContactId contact) {
            if (!calm && draws.chance(0.2)) return;
            Inquiry inquiry = new Inquiry(
                    "benefits",
                    draws.chance(0.8) ? InquiryOutcome.RESOLVED : InquiryOutcome.ESCALATED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("a note"));
            time.after(draws.seconds(1, 15), () -> submit(new Input.CompleteWrapUp(id, contact, List.of(inquiry))));
        }

        private SimulatedDevice device() {
            return carrier.device(DemoLine.device(id));
        }
    }
}
