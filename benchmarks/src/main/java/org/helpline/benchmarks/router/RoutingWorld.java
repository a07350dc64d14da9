package org.helpline.benchmarks.router;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactContext;
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
import org.helpline.router.RoutingCore;
import org.helpline.router.RoutingState;
import org.helpline.router.Skill;
import org.helpline.router.SkillRequirement;
import org.helpline.router.Turn;

/// A routing domain in a steady state: as many contacts come as are finished.
///
/// Five queues ask for a skill each. Every agent speaks English and one of five other languages, and has
/// three of the five skills; six of ten callers speak English. All of it is fixed, so that every run does
/// the same work.
final class RoutingWorld {
    /// Inputs of one [#cycle].
    static final int INPUTS_A_CYCLE = 6;

    private static final HelplineId HELPLINE = new HelplineId("bench");
    private static final List<String> LANGUAGES = List.of("en", "es", "ru", "ht", "cmn", "yue");
    private static final int QUEUES = 5;
    private static final int SKILLS_AN_AGENT = 3;
    private static final List<Input.Inquiry> INQUIRIES = List.of(new Input.Inquiry(
            "snap-status", Input.InquiryOutcome.RESOLVED, Optional.empty(), Optional.empty(), Optional.empty()));

    private final RoutingCore core = new RoutingCore(new RoutingState());
    private final boolean busy;
    private final List<Service> services = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-02T14:00:00Z");
    private long contacts;
    private int nextService;

    /// An agent and the contact it talks to.
    private record Service(AgentId agent, ContactId contact) {}

    /// Takes each input; where the time of one is measured.
    interface Step {
        Turn take(RoutingCore core, Input input, Instant now);
    }

    /// @param agents all signed in and ready; 25 have every pair of language and skills
    /// @param waiting contacts that wait; with any, all agents are busy
    RoutingWorld(int agents, int waiting) {
        this.busy = waiting > 0;
        take(RoutingCore::step, new Input.Configure(settings(agents)));
        for (int i = 0; i < agents; i++) {
            AgentId agent = new AgentId("agent" + i);
            take(RoutingCore::step, new Input.AgentConnected(agent));
            take(RoutingCore::step, new Input.SetAgentState(agent, Input.Readiness.READY, Optional.empty()));
        }
        int inLine = 0;
        while (busy && (services.size() < agents || inLine < waiting)) {
            Optional<Event.OfferMade> offer = offer(take(RoutingCore::step, arrival()));
            if (offer.isPresent()) {
                services.add(connect(RoutingCore::step, offer.get()));
            } else {
                inLine++;
            }
        }
    }

    /// One contact from its arrival to the end of its wrap-up. With contacts waiting, the one that comes is
    /// not the one that ends: an agent ends what it has in hand and takes the oldest in line.
    void cycle(Step step) {
        Turn arrived = take(step, arrival());
        if (!busy) {
            finish(step, connect(step, offer(arrived).orElseThrow()));
            return;
        }
        Turn freed = finish(step, services.get(nextService));
        services.set(nextService, connect(step, offer(freed).orElseThrow()));
        nextService = (nextService + 1) % services.size();
    }

    private Service connect(Step step, Event.OfferMade offer) {
        Turn accepted = take(step, new Input.AcceptOffer(offer.agent(), offer.offer()));
        take(step, new Input.DeviceAnswered(leg(accepted)));
        return new Service(offer.agent(), offer.contact());
    }

    private Turn finish(Step step, Service service) {
        take(step, new Input.HangUp(service.agent, service.contact));
        take(step, new Input.CallerLeft(service.contact));
        return take(step, new Input.CompleteWrapUp(service.agent, service.contact, INQUIRIES));
    }

    private Turn take(Step step, Input input) {
        now = now.plusMillis(1);
        Turn turn = step.take(core, input, now);
        if (turn.refusal().isPresent()) {
            throw new IllegalStateException(
                    input + " was refused: " + turn.refusal().get());
        }
        return turn;
    }

    /// How many contacts wait; for checks outside what is measured.
    long waiting() {
        return core.state().contacts().stream()
                .filter(contact -> contact.state() == RoutingState.ContactState.WAITING)
                .count();
    }

    private Input.EnterQueue arrival() {
        long n = contacts++;
        int language = n % 10 < 6 ? 0 : 1 + (int) (n / 10 % 5);
        QueueId queue = queue((int) (n / 3 % QUEUES));
        ContactContext context = new ContactContext(
                HELPLINE,
                Optional.of("1212555" + n % 10_000),
                Optional.of(queue.value()),
                List.of(
                        new ContactContext.PathStep(now, "language", LANGUAGES.get(language)),
                        new ContactContext.PathStep(now, "need", queue.value())),
                now);
        return new Input.EnterQueue(
                new ContactId("c" + n), queue, new Language(LANGUAGES.get(language)), Modality.VOICE, context);
    }

    private static Optional<Event.OfferMade> offer(Turn turn) {
        for (Event event : turn.events()) {
            if (event instanceof Event.OfferMade made) return Optional.of(made);
        }
        return Optional.empty();
    }

    private static LegId leg(Turn turn) {
        for (Effect effect : turn.effects()) {
            if (effect instanceof Effect.RingDevice ring) return ring.leg();
        }
        throw new IllegalStateException("no device rings: " + turn);
    }

    private static QueueId queue(int number) {
        return new QueueId("queue" + number);
    }

    private static Skill skill(int number) {
        return new Skill("skill" + number);
    }

    private static DomainSettings settings(int agents) {
        List<QueueSettings> queues = new ArrayList<>();
        for (int i = 0; i < QUEUES; i++) {
            queues.add(new QueueSettings(
                    queue(i),
                    HELPLINE,
                    List.of(new SkillRequirement(skill(i), 3)),
                    100_000,
                    QueueSettings.DEFAULT_OFFER_TIMEOUT,
                    QueueSettings.DEFAULT_DEVICE_TIMEOUT,
                    Duration.ofMinutes(2)));
        }
        List<AgentSettings> staff = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            TreeMap<Skill, Integer> skills = new TreeMap<>();
            for (int k = 0; k < SKILLS_AN_AGENT; k++) skills.put(skill((i + k) % QUEUES), 5);
            staff.add(new AgentSettings(
                    new AgentId("agent" + i),
                    "Agent " + i,
                    List.of(new Language("en"), new Language(LANGUAGES.get(1 + i / QUEUES % 5))),
                    List.of(Modality.VOICE),
                    skills,
                    AgentSettings.OfferOn.DESKTOP));
        }
        return new DomainSettings("bench", queues, staff, DomainSettings.DisconnectGraces.DEFAULT);
    }
}
