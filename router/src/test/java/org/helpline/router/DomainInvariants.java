package org.helpline.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// What must hold after every turn, whatever came in. It follows events and effects with bookkeeping of its
/// own and compares that with what the state says; it shares no code with the decisions.
final class DomainInvariants {
    private final RoutingState state;
    private final HandOverInvariants handOvers;
    private final StaffAsItCounts staff;
    private boolean restarted;
    private final Set<ContactId> places = new HashSet<>();
    private final Set<OfferId> offersEverMade = new HashSet<>();
    private final Set<OfferId> offersPending = new HashSet<>();
    private final Set<LegId> legsEverRung = new HashSet<>();
    private final Set<LegId> legsAtTheEdge = new HashSet<>();
    private final Map<TimerKey, Effect.StartTimer> timersAtTheEdge = new TreeMap<>();
    private final Map<ContactId, Event.ContactQueued> queued = new HashMap<>();
    private final Set<ContactId> ended = new HashSet<>();
    private final Set<QueueId> closed = new TreeSet<>();
    private final Map<ContactId, Event.ConsultStarted> consults = new HashMap<>();
    /// Consults whose agent went on with the caller: their end follows at once.
    private final Set<ContactId> completed = new HashSet<>();
    /// Whom a contact must be offered to before anyone else may have it.
    private final Map<ContactId, AgentId> only = new HashMap<>();
    /// Who left a contact, and who wraps up which.
    private final Set<List<Object>> left = new HashSet<>();
    private final Set<List<Object>> wrapUps = new HashSet<>();
    private Optional<Input> input = Optional.empty();
    private boolean suspended;
    private long contactsQueued;
    private long contactsEnded;

    DomainInvariants(RoutingState state) {
        this.state = state;
        this.handOvers = new HandOverInvariants(state);
        this.staff = new StaffAsItCounts(state);
    }

    /// Timers the edge would fire now or later, as the effects left them.
    List<Effect.StartTimer> timersAtTheEdge() {
        return List.copyOf(timersAtTheEdge.values());
    }

    /// The edge itself knows that a leg is over, or that a timer ran out, before it reports it.
    void reported(Input reported) {
        input = Optional.of(reported);
        switch (reported) {
            case Input.Restarted _ -> restarted = true;
            case Input.DeviceFailed failed -> legsAtTheEdge.remove(failed.leg());
            case Input.DeviceLeft left -> legsAtTheEdge.remove(left.leg());
            case Input.TimerFired fired -> {
                Effect.StartTimer timer = timersAtTheEdge.get(fired.key());
                if (timer != null && timer.generation() == fired.generation()) timersAtTheEdge.remove(fired.key());
            }
            default -> {}
        }
    }

    void check(Turn turn) {
        turn.events().forEach(this::follow);
        turn.effects().forEach(this::follow);
        if (turn.refusal().isPresent()) {
            hold(turn.events().isEmpty() && turn.effects().isEmpty(), () -> "a refusal changes nothing");
        }
        long requeued = turn.events().stream()
                .filter(Event.ContactRequeued.class::isInstance)
                .count();
        long returned = turn.effects().stream()
                .filter(Effect.ReturnToWaiting.class::isInstance)
                .count();
        long handedOn = turn.events().stream()
                .filter(event ->
                        event instanceof Event.ContactTransferred e && !(e.to() instanceof TransferTarget.ToNumber))
                .count();
        hold(requeued + handedOn == returned, () -> "every requeued caller goes back to waiting");
        handOvers.checkSupervisorsChangeNothing(input, turn);

        List<AgentView> agents = state.agents();
        List<ContactView> contacts = state.contacts();
        agents.forEach(this::checkAgent);
        contacts.forEach(this::checkContact);
        checkNobodyIdleBesideWaiting(agents, contacts);
        checkConservation(contacts);
        checkTimers(agents, contacts);
        handOvers.checkLegs(contacts, legsAtTheEdge);
        handOvers.checkPositions(contacts);
        handOvers.checkConsults(contacts, consults.size());
        hold(completed.isEmpty(), () -> "not over after they were completed: " + completed);
        handOvers.checkSupervisions();
        hold(List.copyOf(closed).equals(state.closedQueues()), () -> "closed queues: " + closed);
    }

