package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;

/// Counts and times of the domain, folded from its events. Labels are bounded: helpline, queue, language, modality.
///
/// Threading: events come on the owner's context; scrapes read from any thread.
public final class DomainMetrics implements TurnListener {
    private static final Duration[] WAITS = {
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(20),
        Duration.ofMinutes(60)
    };

    private final MeterRegistry registry;
    private final Map<ContactId, Labelled> contacts = new HashMap<>();
    private final Map<AgentId, AgentState> agents = new HashMap<>();
    private final Map<AgentState, AtomicInteger> agentsByState = new EnumMap<>(AgentState.class);
    private final Map<Labels, AtomicInteger> waiting = new ConcurrentHashMap<>();

    private record Labels(String helpline, String queue, String language, String modality) {
        List<Tag> tags() {
            return List.of(
                    Tag.of("helpline", helpline),
                    Tag.of("queue", queue),
                    Tag.of("language", language),
                    Tag.of("modality", modality));
        }
    }

    private static final class Labelled {
        private final Labels labels;
        private final Instant queuedAt;
        private boolean counted = true;
        private boolean answered;

        Labelled(Labels labels, Instant queuedAt) {
            this.labels = labels;
            this.queuedAt = queuedAt;
        }
    }

    public DomainMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (AgentState state : AgentState.values()) {
            AtomicInteger count = new AtomicInteger();
            agentsByState.put(state, count);
            Gauge.builder("helpline.agents", count, AtomicInteger::get)
                    .description("Agents by state")
                    .tag("state", word(state))
                    .register(registry);
        }
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (event instanceof DomainEvent.Routing routing) routing(routing.event());
            if (event instanceof DomainEvent.CallerArrived arrived) {
                counter(
                                "helpline.calls.arrived",
                                "Calls that reached a helpline",
                                List.of(Tag.of("helpline", arrived.helpline().value())))
                        .increment();
            }
        }
    }

    private void routing(Event event) {
        switch (event) {
            case Event.ContactQueued e -> queued(e);
            case Event.ContactConnected e -> connected(e);
            case Event.ContactRequeued e -> setWaiting(contacts.get(e.contact()), true);
            case Event.OfferEnded e ->
                counter("helpline.offers", "Offers by outcome", List.of(Tag.of("outcome", word(e.outcome()))))
                        .increment();
            case Event.ContactEnded e -> ended(e);
            case Event.AgentStateChanged e -> agent(e);
            case Event.DomainConfigured _,
                    Event.OffersSuspended _,
                    Event.OffersResumed _,
                    Event.AgentSignedIn _,
                    Event.AgentSocketLost _,
                    Event.AgentSocketRestored _,
                    Event.AgentSignedOut _,
                    Event.AgentWishNoted _,
                    Event.OfferMade _,
                    Event.ContactConnecting _,
                    Event.DeviceAttemptFailed _,
                    Event.AgentLost _,
                    Event.ContactHeld _,
                    Event.ContactRetrieved _,
                    Event.ContactTransferred _,
                    Event.ConsultStarted _,
                    Event.ConsultEnded _,
                    Event.TransferCompleted _,
                    Event.SupervisionRequested _,
                    Event.SupervisionStarted _,
                    Event.SupervisionChanged _,
                    Event.SupervisionEnded _,
                    Event.AgentSkillsChanged _,
                    Event.QueueClosed _,
                    Event.QueueOpened _,
                    Event.DeviceReachabilityChanged _,
                    Event.WrapUpStarted _,
                    Event.WrapUpCompleted _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> {}
        }
    }

    private void queued(Event.ContactQueued e) {
        Labels labels = new Labels(
                e.context().helpline().value(),
                e.queue().value(),
                e.requirements().language().tag(),
                word(e.requirements().modality()));
        contacts.put(e.contact(), new Labelled(labels, e.at()));
        waitingOf(labels).incrementAndGet();
        counter("helpline.contacts.offered", "Contacts that entered a queue", labels.tags())
                .increment();
    }

    private void connected(Event.ContactConnected e) {
        Labelled contact = contacts.get(e.contact());
        setWaiting(contact, false);
        if (contact == null || contact.answered) return;
        contact.answered = true;
        Timer.builder("helpline.queue.wait")
                .description("Time from entering the queue to the first agent")
                .tags(contact.labels.tags())
                .serviceLevelObjectives(WAITS)
                .register(registry)
                .record(Duration.between(contact.queuedAt, e.at()));
    }

    private void ended(Event.ContactEnded e) {
        Labelled contact = contacts.remove(e.contact());
        if (contact == null) return;
        setWaiting(contact, false);
        switch (e.outcome()) {
            case HANDLED, TRANSFERRED_OUT ->
                counter("helpline.contacts.handled", "Contacts that talked with an agent", contact.labels.tags())
                        .increment();
            case ABANDONED ->
                counter("helpline.contacts.abandoned", "Contacts that left before an agent", contact.labels.tags())
                        .increment();
        }
    }

    private void agent(Event.AgentStateChanged e) {
        AgentState before = agents.put(e.agent(), e.state());
        if (before != null) agentsByState.get(before).decrementAndGet();
        agentsByState.get(e.state()).incrementAndGet();
    }

    private void setWaiting(Labelled contact, boolean waits) {
        if (contact == null || contact.counted == waits) return;
        contact.counted = waits;
        waitingOf(contact.labels).addAndGet(waits ? 1 : -1);
    }

    private AtomicInteger waitingOf(Labels labels) {
        return waiting.computeIfAbsent(labels, key -> {
            AtomicInteger count = new AtomicInteger();
            Gauge.builder("helpline.contacts.waiting", count, AtomicInteger::get)
                    .description("Contacts waiting for an agent, offered and connecting ones included")
                    .tags(key.tags())
                    .register(registry);
            return count;
        });
    }

    private Counter counter(String name, String description, List<Tag> tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
