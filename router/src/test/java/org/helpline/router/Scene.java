package org.helpline.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.Input.Readiness;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// A routing domain to play through: it moves time, takes inputs, keeps every turn, and checks after each of
/// them that replaying all events gives the same state.
final class Scene {
    static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    static final HelplineId HELPLINE = new HelplineId("social-services");
    static final QueueId SNAP = new QueueId("snap");
    static final QueueId GENERAL = new QueueId("general");
    static final Language EN = new Language("en");
    static final Language ES = new Language("es");
    static final Skill SNAP_SKILL = new Skill("snap");

    final RoutingCore core = new RoutingCore(new RoutingState());
    final List<Event> journal = new ArrayList<>();
    private final RoutingState replica = new RoutingState();
    private Instant now = START;
    private Turn last = new Turn(List.of(), List.of(), Optional.empty());

    /// Queue `snap` asks for skill snap at 3, queue `general` for nothing.
    static DomainSettings settings(AgentSettings... agents) {
        return settings(List.of(snapQueue(), QueueSettings.of(GENERAL, HELPLINE, List.of())), agents);
    }

    static DomainSettings settings(List<QueueSettings> queues, AgentSettings... agents) {
        return new DomainSettings("demo", queues, List.of(agents), DomainSettings.DisconnectGraces.DEFAULT);
    }

    static QueueSettings snapQueue() {
        return QueueSettings.of(SNAP, HELPLINE, List.of(new SkillRequirement(SNAP_SKILL, 3)));
    }

    static AgentSettings agent(String id, Language... languages) {
        return agent(id, OfferOn.DESKTOP, Map.of(SNAP_SKILL, 5), languages);
    }

    static AgentSettings agent(String id, OfferOn offerOn, Map<Skill, Integer> skills, Language... languages) {
        return new AgentSettings(
                new AgentId(id),
                "Agent " + id,
                List.of(languages),
                List.of(Modality.VOICE),
                new TreeMap<>(skills),
                offerOn);
    }

    static Scene with(AgentSettings... agents) {
        return with(settings(agents));
    }

    static Scene with(DomainSettings settings) {
        var scene = new Scene();
        scene.accepted(new Input.Configure(settings));
        return scene;
    }

    // ---- playing

    Turn step(Input input) {
        last = core.step(input, now);
        if (last.refusal().isPresent()) {
            assertTrue(last.events().isEmpty() && last.effects().isEmpty(), "a refusal must change nothing");
        }
        last.events().forEach(replica::apply);
        journal.addAll(last.events());
        assertEquals(StateDigest.text(core.state().tables()), StateDigest.text(replica.tables()));
        assertEquals(core.state().digest(), replica.digest());
        return last;
    }

    Turn accepted(Input input) {
        Turn turn = step(input);
        assertEquals(Optional.empty(), turn.refusal());
        return turn;
    }

    /// Takes the input and expects a refusal with this reason.
    Refusal refused(String reason, Input input) {
        Optional<Refusal> refusal = step(input).refusal();
        assertEquals(Optional.of(reason), refusal.map(Refusal::reason), () -> input + " gave " + refusal);
        return refusal.get();
    }

    /// Lets time pass and fires what comes due, in order of time.
    Scene pass(Duration time) {
        Instant until = now.plus(time);
        Optional<Event.TimerStarted> due = nextTimer(until);
        while (due.isPresent()) {
            now = due.get().due();
            step(new Input.TimerFired(due.get().key(), due.get().generation()));
            due = nextTimer(until);
        }
        now = until;
        return this;
    }

    private Optional<Event.TimerStarted> nextTimer(Instant until) {
        return core.state().timers().stream()
                .filter(timer -> !timer.due().isAfter(until))
                .min((a, b) -> a.due().compareTo(b.due()));
    }

    Scene pass(int seconds) {
        return pass(Duration.ofSeconds(seconds));
    }

    Scene ready(String... agents) {
        for (String agent : agents) {
            connect(agent);
            setReady(agent);
            pass(1);
        }
        return this;
    }

    Turn connect(String agent) {
        return accepted(new Input.AgentConnected(new AgentId(agent)));
    }

    Turn disconnect(String agent) {
        return accepted(new Input.AgentDisconnected(new AgentId(agent)));
    }

    Turn setReady(String agent) {
        return accepted(new Input.SetAgentState(new AgentId(agent), Readiness.READY, Optional.empty()));
    }

    Turn setNotReady(String agent, String reason) {
        return accepted(new Input.SetAgentState(new AgentId(agent), Readiness.NOT_READY, Optional.of(reason)));
    }

    Turn call(String contact) {
        return call(contact, SNAP, EN);
    }

    Turn call(String contact, QueueId queue, Language language) {
        return accepted(enter(contact, queue, language));
    }

    Input.EnterQueue enter(String contact, QueueId queue, Language language) {
        var context = new ContactContext(HELPLINE, Optional.of("+12125550100"), Optional.of("snap"), List.of(), now);
        return new Input.EnterQueue(new ContactId(contact), queue, language, Modality.VOICE, context);
    }

    Turn accept(String agent) {
        return accepted(
                new Input.AcceptOffer(new AgentId(agent), agent(agent).offer().orElseThrow()));
    }

    Turn reject(String agent) {
        return accepted(
                new Input.RejectOffer(new AgentId(agent), agent(agent).offer().orElseThrow(), Optional.empty()));
    }

    Turn answered(String contact) {
        return accepted(new Input.DeviceAnswered(leg(contact)));
    }

