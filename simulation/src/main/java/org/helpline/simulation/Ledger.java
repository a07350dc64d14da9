package org.helpline.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.ivr.FlowEvent;
import org.helpline.ivr.FlowPhase;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.LegId;
import org.helpline.router.OfferId;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.SkillRequirement;
import org.helpline.router.SupervisorId;
import org.helpline.router.TimerKey;

/// What happened, written down from the events by other means than the machines' own. It objects to events
/// that cannot follow each other; what must hold between turns is for [Inspector].
final class Ledger {
    final Map<ContactId, Call> calls = new TreeMap<>();
    final Map<ContactId, Contact> contacts = new TreeMap<>();
    final Map<AgentId, Agent> agents = new LinkedHashMap<>();
    final Map<LegId, Device> devices = new TreeMap<>();
    final Set<TimerKey> timers = new HashSet<>();
    final Set<Contact> waiting = new TreeSet<>(
            Comparator.comparing((Contact contact) -> contact.queuedAt).thenComparing(c -> c.id));
    /// Every offer ever made, and whether it is still out.
    final Map<OfferId, Boolean> offers = new HashMap<>();

    /// Who has just left a contact to its end or to others, and may wrap it up.
    final Set<Left> left = new HashSet<>();
    final Map<SupervisorId, Event.SupervisionRequested> supervisions = new TreeMap<>();
    final Set<ContactId> places = new HashSet<>();
    final Set<QueueId> closedQueues = new TreeSet<>();

    /// The carrier is away: nobody is offered anything.
    boolean suspended;

    /// Of this turn.
    final Set<ContactId> touchedContacts = new LinkedHashSet<>();

    final Set<AgentId> touchedAgents = new LinkedHashSet<>();

    final Counts counts = new Counts();
    private final BiConsumer<Invariant, String> objection;
    private final HandOverLedger handOvers = new HandOverLedger(this);
    private final StaffLedger staff = new StaffLedger(this);

    static final class Counts {
        long arrived;
        long gone;
        long queued;
        long handled;
        long abandoned;
        long transferredOut;
        long lost;
        long requeued;
        long transfers;
        long consults;
        long consultsEnded;
        long completed;
        long supervisions;
        long offers;
        final Map<OfferOutcome, Long> outcomes = new TreeMap<>();
    }

    static final class Call {
        FlowPhase phase = FlowPhase.NOT_ARRIVED;
        Optional<LegId> joined = Optional.empty();
    }

    record Left(ContactId contact, AgentId agent) {}

    static final class Contact {
        final ContactId id;
        /// Its age, whatever line it is in.
        final Instant queuedAt;
        /// The contact that a consult is about.
        final Optional<Contact> of;
        Requirements requirements;
        ContactState state = ContactState.WAITING;
        Optional<AgentId> agent = Optional.empty();
        Optional<OfferId> offer = Optional.empty();
        Optional<LegId> leg = Optional.empty();
        Optional<Contact> consult = Optional.empty();
        /// The one agent it may be offered to.
        Optional<AgentId> only = Optional.empty();
        boolean transferredOut;
        /// Its place is kept.
        boolean lost;

        Contact(Event.ContactQueued queued) {
            id = queued.contact();
            queuedAt = queued.waitingSince();
            of = Optional.empty();
            requirements = queued.requirements();
        }

        Contact(Event.ConsultStarted started, Contact about) {
            id = started.consult();
            queuedAt = about.queuedAt;
            of = Optional.of(about);
            requirements = started.requirements();
        }

        /// In an agent's hands.
        boolean served() {
            return switch (state) {
                case TALKING, HELD, AGENT_LOST -> true;
                case WAITING, OFFERED, CONNECTING, WRAP_UP -> false;
            };
        }
    }

    static final class Agent {
        /// As configured, and as it counts since a supervisor changed it.
        AgentSettings asConfigured;
        AgentSettings settings;
        Optional<String> unreachable = Optional.empty();
        Optional<ContactId> wrapUp = Optional.empty();
        boolean configured = true;
        AgentState state = AgentState.SIGNED_OUT;
        boolean connected;
        final Set<ContactId> contacts = new TreeSet<>();

        boolean available() {
            return state == AgentState.READY && connected && configured;
        }

