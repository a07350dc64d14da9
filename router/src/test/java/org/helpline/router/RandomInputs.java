package org.helpline.router;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.Input.Readiness;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// Makes inputs from a seed: mostly what could come next, often enough what should not come at all (late,
/// twice, for somebody else's offer or contact, for ids that never were).
final class RandomInputs {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es");
    private static final Language RU = new Language("ru");
    private static final List<Language> LANGUAGES = List.of(EN, EN, ES, RU);
    private static final List<QueueId> QUEUES =
            List.of(new QueueId("snap"), new QueueId("medicaid"), new QueueId("general"));
    private static final int LONGEST_MEMORY = 60;

    private final SplittableRandom random;
    private final RoutingState state;
    private final List<OfferId> offers = new ArrayList<>(List.of(new OfferId("never-made")));
    private final List<LegId> legs = new ArrayList<>(List.of(new LegId("never-rung")));
    private final List<Effect.StartTimer> oldTimers = new ArrayList<>();
    private int callers;

    RandomInputs(long seed, RoutingState state) {
        this.random = new SplittableRandom(seed);
        this.state = state;
    }

    /// Remembers what a turn showed to the world, for late and foreign use.
    void saw(Turn turn) {
        for (Event event : turn.events()) {
            if (event instanceof Event.OfferMade made) remember(offers, made.offer());
        }
        for (Effect effect : turn.effects()) {
            if (effect instanceof Effect.RingDevice ring) remember(legs, ring.leg());
            if (effect instanceof Effect.RingSupervisor ring) remember(legs, ring.leg());
            if (effect instanceof Effect.StartTimer start) remember(oldTimers, start);
        }
    }

    private static <T> void remember(List<T> memory, T one) {
        memory.add(one);
        if (memory.size() > LONGEST_MEMORY) memory.removeFirst();
    }

    Duration pause() {
        return random.nextInt(4) == 0 ? Duration.ofMillis(random.nextInt(4_000)) : Duration.ZERO;
    }

    Input next(Instant now, List<Effect.StartTimer> timers) {
        // Outages are rare and last for some dozens of inputs.
        if (random.nextInt(state.offersSuspended() ? 25 : 120) == 0) {
            boolean again = random.nextInt(4) == 0;
            return state.offersSuspended() == again ? new Input.CarrierLost() : new Input.CarrierRestored();
        }
        if (random.nextInt(150) == 0) return new Input.Restarted();
        int dice = random.nextInt(100);
        if (dice < 1) return new Input.Configure(settings());
        if (dice < 8) return enterQueue(now);
        if (dice < 26) return device();
        if (dice < 33) return timer(now, timers);
        if (dice < 34) return new Input.CallerLeft(contact());
        if (dice < 35) return new Input.CallerLost(contact());
        if (dice < 41) return supervisor();
        if (dice < 43) return watched();
        return agentInput();
    }

    private Input enterQueue(Instant now) {
        boolean again = random.nextInt(20) == 0;
        ContactId contact = again ? contact() : new ContactId("c" + callers++);
        QueueId queue = random.nextInt(40) == 0 ? new QueueId("closed") : pick(QUEUES);
        Modality modality = random.nextInt(8) == 0 ? Modality.VIDEO : Modality.VOICE;
        var context =
                new ContactContext(new HelplineId("social-services"), number(), Optional.of("snap"), List.of(), now);
        return new Input.EnterQueue(contact, queue, pick(LANGUAGES), modality, context);
    }

    /// So few that some call again.
    private Optional<String> number() {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of("+1212555010" + random.nextInt(10));
    }

    /// Supervisors listen in, set skills, close and open queues.
    private Input supervisor() {
        SupervisorId supervisor = new SupervisorId("s" + random.nextInt(3));
        return switch (random.nextInt(10)) {
            case 0 -> new Input.EndSupervision(supervisor);
            case 1 -> setSkills();
            case 2 -> new Input.CloseQueue(random.nextInt(10) == 0 ? new QueueId("closed") : pick(QUEUES));
            case 3 -> new Input.OpenQueue(pick(QUEUES));
            default -> {
                Optional<ContactView> talking = contactIn(ContactState.TALKING, ContactState.HELD);
                ContactId contact = random.nextInt(8) == 0 || talking.isEmpty()
                        ? contact()
                        : talking.get().id();
                yield new Input.Supervise(supervisor, contact, pick(List.of(SupervisionMode.values())));
            }
        };
    }