    // ---- bookkeeping

    private void follow(Event event) {
        switch (event) {
            case Event.DomainConfigured e -> staff.configured(e.settings());
            case Event.AgentSkillsChanged e -> staff.skillsChanged(e);
            case Event.OffersSuspended _ -> suspended = true;
            case Event.OffersResumed _ -> suspended = false;
            case Event.ContactQueued e -> {
                hold(!closed.contains(e.queue()), () -> "nobody enters a closed queue: " + e);
                queued.put(e.contact(), e);
                ended.remove(e.contact());
                contactsQueued++;
            }
            case Event.OfferMade e -> {
                notEnded(e.contact());
                hold(offersEverMade.add(e.offer()), () -> "offer ids are used once: " + e.offer());
                hold(!suspended, () -> "no offer while offers are suspended: " + e.offer());
                offersPending.add(e.offer());
                boolean chosen = only.containsKey(e.contact());
                hold(!chosen || only.get(e.contact()).equals(e.agent()), () -> "offered to one alone: " + e);
                hold(e.why().considered() >= e.why().passed() && e.why().passed() >= 1, () -> "why: " + e.why());
                checkEligible(e, chosen);
                if (!consults.containsKey(e.contact())) only.remove(e.contact());
            }
            case Event.OfferExtended e -> {
                notEnded(e.contact());
                hold(offersPending.contains(e.offer()), () -> "an offer that is over gets no more time: " + e);
            }
            case Event.OfferEnded e -> {
                notEnded(e.contact());
                hold(offersPending.remove(e.offer()), () -> "an offer ends once: " + e.offer());
            }
            case Event.ContactConnecting e -> notEnded(e.contact());
            case Event.DeviceAttemptFailed e -> notEnded(e.contact());
            case Event.ContactConnected e -> notEnded(e.contact());
            case Event.AgentLost e -> notEnded(e.contact());
            case Event.ContactRequeued e -> notEnded(e.contact());
            case Event.ContactEnded e -> {
                notEnded(e.contact());
                hold(
                        consults.values().stream().noneMatch(one -> one.of().equals(e.contact())),
                        () -> "a consult outlives its contact: " + e);
                ended.add(e.contact());
                contactsEnded++;
            }
            case Event.WrapUpStarted e -> {
                boolean hasLeft = left.remove(List.of(e.contact(), e.agent()));
                hold(hasLeft || ended.contains(e.contact()), () -> "wrap-up follows the end, or a transfer");
                hold(wrapUps.add(List.of(e.contact(), e.agent())), () -> "one wrap-up at a time: " + e);
            }
            case Event.WrapUpCompleted e ->
                hold(wrapUps.remove(List.of(e.contact(), e.agent())), () -> "a wrap-up ends once: " + e);
            case Event.ContactHeld e -> notEnded(e.contact());
            case Event.CallerVerified e -> notEnded(e.contact());
            case Event.PlaceKept e -> {
                notEnded(e.contact());
                hold(places.add(e.contact()), () -> "a place is kept once: " + e);
            }
            case Event.PlaceGivenUp e -> hold(places.remove(e.contact()), () -> "a place is given up once: " + e);
            case Event.ContactRetrieved e -> notEnded(e.contact());
            case Event.ContactTransferred e -> {
                notEnded(e.contact());
                left.add(List.of(e.contact(), e.from()));
                only.remove(e.contact());
                if (e.to() instanceof TransferTarget.ToAgent to) only.put(e.contact(), to.agent());
            }
            case Event.ConsultStarted e -> {
                notEnded(e.of());
                hold(
                        !(e.to() instanceof TransferTarget.ToQueue to) || !closed.contains(to.queue()),
                        () -> "nobody enters a closed queue: " + e);
                hold(consults.put(e.consult(), e) == null, () -> "a consult starts once: " + e);
                if (e.to() instanceof TransferTarget.ToAgent to) only.put(e.consult(), to.agent());
            }
            case Event.TransferCompleted e -> {
                notEnded(e.contact());
                hold(consults.get(e.consult()).of().equals(e.contact()), () -> "another's consult: " + e);
                hold(!e.from().equals(e.to()), () -> "handed on to itself: " + e);
                left.add(List.of(e.contact(), e.from()));
                completed.add(e.consult());
            }
            case Event.ConsultEnded e -> {
                hold(consults.remove(e.consult()) != null, () -> "a consult ends once: " + e);
                only.remove(e.consult());
                boolean wentOn = completed.remove(e.consult());
                hold(wentOn == (e.outcome() == Event.ConsultOutcome.COMPLETED), () -> "completed: " + e);
            }
            case Event.AgentSignedOut e -> staff.signedOut(e.agent());
            case Event.QueueClosed e -> closed.add(e.queue());
            case Event.QueueOpened e -> closed.remove(e.queue());
            case Event.SupervisionRequested _,
                    Event.SupervisionStarted _,
                    Event.SupervisionChanged _,
                    Event.SupervisionEnded _,
                    Event.DeviceReachabilityChanged _ -> {}
            case Event.AgentSignedIn _,
                    Event.AgentSocketLost _,
                    Event.AgentSocketRestored _,
                    Event.AgentStateChanged _,
                    Event.AgentWishNoted _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> {}
        }
    }