        /// What nothing relaxes, not even an agent who chooses this one.
        boolean understands(Requirements wanted) {
            return settings.languages().contains(wanted.language())
                    && settings.modalities().contains(wanted.modality());
        }

        boolean mayServe(Requirements wanted) {
            if (!understands(wanted)) return false;
            for (SkillRequirement skill : wanted.skills()) {
                if (settings.skills().getOrDefault(skill.skill(), 0) < skill.minimumLevel()) return false;
            }
            return true;
        }
    }

    record Device(ContactId contact, AgentId agent, boolean up) {}

    Ledger(BiConsumer<Invariant, String> objection) {
        this.objection = objection;
    }

    void apply(DomainEvent event) {
        event.contact().ifPresent(touchedContacts::add);
        switch (event) {
            case DomainEvent.Routing e -> routing(e.event());
            case DomainEvent.Flow e -> flow(calls.get(e.id()), e.event());
            case DomainEvent.CallerArrived e -> {
                counts.arrived++;
                check(calls.put(e.id(), new Call()) == null, Invariant.CONSERVATION, e, "arrived before");
            }
            case DomainEvent.CallerGone e -> {
                counts.gone++;
                check(calls.remove(e.id()) != null, Invariant.CONSERVATION, e, "was not there");
            }
            case DomainEvent.DeviceRung e -> {
                touchedAgents.add(e.agent());
                Device rings = new Device(e.id(), e.agent(), false);
                check(devices.put(e.leg(), rings) == null, Invariant.DEVICE_HAS_CONTACT, e, "rings already");
            }
            case DomainEvent.DeviceUp e ->
                devices.computeIfPresent(e.leg(), (_, d) -> new Device(d.contact(), d.agent(), true));
            case DomainEvent.DeviceGone e ->
                check(devices.remove(e.leg()) != null, Invariant.DEVICE_HAS_CONTACT, e, "was not there");
            case DomainEvent.LegsBridged e -> joined(e.id(), Optional.of(e.leg()));
            case DomainEvent.LegsParted e -> joined(e.id(), Optional.empty());
            case DomainEvent.DeviceMoved e ->
                devices.computeIfPresent(e.leg(), (_, d) -> new Device(e.id(), d.agent(), d.up()));
            case DomainEvent.ConsultOpened _,
                    DomainEvent.ConsultClosed _,
                    DomainEvent.SupervisorRung _,
                    DomainEvent.SupervisorUp _,
                    DomainEvent.SupervisorPlaced _,
                    DomainEvent.SupervisorGone _,
                    DomainEvent.Phone _,
                    DomainEvent.Drain _ -> {}
        }
    }

    /// A consult has no call of its own: its caller is an agent.
    private void joined(ContactId id, Optional<LegId> leg) {
        Call call = calls.get(id);
        if (call != null) call.joined = leg;
    }

    private static void flow(Call call, FlowEvent event) {
        switch (event) {
            case FlowEvent.PhaseEntered e -> call.phase = e.phase();
            case FlowEvent.HangUpOrdered _ -> call.phase = FlowPhase.HUNG_UP;
            case FlowEvent.FlowEnded _ -> call.phase = FlowPhase.ENDED;
            case FlowEvent _ -> {}
        }
    }