    private Input setSkills() {
        AgentSettings any = pick(settings().agents());
        boolean nothing = random.nextInt(10) == 0;
        return new Input.SetAgentSkills(
                any.id(), nothing ? List.of() : any.languages(), any.modalities(), any.skills());
    }

    private Input watched() {
        AgentId agent = agent();
        boolean reachable =
                state.agent(agent).flatMap(AgentView::deviceUnreachable).isPresent()
                        ? random.nextInt(4) > 0
                        : random.nextInt(10) == 0;
        return reachable ? new Input.DeviceReachable(agent) : new Input.DeviceUnreachable(agent, "not registered");
    }

    private Input device() {
        Optional<ContactView> contact = contactIn(
                ContactState.CONNECTING,
                ContactState.OFFERED,
                ContactState.TALKING,
                ContactState.HELD,
                ContactState.AGENT_LOST);
        if (!state.supervisions().isEmpty() && random.nextInt(8) == 0) {
            return supervisorsDevice(pick(state.supervisions()).leg());
        }
        boolean foreign = random.nextInt(6) == 0;
        LegId leg = foreign ? pick(legs) : contact.flatMap(ContactView::leg).orElseGet(() -> pick(legs));
        boolean talking = !foreign
                && contact.filter(c -> c.state() == ContactState.TALKING || c.state() == ContactState.HELD)
                        .isPresent();
        int dice = random.nextInt(100);
        if (talking) {
            if (dice < 6) return new Input.DeviceLeft(leg, true);
            if (dice < 10) return new Input.DeviceLeft(leg, false);
            if (dice < 13) return new Input.ConnectFailed(contact.get().id(), leg);
            return contactIn(ContactState.CONNECTING, ContactState.OFFERED)
                    .flatMap(ContactView::leg)
                    .<Input>map(Input.DeviceAnswered::new)
                    .orElseGet(() -> new Input.DeviceFailed(leg, DeviceFailure.ERROR));
        }
        if (dice < 60) return new Input.DeviceAnswered(leg);
        if (dice < 80) return new Input.DeviceFailed(leg, pick(List.of(DeviceFailure.values())));
        if (dice < 90) return new Input.DeviceLeft(leg, random.nextBoolean());
        return new Input.ConnectFailed(contact(), leg);
    }

    private Input supervisorsDevice(LegId leg) {
        int dice = random.nextInt(100);
        if (dice < 60) return new Input.DeviceAnswered(leg);
        if (dice < 75) return new Input.DeviceFailed(leg, pick(List.of(DeviceFailure.values())));
        return new Input.DeviceLeft(leg, random.nextBoolean());
    }

    private Input timer(Instant now, List<Effect.StartTimer> timers) {
        List<Effect.StartTimer> due =
                timers.stream().filter(timer -> !timer.at().isAfter(now)).toList();
        if (!due.isEmpty() && random.nextInt(5) > 0) return fired(pick(due));
        List<Effect.StartTimer> replaced = oldTimers.stream()
                .filter(old -> timers.stream()
                        .anyMatch(timer -> timer.key().equals(old.key()) && timer.generation() != old.generation()))
                .toList();
        if (!replaced.isEmpty() && random.nextBoolean()) return fired(pick(replaced));
        if (!oldTimers.isEmpty() && random.nextInt(3) == 0) return fired(pick(oldTimers));
        // The state does not look at the clock when a timer fires, so that one may as well come at any time.
        if (!timers.isEmpty()) return fired(pick(timers));
        return new Input.TimerFired(new TimerKey(TimerKey.Kind.OFFER, "never-made"), 1);
    }