    private void follow(Effect effect) {
        switch (effect) {
            case Effect.RingDevice ring -> {
                hold(legsEverRung.add(ring.leg()), () -> "leg ids are used once: " + ring.leg());
                legsAtTheEdge.add(ring.leg());
            }
            case Effect.ReleaseDevice release -> legsAtTheEdge.remove(release.leg());
            case Effect.StartTimer start -> timersAtTheEdge.put(start.key(), start);
            case Effect.CancelTimer cancel ->
                hold(
                        timersAtTheEdge.remove(cancel.key()) != null,
                        () -> "only a running timer is cancelled: " + cancel);
            case Effect.RingSupervisor ring -> {
                hold(legsEverRung.add(ring.leg()), () -> "leg ids are used once: " + ring.leg());
                legsAtTheEdge.add(ring.leg());
            }
            case Effect.EndSupervision end -> legsAtTheEdge.remove(end.leg());
            case Effect.ComfortCaller comfort -> hold(!isConsult(comfort.contact()), () -> "no caller: " + comfort);
            case Effect.ReleaseCaller release -> hold(!isConsult(release.contact()), () -> "no caller: " + release);
            case Effect.HoldCaller hold -> hold(!isConsult(hold.contact()), () -> "no caller: " + hold);
            case Effect.Connect _,
                    Effect.ReturnToWaiting _,
                    Effect.ReferCaller _,
                    Effect.EndConsult _,
                    Effect.Supervise _ -> {}
        }
    }

    private void notEnded(ContactId contact) {
        hold(!ended.contains(contact), () -> "nothing but wrap-up follows the end of " + contact);
    }

    private boolean isConsult(ContactId contact) {
        return consults.containsKey(contact) || contact.value().contains("-c");
    }

    // ---- checks

    private void checkEligible(Event.OfferMade made, boolean chosen) {
        Requirements wanted = contact(made.contact()).requirements();
        AgentSettings agent = staff.of(made.agent());
        hold(staff.isConfigured(made.agent()), () -> made.agent() + " is configured");
        // Who was chosen by another agent need not have the skills.
        Requirements asked = chosen ? new Requirements(wanted.language(), wanted.modality(), List.of()) : wanted;
        hold(mayServe(agent, asked), () -> made.agent() + " may serve " + asked);
        hold(state.agent(made.agent()).filter(AgentView::connected).isPresent(), () -> made.agent() + " has a socket");
    }

    private static boolean mayServe(AgentSettings agent, Requirements wanted) {
        return agent.languages().contains(wanted.language())
                && agent.modalities().contains(wanted.modality())
                && wanted.skills().stream()
                        .allMatch(one -> agent.skills().getOrDefault(one.skill(), 0) >= one.minimumLevel());
    }