    private void routing(Event event) {
        switch (event) {
            case Event.DomainConfigured e -> staff.configured(e);
            case Event.OffersSuspended _ -> suspended = true;
            case Event.OffersResumed _ -> suspended = false;
            case Event.AgentSignedIn e -> agent(e.agent()).connected = true;
            case Event.AgentSocketLost e -> agent(e.agent()).connected = false;
            case Event.AgentSocketRestored e -> agent(e.agent()).connected = true;
            case Event.AgentSignedOut e -> staff.signedOut(e);
            case Event.AgentStateChanged e -> agent(e.agent()).state = e.state();
            case Event.AgentWishNoted _ -> {}
            case Event.ContactQueued e -> {
                counts.queued++;
                check(!closedQueues.contains(e.queue()), Invariant.CLOSED_QUEUES, e, closedQueues);
                Contact contact = new Contact(e);
                check(contacts.put(e.contact(), contact) == null, Invariant.CONSERVATION, e, "is here already");
                waiting.add(contact);
            }
            case Event.OfferMade e -> offered(e);
            case Event.OfferExtended e -> {
                boolean out = offers.getOrDefault(e.offer(), false);
                check(out, Invariant.OFFER_ENDS_ONCE, e, "is over");
            }
            case Event.OfferEnded e -> offerEnded(e);
            case Event.ContactConnecting e -> connecting(e);
            case Event.DeviceAttemptFailed e -> contact(e, e.contact()).leg = Optional.empty();
            case Event.ContactConnected e -> connected(e);
            case Event.AgentLost e -> {
                contact(e, e.contact()).state = ContactState.AGENT_LOST;
                contact(e, e.contact()).leg = Optional.empty();
            }
            case Event.ContactRequeued e -> {
                counts.requeued++;
                contact(e, e.contact()).only = Optional.empty();
                waitAgain(contact(e, e.contact()));
            }
            case Event.ContactHeld e -> handOvers.held(e);
            case Event.ContactRetrieved e -> handOvers.retrieved(e);
            case Event.ContactTransferred e -> handOvers.transferred(e);
            case Event.ConsultStarted e -> handOvers.consultStarted(e);
            case Event.ConsultEnded e -> handOvers.consultEnded(e);
            case Event.TransferCompleted e -> handOvers.completed(e);
            case Event.SupervisionRequested e -> staff.supervisionRequested(e);
            case Event.SupervisionStarted e -> staff.supervised(e.supervisor(), e);
            case Event.SupervisionChanged e -> staff.supervised(e.supervisor(), e);
            case Event.SupervisionEnded e -> {
                staff.supervised(e.supervisor(), e);
                supervisions.remove(e.supervisor());
            }
            case Event.AgentSkillsChanged e -> staff.skillsChanged(e);
            case Event.QueueClosed e -> closedQueues.add(e.queue());
            case Event.QueueOpened e -> closedQueues.remove(e.queue());
            case Event.DeviceReachabilityChanged e -> agent(e.agent()).unreachable = e.unreachableWhy();
            case Event.CallerVerified e -> contact(e, e.contact());
            case Event.PlaceKept e -> {
                contact(e, e.contact()).lost = true;
                places.add(e.contact());
            }
            case Event.PlaceGivenUp e -> check(places.remove(e.contact()), Invariant.CONSERVATION, e, "has no place");
            case Event.ContactEnded e -> ended(e);
            case Event.WrapUpStarted e -> {
                boolean hasLeft = left.contains(new Left(e.contact(), e.agent()));
                check(hasLeft, Invariant.CONSERVATION, e, "has not just left it");
                check(agent(e.agent()).wrapUp.isEmpty(), Invariant.CONSERVATION, e, agent(e.agent()).wrapUp);
                agent(e.agent()).wrapUp = Optional.of(e.contact());
            }
            case Event.WrapUpCompleted e -> {
                boolean wrapsUp = agent(e.agent()).wrapUp.equals(Optional.of(e.contact()));
                check(wrapsUp, Invariant.CONSERVATION, e, agent(e.agent()).wrapUp);
                agent(e.agent()).wrapUp = Optional.empty();
            }
            case Event.TimerStarted e -> timers.add(e.key());
            case Event.TimerCancelled e -> timers.remove(e.key());
        }
    }

    private void offered(Event.OfferMade made) {
        counts.offers++;
        Contact contact = contact(made, made.contact());
        Agent agent = agent(made.agent());
        check(offers.put(made.offer(), true) == null, Invariant.OFFER_ENDS_ONCE, made, "was made before");
        check(contact.state == ContactState.WAITING, Invariant.ONE_CONTACT_ONE_AGENT, made, contact.state);
        check(!suspended, Invariant.SERVED_IN_TURN, made, "offers are suspended");
        check(agent.available(), Invariant.ONE_CONTACT_ONE_AGENT, made, "agent " + agent.state + agent.contacts);
        if (contact.only.isPresent()) {
            check(contact.only.get().equals(made.agent()), Invariant.ONE_CONTACT_ONE_AGENT, made, contact.only);
            check(agent.understands(contact.requirements), Invariant.HARD_REQUIREMENTS, made, agent.settings);
        } else {
            check(agent.mayServe(contact.requirements), Invariant.HARD_REQUIREMENTS, made, agent.settings);
            for (Contact older : waiting) {
                if (older == contact) break;
                check(!agent.mayServe(older.requirements), Invariant.SERVED_IN_TURN, made, older.id + " is older");
            }
        }
        waiting.remove(contact);
        contact.state = ContactState.OFFERED;
        contact.offer = Optional.of(made.offer());
        take(contact, made.agent());
    }

