package org.helpline.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.ivr.FlowPhase;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.LegId;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.TimerKey;
import org.helpline.telephony.Census;
import org.helpline.telephony.simulated.SimulatedCarrier;

/// Checks the invariants: after each turn whatever the turn touched, now and then everything, and at the end
/// that nothing is left. The first breach is kept; what comes after it means nothing any more.
final class Inspector implements TurnListener {
    private static final int FULL_CHECK_EVERY_TURNS = 200;

    private final VirtualTime time;
    private final SwitchState state;
    private final SimulatedCarrier carrier;
    private final CallerCrowd callers;
    private final Ledger ledger = new Ledger(this::breach);
    private Optional<Breach> breach = Optional.empty();
    private long turns;
    private long events;

    /// An invariant that does not hold.
    record Breach(Invariant invariant, Instant at, String what) {
        @Override
        public String toString() {
            return invariant + " at " + at + ": " + what;
        }
    }

    Inspector(VirtualTime time, SwitchState state, SimulatedCarrier carrier, CallerCrowd callers) {
        this.time = time;
        this.state = state;
        this.carrier = carrier;
        this.callers = callers;
    }

    Optional<Breach> breach() {
        return breach;
    }

    Ledger ledger() {
        return ledger;
    }

    long turns() {
        return turns;
    }

    long events() {
        return events;
    }

    private void breach(Invariant invariant, String what) {
        if (breach.isEmpty()) breach = Optional.of(new Breach(invariant, time.now(), what));
    }

    private void check(boolean holds, Invariant invariant, Object... what) {
        if (holds || breach.isPresent()) return;
        StringBuilder text = new StringBuilder();
        for (Object part : what) text.append(part).append(' ');
        breach(invariant, text.toString().trim());
    }

    @Override
    public void onDefect(SwitchInput input, RuntimeException defect) {
        StackTraceElement[] trace = defect.getStackTrace();
        breach(Invariant.NO_DEFECT, input + " led to " + defect + (trace.length > 0 ? " at " + trace[0] : ""));
    }

    @Override
    public void onEvents(List<DomainEvent> turn) {
        if (breach.isPresent()) return;
        turns++;
        events += turn.size();
        try {
            turn.forEach(ledger::apply);
            if (turns % FULL_CHECK_EVERY_TURNS == 0) {
                ledger.touchedContacts.addAll(ledger.contacts.keySet());
                ledger.touchedContacts.addAll(ledger.calls.keySet());
                ledger.touchedAgents.addAll(ledger.agents.keySet());
                everything();
            }
            ledger.touchedContacts.forEach(this::contact);
            ledger.touchedAgents.forEach(this::agent);
            ledger.devices.forEach(this::device);
            nobodyWaitsInVain();
            ledger.supervisions.values().forEach(this::supervision);
        } catch (RuntimeException impossible) {
            breach(Invariant.STATE_FOLLOWS_EVENTS, impossible + " on " + turn);
        }
        ledger.touchedContacts.clear();
        ledger.touchedAgents.clear();
        ledger.left.clear();
    }

    // ---- after a turn

