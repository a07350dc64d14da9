package org.helpline.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.store.InMemoryJournal;
import org.helpline.store.Journal;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;

/// A whole routing domain in virtual time: the real owner, switchboard, flows, router and codec with a
/// simulated carrier, callers and agents, and an inspector who looks at every turn.
public final class SimulatedDomain {
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final Duration AUDIT_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);
    private static final Duration LONGEST_RUN = Duration.ofDays(4);
    /// Time for wrap-ups, absences, lost plays and some audits to run out.
    private static final Duration LEFT_TO_DRAIN = Duration.ofMinutes(5);

    private final Scenario scenario;
    private final Instant start;
    private final VirtualTime time;
    private final SwitchState state = new SwitchState();
    private final SimulatedCarrier carrier;
    private final DomainOwner owner;
    private final List<AgentSettings> agents;
    private final CallerCrowd callers;
    private final AgentCrew crew;
    private final Misfortunes misfortunes;
    private final Supervisors supervisors;
    private final Inspector inspector;
    private long contacts;

    public SimulatedDomain(Scenario scenario) {
        this(scenario, new InMemoryJournal(1_000));
    }

    public SimulatedDomain(Scenario scenario, Journal journal) {
        this(scenario, journal, START);
    }

    /// @param start when it is there as the run begins
    public SimulatedDomain(Scenario scenario, Journal journal, Instant start) {
        this.scenario = scenario;
        this.start = start;
        time = new VirtualTime(start);
        SplittableRandom seed = new SplittableRandom(scenario.seed());
        carrier = new SimulatedCarrier(SimulatedSettings.standard(), time, seed.split());
        agents = DemoLine.agents(scenario.agents(), new Draws(seed.split()));
        owner = new DomainOwner(
                "demo",
                new Switchboard(state, DemoLine.plan(agents)),
                journal,
                new JsonEventCodec(),
                carrier,
                time,
                () -> new ContactId("c-" + ++contacts));
        callers = new CallerCrowd(scenario, time, carrier, new Draws(seed.split()));
        Front front = Front.of(owner);
        crew = new AgentCrew(scenario, agents, time, carrier, front, new Draws(seed.split()));
        misfortunes = new Misfortunes(time, carrier, front, agents, new Draws(seed.split()));
        supervisors = new Supervisors(time, carrier, front, agents, new Draws(seed.split()));
        inspector = new Inspector(time, state, carrier, callers);
        owner.addListener(inspector);
        owner.addListener(callers);
        owner.addListener(crew);
    }

    /// Hears what the owner tells its listeners, after all those of the simulation.
    public void addListener(TurnListener listener) {
        owner.addListener(listener);
    }

    public SwitchState state() {
        return state;
    }

    /// Runs it to its end, or to the first breach.
    public RunReport run() {
        long began = System.nanoTime();
        owner.submit(new Input.Configure(DemoLine.settings(agents)));
        owner.open(AUDIT_EVERY);
        crew.start();
        time.pass(Duration.ofSeconds(30));
        callers.start();
        look();
        if (scenario.wild()) {
            misfortunes.start();
            supervisors.start();
        }
        Instant latest = time.now().plus(LONGEST_RUN);
        time.runUntil(latest, () -> failed() || callers.allHaveCalled());
        if (scenario.wild()) {
            misfortunes.end();
            supervisors.end();
        }
        time.runUntil(latest, () -> failed() || callers.allAreOver());
        if (!callers.allAreOver()) inspector.nobodyIsInSilence(Duration.ZERO);
        crew.calmDown();
        time.runUntil(time.now().plus(LEFT_TO_DRAIN), this::failed);
        inspector.drained();
        return report(Duration.ofNanos(System.nanoTime() - began));
    }

    private boolean failed() {
        return inspector.breach().isPresent();
    }

    private void look() {
        time.after(LOOK_EVERY, () -> {
            inspector.carrierIsSane();
            inspector.nobodyIsInSilence(LONGEST_SILENCE);
            look();
        });
    }

    private RunReport report(Duration took) {
        Ledger.Counts counts = inspector.ledger().counts;
        Optional<String> breach = inspector.breach().map(Inspector.Breach::toString);
        return new RunReport(
                scenario,
                callers.called(),
                counts.arrived,
                counts.queued,
                counts.handled,
                counts.abandoned,
                counts.transferredOut,
                counts.requeued,
                counts.transfers,
                counts.consults,
                counts.completed,
                counts.supervisions,
                counts.offers,
                new java.util.TreeMap<>(counts.outcomes),
                crew.refusals(),
                callers.heardAnAgent(),
                inspector.turns(),
                inspector.events(),
                took,
                Duration.between(start, time.now()),
                breach);
    }
}