    Turn failed(String contact, DeviceFailure reason) {
        return accepted(new Input.DeviceFailed(leg(contact), reason));
    }

    Turn deviceLeft(String contact, boolean byHangUp) {
        return accepted(new Input.DeviceLeft(leg(contact), byHangUp));
    }

    Turn callerLeft(String contact) {
        return accepted(new Input.CallerLeft(new ContactId(contact)));
    }

    Turn hangUp(String agent, String contact) {
        return accepted(new Input.HangUp(new AgentId(agent), new ContactId(contact)));
    }

    Turn wrapUp(String agent, String contact) {
        return accepted(
                new Input.CompleteWrapUp(new AgentId(agent), new ContactId(contact), List.of(inquiry("snap-status"))));
    }

    Turn hold(String agent, String contact) {
        return accepted(new Input.Hold(new AgentId(agent), new ContactId(contact)));
    }

    Turn retrieve(String agent, String contact) {
        return accepted(new Input.Retrieve(new AgentId(agent), new ContactId(contact)));
    }

    Turn cold(String agent, String contact, QueueId to) {
        return cold(agent, contact, new TransferTarget.ToQueue(to));
    }

    Turn cold(String agent, String contact, AgentId to) {
        return cold(agent, contact, new TransferTarget.ToAgent(to));
    }

    Turn cold(String agent, String contact, TransferTarget to) {
        return accepted(new Input.Transfer(new AgentId(agent), new ContactId(contact), to, TransferMode.COLD));
    }

    Turn warm(String agent, String contact, QueueId to) {
        return warm(agent, contact, new TransferTarget.ToQueue(to));
    }

    Turn warm(String agent, String contact, AgentId to) {
        return warm(agent, contact, new TransferTarget.ToAgent(to));
    }

    private Turn warm(String agent, String contact, TransferTarget to) {
        return accepted(new Input.Transfer(new AgentId(agent), new ContactId(contact), to, TransferMode.WARM));
    }

    Turn complete(String agent, String contact) {
        return accepted(new Input.CompleteTransfer(new AgentId(agent), new ContactId(contact)));
    }

    Turn cancel(String agent, String contact) {
        return accepted(new Input.CancelTransfer(new AgentId(agent), new ContactId(contact)));
    }

    static Input.Inquiry inquiry(String code) {
        return new Input.Inquiry(
                code, Input.InquiryOutcome.RESOLVED, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// A call that an agent talks with: `agent` must be the one that gets it.
    Scene talking(String contact, String agent) {
        call(contact);
        accept(agent);
        answered(contact);
        assertContact(contact, ContactState.TALKING);
        return this;
    }

    // ---- looking

    Instant now() {
        return now;
    }

    AgentView agent(String id) {
        return core.state().agent(new AgentId(id)).orElseThrow();
    }

    ContactView contact(String id) {
        return core.state().contact(new ContactId(id)).orElseThrow();
    }

    LegId leg(String contact) {
        return contact(contact).leg().orElseThrow();
    }

    boolean gone(String contact) {
        return core.state().contact(new ContactId(contact)).isEmpty();
    }

    int position(String contact) {
        return core.state().position(new ContactId(contact));
    }

    List<TimerKey.Kind> timers() {
        return core.state().timers().stream().map(timer -> timer.key().kind()).toList();
    }

    void assertAgent(String id, AgentState state) {
        assertEquals(state, agent(id).state());
        assertEquals(Optional.empty(), agent(id).reason());
    }

    void assertNotReady(String id, String reason) {
        assertEquals(AgentState.NOT_READY, agent(id).state());
        assertEquals(Optional.of(reason), agent(id).reason());
    }

    void assertContact(String id, ContactState state) {
        assertEquals(state, contact(id).state());
    }

    void assertOfferedTo(String contact, String agent) {
        assertContact(contact, ContactState.OFFERED);
        assertEquals(Optional.of(new AgentId(agent)), contact(contact).agent());
        assertEquals(contact(contact).offer(), agent(agent).offer());
    }

    /// The events of the last turn, without the timers' and the agents' states: what happened to contacts.
    List<String> happened() {
        return last.events().stream()
                .filter(e -> !(e instanceof Event.TimerStarted
                        || e instanceof Event.TimerCancelled
                        || e instanceof Event.AgentStateChanged))
                .map(Scene::brief)
                .toList();
    }

    private static String brief(Event event) {
        String name = event.getClass().getSimpleName();
        return switch (event) {
            case Event.OfferEnded e -> name + " " + e.outcome();
            case Event.ContactRequeued e -> name + " " + e.reason();
            case Event.ContactEnded e -> name + " " + e.outcome();
            case Event.ConsultEnded e -> name + " " + e.outcome();
            case Event.SupervisionEnded e -> name + " " + e.outcome();
            case Event.DeviceAttemptFailed e -> name + " " + e.reason();
            default -> name;
        };
    }

    /// The effects of the last turn by name, without the timers'.
    List<String> asked() {
        return last.effects().stream()
                .filter(e -> !(e instanceof Effect.StartTimer || e instanceof Effect.CancelTimer))
                .map(e -> e.getClass().getSimpleName())
                .toList();
    }

    <T> T only(Class<T> type) {
        List<T> found = new ArrayList<>();
        last.events().stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        last.effects().stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        assertEquals(1, found.size(), () -> "expected one " + type.getSimpleName() + " in " + last);
        return found.getFirst();
    }
}