    private void contact(ContactId id) {
        Ledger.Contact contact = ledger.contacts.get(id);
        Ledger.Call call = ledger.calls.get(id);
        FlowPhase phase = call == null ? FlowPhase.ENDED : call.phase;
        Optional<ContactView> view = state.routing().contact(id).filter(row -> row.state() != ContactState.WRAP_UP);
        check(view.isPresent() == (contact != null), Invariant.STATE_FOLLOWS_EVENTS, id, view);
        switch (phase) {
            case WAITING, WITH_AGENT, ON_HOLD, AGENT_LOST ->
                check(contact != null, Invariant.CONTACT_HAS_OWNER, id, "is", phase, "and has no contact");
            case ENTERING_QUEUE -> check(false, Invariant.CONTACT_HAS_OWNER, id, "is left on the way to the queue");
            case NOT_ARRIVED, SAYING, MENU_PLAYING, MENU_LISTENING, REFERRED, HANGING_UP, HUNG_UP, ENDED -> {}
        }
        if (contact == null || view.isEmpty()) return;
        check(view.get().state() == contact.state, Invariant.STATE_FOLLOWS_EVENTS, id, view.get(), contact.state);
        check(view.get().agent().equals(contact.agent), Invariant.STATE_FOLLOWS_EVENTS, id, view.get());
        check(
                view.get().consult().equals(contact.consult.map(consult -> consult.id))
                        && view.get().consultOf().equals(contact.of.map(of -> of.id)),
                Invariant.STATE_FOLLOWS_EVENTS,
                id,
                view.get());
        check(view.get().offer().equals(contact.offer), Invariant.STATE_FOLLOWS_EVENTS, id, view.get());
        switch (contact.state) {
            case WAITING -> {
                owned(contact, phase == FlowPhase.WAITING, phase);
                check(contact.only.isEmpty(), Invariant.CONTACT_HAS_OWNER, id, "waits for", contact.only, "alone");
                check(state.routing().position(id) >= 1, Invariant.CONTACT_HAS_OWNER, id, "waits in no queue");
            }
            case OFFERED -> {
                owned(contact, phase == FlowPhase.WAITING, phase);
                bounded(contact.offer.isPresent() && runs(TimerKey.Kind.OFFER, contact.offer.get()), contact);
            }
            case CONNECTING -> {
                owned(contact, phase == FlowPhase.WAITING, phase);
                bounded(contact.leg.isPresent() && runs(TimerKey.Kind.DEVICE, contact.leg.get()), contact);
                hasDevice(contact, false);
            }
            case TALKING -> {
                owned(contact, phase == FlowPhase.WITH_AGENT, phase);
                hasDevice(contact, true);
                check(
                        contact.of.isPresent() || (call != null && call.joined.equals(contact.leg)),
                        Invariant.BRIDGED_RIGHTLY,
                        id,
                        contact.leg,
                        call == null ? "" : call.joined);
            }
            case HELD -> {
                owned(contact, phase == FlowPhase.ON_HOLD, phase);
                hasDevice(contact, true);
                check(
                        call != null && call.joined.isEmpty(),
                        Invariant.BRIDGED_RIGHTLY,
                        id,
                        "is held and hears somebody");
            }
            case AGENT_LOST -> {
                owned(contact, phase == FlowPhase.AGENT_LOST, phase);
                bounded(
                        contact.leg.isPresent()
                                ? runs(TimerKey.Kind.DEVICE, contact.leg.get())
                                : runs(TimerKey.Kind.DEVICE_LOST, id),
                        contact);
            }
            case WRAP_UP -> throw new IllegalStateException("wrap-ups belong to agents");
        }
    }

    /// The caller of a consult is the agent who has the contact it is about.
    private void owned(Ledger.Contact contact, boolean byItsCaller, FlowPhase phase) {
        if (contact.of.isPresent()) {
            Ledger.Contact of = contact.of.get();
            check(
                    of.state == ContactState.HELD && of.agent.isPresent() && !of.agent.equals(contact.agent),
                    Invariant.CONSULT_HAS_CONTACT,
                    contact.id,
                    "is about a contact that is",
                    of.state,
                    "with",
                    of.agent);
            return;
        }
        check(byItsCaller, Invariant.CONTACT_HAS_OWNER, contact.id, "is", contact.state, "while its caller is", phase);
    }

    private void bounded(boolean byTimer, Ledger.Contact contact) {
        check(byTimer, Invariant.BOUNDED_BY_TIMER, contact.id, "is", contact.state, "without a timer");
    }

    private boolean runs(TimerKey.Kind kind, Object subject) {
        return ledger.timers.contains(new TimerKey(kind, subject.toString()));
    }