    private static Input fired(Effect.StartTimer timer) {
        return new Input.TimerFired(timer.key(), timer.generation());
    }

    private Input agentInput() {
        AgentId agent = random.nextInt(60) == 0
                ? new AgentId("nobody")
                : random.nextInt(3) == 0 ? anAgent(AgentState.ON_CONTACT) : agent();
        Optional<AgentView> view = state.agent(agent);
        if (random.nextInt(8) > 0 && view.isPresent()) return sensible(agent, view.get());
        return switch (random.nextInt(14)) {
            case 13 -> new Input.VerifyCaller(agent, contact());
            case 8 -> new Input.Hold(agent, contact());
            case 9 -> new Input.Retrieve(agent, contact());
            case 10 -> transfer(agent, contact());
            case 11 -> new Input.CompleteTransfer(agent, contact());
            case 12 -> new Input.CancelTransfer(agent, contact());
            case 0 -> new Input.AgentConnected(agent);
            case 1 -> new Input.AgentDisconnected(agent);
            case 2 -> new Input.SignOut(agent);
            case 3 -> new Input.SetAgentState(agent, pick(List.of(Readiness.values())), reason());
            case 4 -> new Input.AcceptOffer(agent, pick(offers));
            case 5 -> new Input.RejectOffer(agent, pick(offers), reason());
            case 6 -> new Input.HangUp(agent, contact());
            default -> new Input.CompleteWrapUp(agent, contact(), inquiries());
        };
    }

    /// What this agent might well do in the state it is in.
    private Input sensible(AgentId agent, AgentView view) {
        int dice = random.nextInt(100);
        if (!view.connected() && dice < 50) return new Input.AgentConnected(agent);
        if (dice < 5) return new Input.AgentDisconnected(agent);
        if (dice < 8) return new Input.SignOut(agent);
        if (dice < 14) return new Input.SetAgentState(agent, Readiness.NOT_READY, reason());
        return switch (view.state()) {
            case SIGNED_OUT -> new Input.AgentConnected(agent);
            case NOT_READY, READY -> new Input.SetAgentState(agent, Readiness.READY, Optional.empty());
            case RESERVED -> {
                OfferId offer = view.offer().orElseGet(() -> pick(offers));
                yield dice < 85 ? new Input.AcceptOffer(agent, offer) : new Input.RejectOffer(agent, offer, reason());
            }
            case ON_CONTACT ->
                withContact(
                        agent,
                        state.contact(view.contact().orElseThrow(), agent).orElseThrow());
            case WRAP_UP -> new Input.CompleteWrapUp(agent, view.contact().orElseThrow(), inquiries());
        };
    }

    private Input withContact(AgentId agent, ContactView contact) {
        int dice = random.nextInt(100);
        if (contact.consult().isPresent()) {
            ContactView consult = state.contact(contact.consult().get()).orElseThrow();
            // Left to chance alone, nearly no consult would ever be answered.
            if (dice < 70 && consult.offer().isPresent() && consult.leg().isEmpty()) {
                return new Input.AcceptOffer(
                        consult.agent().orElseThrow(), consult.offer().get());
            }
            if (dice < 70
                    && consult.state() != ContactState.TALKING
                    && consult.leg().isPresent()) {
                return new Input.DeviceAnswered(consult.leg().get());
            }
            if (dice < 40) return new Input.CompleteTransfer(agent, contact.id());
            if (dice < 65) return new Input.CancelTransfer(agent, contact.id());
            if (dice < 75) return new Input.Retrieve(agent, contact.id());
            return dice < 85 ? transfer(agent, contact.id()) : new Input.HangUp(agent, contact.id());
        }
        if (dice < 40) return transfer(agent, contact.id());
        if (dice < 45) return new Input.VerifyCaller(agent, contact.id());
        if (dice < 65) {
            return contact.state() == ContactState.HELD
                    ? new Input.Retrieve(agent, contact.id())
                    : new Input.Hold(agent, contact.id());
        }
        // Whoever is consulted stays for a while.
        if (contact.consultOf().isPresent() && dice < 90) return new Input.Hold(agent, contact.id());
        return new Input.HangUp(agent, contact.id());
    }

