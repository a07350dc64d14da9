package org.helpline.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.EventParties;
import org.helpline.router.Requirements;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.TransferTarget;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Observation.InHand;

/// What one process tells agents at their sockets, numbered by the journal as the gateway does it: a replica of the
/// routing state, a log for each agent, which is filled again by what was journalled since the snapshot.
final class SimulatedDesks implements TurnListener {
    private static final long PER_ENTRY = 1_024;

    private final VirtualTime time;
    private final Consumer<Observation> notes;
    private final Map<AgentId, Desk> desks = new TreeMap<>();
    private final Set<ContactId> forOneAlone = new LinkedHashSet<>();
    private RoutingState replica = new RoutingState();
    private long start = PER_ENTRY - 1;
    private long newest;

    SimulatedDesks(VirtualTime time, Consumer<Observation> notes) {
        this.time = time;
        this.notes = notes;
    }

    /// A message before it is told: it is seen when the socket is there.
    private interface Message {
        Observation at(Instant when, long seq);
    }

    private record Kept(long seq, Message message) {}

    private final class Desk {
        final AgentId agent;
        final List<Kept> log = new ArrayList<>();
        boolean open;
        long last = start;
        Optional<InHand> told = Optional.empty();

        Desk(AgentId agent) {
            this.agent = agent;
        }

        void tell(long entry, Message message) {
            last = Math.max(last + 1, entry * PER_ENTRY);
            log.add(new Kept(last, message));
            if (open) notes.accept(message.at(time.now(), last));
        }
    }

    private Desk desk(AgentId agent) {
        return desks.computeIfAbsent(agent, Desk::new);
    }

    // ---- from the journal

    /// @param before the state that the replayed events lead on from
    void recovered(Recovered recovered, RoutingState before) {
        replica = before;
        long firstSeq = recovered.report().firstSeq();
        start = firstSeq * PER_ENTRY - 1;
        newest = firstSeq - 1;
        for (AgentView agent : replica.agents()) {
            Desk desk = desk(agent.settings().id());
            desk.told = inHand(agent.settings().id());
        }
        hear(firstSeq, recovered.sinceSnapshot());
        newest = recovered.lastSeq();
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        throw new IllegalStateException("desks need to know where events stand in the journal");
    }

    @Override
    public void onTurn(long firstSeq, List<DomainEvent> events) {
        hear(firstSeq, events);
    }