    private void hasDevice(Ledger.Contact contact, boolean up) {
        Ledger.Device device = contact.leg.map(ledger.devices::get).orElse(null);
        check(
                device != null && device.up() == up,
                Invariant.DEVICE_HAS_CONTACT,
                contact.id,
                "is",
                contact.state,
                "with device",
                device);
    }

    private void agent(AgentId id) {
        Ledger.Agent agent = ledger.agents.get(id);
        Optional<AgentView> view = state.routing().agent(id);
        AgentState seen = view.map(AgentView::state).orElse(AgentState.SIGNED_OUT);
        check(seen == agent.state, Invariant.STATE_FOLLOWS_EVENTS, id, seen, "but events say", agent.state);
        int inHand = agent.contacts.size() + (agent.wrapUp.isPresent() ? 1 : 0);
        check(inHand <= 1, Invariant.ONE_CONTACT_ONE_AGENT, id, "has", agent.contacts, agent.wrapUp);
        check(
                view.map(AgentView::settings).map(agent.settings::equals).orElse(true),
                Invariant.STATE_FOLLOWS_EVENTS,
                id,
                view,
                "but events say",
                agent.settings);
        Optional<ContactState> held =
                agent.contacts.stream().findFirst().map(ledger.contacts::get).map(contact -> contact.state);
        boolean fits =
                switch (agent.state) {
                    case SIGNED_OUT, NOT_READY, READY -> inHand == 0;
                    case RESERVED ->
                        held.filter(s -> s == ContactState.OFFERED || s == ContactState.CONNECTING)
                                .isPresent();
                    case ON_CONTACT ->
                        held.filter(s -> s == ContactState.TALKING
                                        || s == ContactState.HELD
                                        || s == ContactState.AGENT_LOST)
                                .isPresent();
                    case WRAP_UP -> agent.wrapUp.isPresent();
                };
        check(fits, Invariant.NO_IDLE_RESERVATION, id, "is", agent.state, "with", agent.contacts, held);
        boolean bounded = agent.state != AgentState.READY || agent.connected || runs(TimerKey.Kind.AGENT_AWAY, id);
        check(bounded, Invariant.BOUNDED_BY_TIMER, id, "is ready without a socket and without a timer");
        boolean wrapsUpForEver = agent.wrapUp.isPresent() && !runs(TimerKey.Kind.WRAP_UP, id);
        check(!wrapsUpForEver, Invariant.BOUNDED_BY_TIMER, id, "wraps up without a timer");
        boolean deaf = agent.state == AgentState.READY && agent.unreachable.isPresent();
        check(!deaf, Invariant.NO_IDLE_RESERVATION, id, "is ready, but its device", agent.unreachable);
    }

    private void device(LegId leg, Ledger.Device device) {
        Ledger.Contact contact = ledger.contacts.get(device.contact());
        boolean served = contact != null
                && contact.agent.equals(Optional.of(device.agent()))
                && (contact.leg.equals(Optional.of(leg)) || contact.state == ContactState.OFFERED);
        check(served, Invariant.DEVICE_HAS_CONTACT, leg, "is a device of", device, "which nobody serves");
    }

    private void supervision(Event.SupervisionRequested supervision) {
        Ledger.Contact contact = ledger.contacts.get(supervision.contact());
        boolean heard = contact != null
                && contact.agent.equals(Optional.of(supervision.agent()))
                && (contact.state == ContactState.TALKING || contact.state == ContactState.HELD);
        check(heard, Invariant.LISTENERS_HEAR_SOMEBODY, supervision, "but the contact left the agent");
    }

    private void nobodyWaitsInVain() {
        if (ledger.waiting.isEmpty() || ledger.suspended) return;
        ledger.agents.forEach((id, agent) -> {
            if (!agent.available()) return;
            for (Ledger.Contact contact : ledger.waiting) {
                check(!mayServeNow(id, contact), Invariant.SERVED_IN_TURN, contact.id, "waits beside", id);
            }
        });
    }

