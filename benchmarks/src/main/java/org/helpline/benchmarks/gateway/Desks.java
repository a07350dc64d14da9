package org.helpline.benchmarks.gateway;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.benchmarks.ShippedLine;
import org.helpline.config.Configuration;
import org.helpline.router.AgentSettings;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.router.Language;

/// Agents who take every offer after a moment and wrap up soon, and a few who change their state all the
/// time, so that commands come evenly. Each command is timed from the moment it is given to the owner's
/// answer: what waits for the owner's event loop is in that time.
final class Desks implements TurnListener, AutoCloseable {
    private static final Duration THINK = Duration.ofMillis(300);
    private static final Duration WRITE = Duration.ofSeconds(1);
    /// Of these commands there are 100 a second.
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(10);

    private static final int CHANGING = 20;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final List<AgentSettings> agents;
    private final DomainOwner owner;
    private final Context ownerContext;
    private final Recorder taken = new Recorder(LONGEST_NANOS, 3);
    private final ScheduledExecutorService people = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("desks").factory());
    private int changes;

    Desks(List<AgentSettings> agents, DomainOwner owner, Context ownerContext) {
        this.agents = agents;
        this.owner = owner;
        this.ownerContext = ownerContext;
    }

    /// Agents for all the queues in both languages, and before them those whose language nobody asks for.
    static List<AgentSettings> agents(int count, Configuration shipped) {
        return IntStream.rangeClosed(1, CHANGING + count)
                .mapToObj(n -> n <= CHANGING
                        ? ShippedLine.agent(n, shipped, new Language("ht"))
                        : ShippedLine.agent(n, shipped, new Language("en"), new Language("es")))
                .toList();
    }

    void signIn() {
        for (AgentSettings agent : agents) {
            ask(new Input.AgentConnected(agent.id()));
            ask(new Input.SetAgentState(agent.id(), Input.Readiness.READY, Optional.empty()));
        }
        var _ = people.scheduleAtFixedRate(this::change, 0, BETWEEN_CHANGES.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void change() {
        AgentSettings agent = agents.get(changes % CHANGING);
        boolean ready = changes / CHANGING % 2 == 1;
        changes++;
        ask(new Input.SetAgentState(
                agent.id(),
                ready ? Input.Readiness.READY : Input.Readiness.NOT_READY,
                ready ? Optional.empty() : Optional.of("break")));
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (!(event instanceof DomainEvent.Routing routing)) continue;
            if (routing.event() instanceof Event.OfferMade e) {
                after(THINK, new Input.AcceptOffer(e.agent(), e.offer()));
            } else if (routing.event() instanceof Event.WrapUpStarted e) {
                after(WRITE, new Input.CompleteWrapUp(e.agent(), e.contact(), List.of(ShippedLine.INQUIRY)));
            }
        }
    }

    private void after(Duration delay, Input input) {
        if (people.isShutdown()) return;
        var _ = people.schedule(() -> ask(input), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask(Input input) {
        long given = System.nanoTime();
        ownerContext.runOnContext(_ -> owner.submit(input)
                .onComplete(_ -> taken.recordValue(Math.min(System.nanoTime() - given, LONGEST_NANOS))));
    }

    void reset() {
        taken.reset();
    }

    Histogram taken() {
        return taken.getIntervalHistogram();
    }

    @Override
    public void close() {
        people.shutdownNow();
    }
}