    private void checkAgent(AgentView agent) {
        AgentId id = agent.settings().id();
        hold(
                agent.contact().isPresent() == hasContact(agent.state()),
                () -> id + " in " + agent.state() + ": " + agent);
        hold(
                agent.reason().isPresent() == (agent.state() == AgentState.NOT_READY),
                () -> id + " has a reason: " + agent);
        hold(!agent.connected() || agent.state() != AgentState.SIGNED_OUT, () -> id + " is signed out with a socket");
        agent.contact().ifPresent(contact -> {
            ContactView held = state.contact(contact, id).orElseThrow();
            hold(held.agent().equals(Optional.of(id)), () -> "both sides name each other: " + id + ", " + contact);
            hold(agent.offer().equals(held.offer()), () -> "both sides hold the same offer: " + id + ", " + contact);
        });
        hold(
                agent.state() != AgentState.READY || agent.deviceUnreachable().isEmpty(),
                () -> id + " is ready without a device: " + agent);
        hold(agent.settings().equals(staff.of(id)), () -> id + " counts as " + staff.of(id));
        hold(agent.contact().isPresent() || agent.offer().isEmpty(), () -> id + " has an offer without a contact");
    }

    private static boolean hasContact(AgentState state) {
        return switch (state) {
            case RESERVED, ON_CONTACT, WRAP_UP -> true;
            case SIGNED_OUT, NOT_READY, READY -> false;
        };
    }

    private void checkContact(ContactView contact) {
        Supplier<String> found = () -> contact.id() + " " + contact.state();
        Event.ContactQueued arrival = queued.get(contact.consultOf().orElse(contact.id()));
        hold(
                arrival != null && arrival.waitingSince().equals(contact.waitingSince()),
                () -> found.get() + " keeps its age");
        hold(
                arrival.requirements().language().equals(contact.requirements().language()),
                () -> found.get() + " language");
        hold(arrival.requirements().modality() == contact.requirements().modality(), () -> found.get() + " modality");
        Set<AgentState> allowed =
                switch (contact.state()) {
                    case WAITING -> Set.of();
                    case OFFERED, CONNECTING -> Set.of(AgentState.RESERVED);
                    case TALKING, HELD, AGENT_LOST -> Set.of(AgentState.ON_CONTACT);
                    case WRAP_UP -> Set.of(AgentState.WRAP_UP);
                };
        hold(
                contact.agent().isPresent() == !allowed.isEmpty(),
                () -> found.get() + " has an owner: " + contact.agent());
        contact.agent().ifPresent(id -> {
            AgentView agent = state.agent(id).orElseThrow();
            hold(allowed.contains(agent.state()), () -> found.get() + " with an agent " + agent.state());
            hold(agent.contact().equals(Optional.of(contact.id())), () -> found.get() + " is the one its agent has");
            boolean reserved = agent.state() == AgentState.RESERVED;
            hold(!reserved || agent.connected() || restarted, () -> found.get() + " with an agent without a socket");
        });
        boolean offered = contact.state() == ContactState.OFFERED;
        hold(offered == contact.offer().filter(offersPending::contains).isPresent(), () -> found.get() + " offer");
        hold(
                contact.state() != ContactState.CONNECTING || contact.leg().isPresent(),
                () -> found.get() + " rings a device");
        hold(contact.state() != ContactState.HELD || contact.leg().isPresent(), () -> found.get() + " has a device");
        hold(contact.state() != ContactState.TALKING || contact.leg().isPresent(), () -> found.get() + " has a device");
        boolean wrapUp = contact.state() == ContactState.WRAP_UP;
        hold(wrapUp || !ended.contains(contact.id()), () -> found.get() + " and over");
        hold(
                !wrapUp
                        || wrapUps.contains(
                                List.of(contact.id(), contact.agent().orElseThrow())),
                () -> found.get() + " that never started");
    }