    /// By the settings of now: those of the queue may have changed since the contact entered it.
    private boolean mayServeNow(AgentId id, Ledger.Contact contact) {
        return state.routing()
                .contact(contact.id)
                .filter(view -> ledger.agents.get(id).mayServe(view.requirements()))
                .isPresent();
    }

    // ---- now and then, and at the end

    private void everything() {
        RoutingState routing = state.routing();
        Ledger.Counts counts = ledger.counts;
        check(counts.arrived == counts.gone + state.calls().size(), Invariant.CONSERVATION, "calls do not add up");
        long present = routing.contacts().stream()
                .filter(contact -> contact.state() != ContactState.WRAP_UP)
                .filter(contact -> contact.consultOf().isEmpty())
                .count();
        check(
                counts.queued == counts.handled + counts.abandoned + counts.transferredOut + counts.lost + present,
                Invariant.CONSERVATION,
                "contacts do not add up:",
                counts.queued,
                counts.handled,
                counts.abandoned,
                counts.transferredOut,
                counts.lost,
                present);
        long consulting = routing.contacts().stream()
                .filter(contact -> contact.consultOf().isPresent())
                .count();
        check(
                counts.consults == counts.consultsEnded + consulting,
                Invariant.CONSERVATION,
                "consults do not add up:",
                counts.consults,
                counts.consultsEnded,
                consulting);
        check(
                List.copyOf(ledger.closedQueues).equals(routing.closedQueues()),
                Invariant.STATE_FOLLOWS_EVENTS,
                routing.closedQueues(),
                ledger.closedQueues);
        check(
                routing.supervisions().size() == ledger.supervisions.size(),
                Invariant.STATE_FOLLOWS_EVENTS,
                routing.supervisions(),
                ledger.supervisions);
        long out = ledger.offers.values().stream().filter(isOut -> isOut).count();
        long offered = routing.contacts().stream()
                .filter(contact -> contact.state() == ContactState.OFFERED)
                .count();
        check(out == offered, Invariant.OFFER_ENDS_ONCE, out, "offers are out for", offered, "contacts");
        check(
                state.devices().keySet().equals(ledger.devices.keySet()),
                Invariant.STATE_FOLLOWS_EVENTS,
                state.devices(),
                ledger.devices.keySet());
    }

    void carrierIsSane() {
        Bridges.wrong(carrier.truth(), state).ifPresent(what -> breach(Invariant.BRIDGED_RIGHTLY, what));
    }

    void nobodyIsInSilence(Duration limit) {
        callers.inSilenceSince(time.now().minus(limit))
                .ifPresent(leg -> breach(
                        Invariant.NOBODY_IN_SILENCE,
                        leg + " has heard nothing for " + limit + ", its call: "
                                + state.calls().stream()
                                        .filter(call -> call.leg().equals(leg))
                                        .toList()));
    }

    void drained() {
        if (breach.isPresent()) return;
        everything();
        Census truth = carrier.truth();
        check(truth.legs().isEmpty(), Invariant.DRAINED, "legs at the carrier:", truth.legs());
        check(truth.bridges().isEmpty(), Invariant.DRAINED, "bridges at the carrier:", truth.bridges());
        check(state.calls().isEmpty(), Invariant.DRAINED, "calls:", state.calls());
        check(state.devices().isEmpty(), Invariant.DRAINED, "devices:", state.devices());
        check(
                state.routing().contacts().isEmpty(),
                Invariant.DRAINED,
                "contacts:",
                state.routing().contacts());
        check(
                state.routing().supervisions().isEmpty(),
                Invariant.DRAINED,
                "listeners:",
                state.routing().supervisions());
        check(
                state.routing().timers().isEmpty(),
                Invariant.DRAINED,
                "timers:",
                state.routing().timers());
        for (AgentView agent : state.routing().agents()) {
            check(
                    agent.contact().isEmpty() && agent.state() != AgentState.RESERVED,
                    Invariant.DRAINED,
                    "agent:",
                    agent);
        }
    }
}