    private void offerEnded(Event.OfferEnded ended) {
        counts.outcomes.merge(ended.outcome(), 1L, Long::sum);
        Contact contact = contact(ended, ended.contact());
        boolean wasOut = Boolean.TRUE.equals(offers.put(ended.offer(), false));
        check(wasOut, Invariant.OFFER_ENDS_ONCE, ended, "was not out");
        check(contact.offer.equals(Optional.of(ended.offer())), Invariant.OFFER_ENDS_ONCE, ended, contact.offer);
        check(contact.agent.equals(Optional.of(ended.agent())), Invariant.OFFER_ENDS_ONCE, ended, contact.agent);
        contact.offer = Optional.empty();
        if (ended.outcome() == OfferOutcome.ACCEPTED) return;
        // A consult with one agent alone is over now, and its end follows.
        if (contact.of.isEmpty()) contact.only = Optional.empty();
        waitAgain(contact);
    }

    private void connecting(Event.ContactConnecting event) {
        Contact contact = contact(event, event.contact());
        check(contact.agent.equals(Optional.of(event.agent())), Invariant.ONE_CONTACT_ONE_AGENT, event, contact.agent);
        if (contact.state != ContactState.AGENT_LOST) contact.state = ContactState.CONNECTING;
        contact.leg = Optional.of(event.leg());
    }

    private void connected(Event.ContactConnected event) {
        Contact contact = contact(event, event.contact());
        check(contact.agent.equals(Optional.of(event.agent())), Invariant.ONE_CONTACT_ONE_AGENT, event, contact.agent);
        check(contact.leg.equals(Optional.of(event.leg())), Invariant.DEVICE_HAS_CONTACT, event, contact.leg);
        contact.state = ContactState.TALKING;
    }

    private void ended(Event.ContactEnded event) {
        Contact contact = contact(event, event.contact());
        switch (event.outcome()) {
            case HANDLED -> counts.handled++;
            case ABANDONED -> counts.abandoned++;
            case TRANSFERRED_OUT -> counts.transferredOut++;
            case LOST -> counts.lost++;
        }
        ContactOutcome fitting = contact.transferredOut
                ? ContactOutcome.TRANSFERRED_OUT
                : contact.served() ? ContactOutcome.HANDLED : ContactOutcome.ABANDONED;
        // A place is kept for nobody else; who has no number is lost without one.
        boolean lost = event.outcome() == ContactOutcome.LOST && !contact.transferredOut;
        check(
                lost || (event.outcome() == fitting && !contact.lost),
                Invariant.CONSERVATION,
                event,
                "was " + contact.state);
        check(contact.offer.isEmpty(), Invariant.OFFER_ENDS_ONCE, event, contact.offer + " is still out");
        check(contact.of.isEmpty(), Invariant.CONSULT_HAS_CONTACT, event, "is a consult");
        check(contact.consult.isEmpty(), Invariant.CONSULT_HAS_CONTACT, event, "a consult outlives it");
        contact.agent.ifPresent(agent -> left.add(new Left(contact.id, agent)));
        release(contact);
        waiting.remove(contact);
        contacts.remove(contact.id);
    }

    // ----

    /// Whoever is for one agent alone stands in no line.
    void waitAgain(Contact contact) {
        release(contact);
        contact.state = ContactState.WAITING;
        contact.leg = Optional.empty();
        if (contact.only.isEmpty()) waiting.add(contact);
    }

    void take(Contact contact, AgentId agent) {
        contact.agent = Optional.of(agent);
        agent(agent).contacts.add(contact.id);
    }

    void release(Contact contact) {
        contact.agent.ifPresent(agent -> agent(agent).contacts.remove(contact.id));
        contact.agent = Optional.empty();
    }

    Agent agent(AgentId id) {
        touchedAgents.add(id);
        return agents.get(id);
    }

    Contact contact(Event event, ContactId id) {
        Contact contact = contacts.get(id);
        if (contact == null) throw new IllegalStateException("no contact for " + event);
        return contact;
    }

    void check(boolean holds, Invariant invariant, Object event, Object found) {
        if (!holds) objection.accept(invariant, event + ": " + found);
    }
}
