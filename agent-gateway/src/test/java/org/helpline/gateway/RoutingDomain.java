package org.helpline.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactContext.PathStep;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.Effect;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.LegId;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingCore;
import org.helpline.router.RoutingState;
import org.helpline.router.Skill;
import org.helpline.router.SkillRequirement;
import org.helpline.router.Turn;

/// The owner of a routing domain without journal and carrier: the real core on a context of its own.
final class RoutingDomain implements RoutingPort {
    static final HelplineId HELPLINE = new HelplineId("social-services");
    static final QueueId SNAP = new QueueId("snap");
    static final Skill SNAP_SKILL = new Skill("snap");

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final RoutingCore core;
    private final List<Effect> effects = new CopyOnWriteArrayList<>();
    private final List<Input> inputs = new CopyOnWriteArrayList<>();
    private volatile Consumer<Journalled> onEvents = entries -> {};
    private final List<Event> journal;
    private volatile boolean broken;

    /// @param journal what happened so far
    RoutingDomain(Vertx vertx, Clock clock, List<Event> journal) {
        this.vertx = vertx;
        this.journal = new CopyOnWriteArrayList<>(journal);
        this.core = new RoutingCore(stateAfter(journal));
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.clock = clock;
    }

    void onEvents(Consumer<Journalled> listener) {
        onEvents = listener;
    }

    /// Journals events that no input led to.
    void happen(List<Event> events) {
        context.runOnContext(ignored -> journal(events));
    }

    private void journal(List<Event> events) {
        journal.addAll(events);
        onEvents.accept(Journalled.of(journal.size() - events.size() + 1, events));
    }

    /// All that was journalled so far.
    List<Event> journalled() {
        return List.copyOf(journal);
    }

    static RoutingState stateAfter(List<Event> events) {
        RoutingState state = new RoutingState();
        events.forEach(state::apply);
        return state;
    }

    /// From now on nothing is taken, as when the journal is gone.
    void breakDown() {
        broken = true;
    }

    /// From now on nothing is answered until the given work is done.
    void stall(Runnable work) {
        CountDownLatch stalled = new CountDownLatch(1);
        context.runOnContext(ignored -> {
            try {
                if (!stalled.await(10, TimeUnit.SECONDS)) throw new AssertionError("stalled for 10 s");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            work.run();
        } finally {
            stalled.countDown();
        }
    }

    List<Input> inputs() {
        return inputs;
    }

    List<Effect> effects() {
        return effects;
    }

    @Override
    public Future<Optional<Refusal>> submit(Input input) {
        if (broken) return Future.failedFuture("the journal is gone");
        Context caller = vertx.getOrCreateContext();
        Promise<Optional<Refusal>> answer = Promise.promise();
        context.runOnContext(ignored -> {
            inputs.add(input);
            Turn turn = core.step(input, clock.instant());
            effects.addAll(turn.effects());
            journal(turn.events());
            caller.runOnContext(alsoIgnored -> answer.complete(turn.refusal()));
        });
        return answer.future();
    }

    static DomainSettings settings() {
        QueueSettings queue = QueueSettings.of(SNAP, HELPLINE, List.of(new SkillRequirement(SNAP_SKILL, 3)));
        return new DomainSettings(
                "demo",
                List.of(queue),
                List.of(agent("agent1"), agent("agent2")),
                DomainSettings.DisconnectGraces.DEFAULT,
                List.of("+1800555XXXX"));
    }

    private static AgentSettings agent(String id) {
        return new AgentSettings(
                new AgentId(id),
                "Agent " + id,
                List.of(new Language("en"), new Language("es")),
                List.of(Modality.VOICE),
                new TreeMap<>(Map.of(SNAP_SKILL, 5)),
                OfferOn.DESKTOP);
    }

    static Input.EnterQueue spanishCaller(String contact, Instant arrivedAt) {
        return new Input.EnterQueue(
                new ContactId(contact),
                SNAP,
                new Language("es"),
                Modality.VOICE,
                new ContactContext(
                        HELPLINE,
                        Optional.of("+12125550147"),
                        Optional.of("snap"),
                        List.of(new PathStep(arrivedAt, "language", "es"), new PathStep(arrivedAt, "need", "snap")),
                        arrivedAt));
    }

    /// The leg of the supervisor's device that was rung last.
    LegId supervisorLeg() {
        return effects.stream()
                .filter(Effect.RingSupervisor.class::isInstance)
                .map(effect -> ((Effect.RingSupervisor) effect).leg())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /// The leg of the device that was rung last.
    LegId leg() {
        return effects.stream()
                .filter(Effect.RingDevice.class::isInstance)
                .map(effect -> ((Effect.RingDevice) effect).leg())
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