    private void hear(long firstSeq, List<DomainEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            newest = firstSeq + i;
            if (events.get(i) instanceof DomainEvent.Routing(Event event)) hear(event);
        }
    }

    private void hear(Event event) {
        Set<AgentId> touched = new LinkedHashSet<>(EventParties.agents(event));
        for (ContactId contact : EventParties.contacts(event)) {
            replica.contact(contact).flatMap(ContactView::agent).ifPresent(touched::add);
        }
        replica.apply(event);
        tell(event);
        for (AgentId agent : touched) {
            Desk desk = desk(agent);
            Optional<InHand> now = inHand(agent);
            if (now.equals(desk.told)) continue;
            Optional<InHand> before = desk.told;
            desk.told = now;
            before.filter(hand -> now.filter(next -> next.contact().equals(hand.contact()))
                            .isEmpty())
                    .ifPresent(hand -> contact(desk, hand.contact(), "ended"));
            now.ifPresent(hand -> contact(desk, hand.contact(), hand.state()));
        }
    }

    private void contact(Desk desk, String contact, String state) {
        Optional<String> of = replica.contact(new ContactId(contact))
                .flatMap(ContactView::consultOf)
                .map(ContactId::value);
        String agent = desk.agent.value();
        desk.tell(newest, (at, seq) -> new Observation.ContactTold(at, agent, seq, contact, state, of));
    }

    private void tell(Event event) {
        switch (event) {
            case Event.AgentStateChanged e ->
                desk(e.agent())
                        .tell(
                                newest,
                                (at, seq) -> new Observation.StateTold(
                                        at, e.agent().value(), seq, word(e.state()), e.reason()));
            case Event.ContactTransferred e -> {
                if (e.to() instanceof TransferTarget.ToAgent) forOneAlone.add(e.contact());
            }
            case Event.OfferMade e -> offer(e);
            case Event.OfferExtended e ->
                desk(e.agent())
                        .tell(
                                newest,
                                (at, seq) -> new Observation.OfferExtended(
                                        at, e.agent().value(), seq, e.offer().value(), e.expiresAt()));
            case Event.OfferEnded e -> {
                forOneAlone.remove(e.contact());
                desk(e.agent())
                        .tell(
                                newest,
                                (at, seq) -> new Observation.OfferOver(
                                        at, e.agent().value(), seq, e.offer().value(), word(e.outcome())));
            }
            default -> {}
        }
    }

    private void offer(Event.OfferMade e) {
        ContactView contact = replica.contact(e.contact(), e.agent()).orElseThrow();
        Duration waited = Duration.between(contact.waitingSince(), e.at());
        Requirements wanted = contact.requirements();
        String line = contact.context().helpline() + " " + contact.queue() + " " + wanted.language() + " "
                + word(wanted.modality());
        boolean alone = forOneAlone.contains(e.contact());
        desk(e.agent())
                .tell(
                        newest,
                        (at, seq) -> new Observation.Offered(
                                at,
                                e.agent().value(),
                                seq,
                                e.offer().value(),
                                e.contact().value(),
                                line,
                                contact.consultOf().map(ContactId::value),
                                alone,
                                waited,
                                e.expiresAt()));
    }

    /// An offer alone is no having.
    private Optional<InHand> inHand(AgentId agent) {
        return replica.agent(agent)
                .flatMap(AgentView::contact)
                .flatMap(id -> replica.contact(id, agent))
                .filter(contact -> contact.state() != ContactState.OFFERED)
                .map(contact -> new InHand(contact.id().value(), word(contact.state())));
    }

    private static String word(ContactState state) {
        return switch (state) {
            case CONNECTING, AGENT_LOST -> "connecting";
            case WAITING, OFFERED, TALKING, HELD, WRAP_UP -> word((Enum<?>) state);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    // ---- sockets

    /// @param after the newest number that the agent has seen
    void welcome(AgentId agent, Optional<Long> after) {
        Desk desk = desk(agent);
        desk.open = true;
        long newestNumber = newest * PER_ENTRY;
        boolean resumes = after.filter(seen -> seen >= start && seen < (newest + 1) * PER_ENTRY)
                .isPresent();
        desk.last = Math.max(desk.last, resumes ? after.get() : newestNumber);
        long from = resumes ? after.get() : desk.last;
        AgentView view = replica.agent(agent).orElse(null);
        if (view == null) return;
        List<InHand> contacts = view.contact().flatMap(id -> replica.contact(id, agent)).stream()
                .map(contact -> new InHand(contact.id().value(), word(contact.state())))
                .toList();
        List<String> offers = view.contact().flatMap(id -> replica.contact(id, agent)).stream()
                .filter(contact -> contact.state() == ContactState.OFFERED)
                .flatMap(contact -> contact.offer().stream())
                .map(Object::toString)
                .toList();
        notes.accept(new Observation.Welcomed(
                time.now(),
                agent.value(),
                from,
                desk.last,
                after.isPresent() && !resumes,
                word(view.state()),
                contacts,
                offers));
        for (Kept kept : desk.log) {
            if (kept.seq() > from) notes.accept(kept.message().at(time.now(), kept.seq()));
        }
    }

    /// @return false when there was none
    boolean close(AgentId agent) {
        Desk desk = desks.get(agent);
        if (desk == null || !desk.open) return false;
        desk.open = false;
        notes.accept(new Observation.SocketLost(time.now(), agent.value()));
        return true;
    }

    boolean isOpen(AgentId agent) {
        return desks.containsKey(agent) && desks.get(agent).open;
    }

    /// The process is dead, and all its sockets with it.
    void closeAll() {
        List.copyOf(desks.keySet()).forEach(this::close);
    }

    Map<AgentId, Long> lastSeen() {
        Map<AgentId, Long> seen = new LinkedHashMap<>();
        desks.forEach((agent, desk) -> seen.put(agent, desk.last));
        return seen;
    }
}