    private Input transfer(AgentId agent, ContactId contact) {
        TransferTarget to =
                switch (random.nextInt(20)) {
                    case 0 -> new TransferTarget.ToNumber("+18005550123");
                    case 1 -> new TransferTarget.ToNumber("+4930555");
                    case 2, 3, 4, 5, 6 -> new TransferTarget.ToQueue(pick(QUEUES));
                    case 7, 8 -> new TransferTarget.ToAgent(agent());
                    default -> new TransferTarget.ToAgent(anAgent(AgentState.READY));
                };
        return new Input.Transfer(agent, contact, to, random.nextInt(3) == 0 ? TransferMode.COLD : TransferMode.WARM);
    }

    private AgentId agent() {
        List<AgentView> agents = state.agents();
        return agents.isEmpty() || random.nextInt(12) == 0
                ? new AgentId("a" + random.nextInt(6))
                : pick(agents).settings().id();
    }

    /// One in this state, if there is any.
    private AgentId anAgent(AgentState wanted) {
        List<AgentId> found = state.agents().stream()
                .filter(agent -> agent.state() == wanted)
                .map(agent -> agent.settings().id())
                .toList();
        return found.isEmpty() ? agent() : pick(found);
    }

    private List<Input.Inquiry> inquiries() {
        return Collections.nCopies(random.nextInt(10) == 0 ? random.nextInt(8) : 1, Scene.inquiry("snap"));
    }

    private Optional<String> reason() {
        return switch (random.nextInt(6)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(" ");
            default -> Optional.of("lunch");
        };
    }

    private ContactId contact() {
        List<ContactView> contacts = state.contacts();
        if (!contacts.isEmpty() && random.nextInt(4) > 0) return pick(contacts).id();
        return new ContactId("c" + Math.max(0, callers - random.nextInt(20)));
    }

    private Optional<ContactView> contactIn(ContactState... states) {
        List<ContactView> contacts = state.contacts().stream()
                .filter(contact -> List.of(states).contains(contact.state()))
                .toList();
        return contacts.isEmpty() ? Optional.empty() : Optional.of(pick(contacts));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /// Four to six agents of any kind, two or three queues with small limits.
    DomainSettings settings() {
        var agents = new ArrayList<AgentSettings>();
        int howMany = 4 + random.nextInt(3);
        for (int i = 0; i < howMany; i++) {
            var skills = new TreeMap<Skill, Integer>();
            for (QueueId queue : QUEUES) {
                if (random.nextInt(3) > 0) skills.put(new Skill(queue.value()), 1 + random.nextInt(6));
            }
            agents.add(new AgentSettings(
                    new AgentId("a" + i),
                    "Agent " + i,
                    random.nextBoolean() ? List.of(EN) : List.of(EN, ES, RU),
                    random.nextInt(3) > 0 ? List.of(Modality.VOICE) : List.of(Modality.VOICE, Modality.VIDEO),
                    skills,
                    random.nextInt(3) > 0 ? OfferOn.DESKTOP : OfferOn.DEVICE));
        }
        Collections.reverse(agents);
        var queues = new ArrayList<QueueSettings>();
        for (QueueId id : QUEUES.subList(0, 2 + random.nextInt(2))) queues.add(queue(id));
        return new DomainSettings(
                "demo", queues, agents, DomainSettings.DisconnectGraces.DEFAULT, List.of("+1800555XXXX"));
    }

    private QueueSettings queue(QueueId id) {
        Map<Integer, Duration> wrapUps = Map.of(0, Duration.ZERO, 1, Duration.ofSeconds(30), 2, Duration.ofMinutes(2));
        return new QueueSettings(
                id,
                new HelplineId("social-services"),
                id.value().equals("general")
                        ? List.of()
                        : List.of(new SkillRequirement(new Skill(id.value()), 1 + random.nextInt(4))),
                3 + random.nextInt(8),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                wrapUps.get(random.nextInt(3)));
    }
}