    private void checkNobodyIdleBesideWaiting(List<AgentView> agents, List<ContactView> contacts) {
        hold(state.offersSuspended() == suspended, () -> "suspended: " + suspended);
        if (suspended) return;
        for (AgentView agent : agents) {
            if (agent.state() != AgentState.READY || !agent.connected()) continue;
            for (ContactView contact : contacts) {
                hold(
                        contact.state() != ContactState.WAITING || !mayServe(agent.settings(), contact.requirements()),
                        () -> agent.settings().id() + " is idle beside waiting " + contact.id());
            }
        }
    }

    private void checkConservation(List<ContactView> contacts) {
        long live = contacts.stream()
                .filter(contact -> contact.state() != ContactState.WRAP_UP)
                .filter(contact -> contact.consultOf().isEmpty())
                .count();
        hold(contactsQueued == contactsEnded + live, () -> contactsQueued + " = " + contactsEnded + " + " + live);
        long offered = contacts.stream()
                .filter(contact -> contact.state() == ContactState.OFFERED)
                .count();
        hold(
                offersPending.size() == offered,
                () -> "pending offers " + offersPending + ", offered contacts " + offered);
    }

    private void checkTimers(List<AgentView> agents, List<ContactView> contacts) {
        var expected = new ArrayList<TimerKey>();
        for (ContactView contact : contacts) {
            boolean away = contact.agent()
                    .flatMap(state::agent)
                    .filter(AgentView::connected)
                    .isEmpty();
            switch (contact.state()) {
                case WAITING, TALKING, HELD -> {}
                case OFFERED ->
                    expected.add(new TimerKey(
                            TimerKey.Kind.OFFER, contact.offer().orElseThrow().value()));
                case CONNECTING -> expected.add(device(contact));
                case AGENT_LOST -> {
                    hold(away || contact.leg().isPresent(), () -> contact.id() + " waits for nothing");
                    if (contact.leg().isPresent()) expected.add(device(contact));
                    if (away)
                        expected.add(new TimerKey(
                                TimerKey.Kind.DEVICE_LOST, contact.id().value()));
                }
                case WRAP_UP ->
                    expected.add(new TimerKey(
                            TimerKey.Kind.WRAP_UP, contact.agent().orElseThrow().value()));
            }
        }
        state.supervisions().stream()
                .filter(one -> !one.listening())
                .forEach(one -> expected.add(
                        new TimerKey(TimerKey.Kind.SUPERVISOR_DEVICE, one.leg().value())));
        if (!places.isEmpty()) expected.add(new TimerKey(TimerKey.Kind.PLACE, "next"));
        var running = new TreeMap<TimerKey, Event.TimerStarted>();
        state.timers().forEach(timer -> running.put(timer.key(), timer));
        for (AgentView agent : agents) {
            var key =
                    new TimerKey(TimerKey.Kind.AGENT_AWAY, agent.settings().id().value());
            boolean must =
                    !agent.connected() && (agent.state() == AgentState.READY || agent.state() == AgentState.RESERVED);
            boolean may = !agent.connected() && agent.state() == AgentState.WRAP_UP;
            if (must || (may && running.containsKey(key))) expected.add(key);
        }
        expected.sort(null);
        hold(
                expected.equals(List.copyOf(running.keySet())),
                () -> "timers " + running.keySet() + ", wanted " + expected);
        running.forEach((key, timer) -> {
            Effect.StartTimer atTheEdge = timersAtTheEdge.get(key);
            hold(
                    atTheEdge != null
                            && atTheEdge.generation() == timer.generation()
                            && atTheEdge.at().equals(timer.due()),
                    () -> "the edge runs " + atTheEdge + " for " + timer);
        });
        hold(running.keySet().equals(timersAtTheEdge.keySet()), () -> "the edge runs " + timersAtTheEdge.keySet());
    }

    private static TimerKey device(ContactView contact) {
        return new TimerKey(TimerKey.Kind.DEVICE, contact.leg().orElseThrow().value());
    }

    private ContactView contact(ContactId id) {
        return Objects.requireNonNull(state.contact(id).orElse(null), () -> "no contact " + id);
    }

    static void hold(boolean invariant, Supplier<String> what) {
        if (!invariant) throw new AssertionError(what.get());
    }
}
