package org.helpline.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.owner.FreshSnapshot;
import org.helpline.app.owner.JournalSettings;
import org.helpline.app.owner.Journalling;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.Recovery;
import org.helpline.app.owner.SnapshotCodec;
import org.helpline.app.owner.StateCopy;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingState;
import org.helpline.simulation.history.Bounds;
import org.helpline.simulation.history.HistoryChecker;
import org.helpline.simulation.history.Observation;
import org.helpline.store.DomainStore;
import org.helpline.store.InMemoryContents;
import org.helpline.store.InMemoryStore;
import org.helpline.store.Journal;
import org.helpline.store.Snapshots;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;

/// A domain whose process dies again and again, in virtual time. Carrier, callers, agents and their telephones live
/// on, and so does what the journal has; everything else is lost, and the next process recovers it.
///
/// Two judges look on: the [Inspector] reads the state, the [HistoryChecker] only what was seen from outside.
public final class KilledDomain implements Front {
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final Duration AUDIT_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);
    private static final Duration LONGEST_RUN = Duration.ofDays(1);
    private static final Duration LEFT_TO_DRAIN = Duration.ofMinutes(5);
    /// A death that waits for a certain moment comes then at the latest.
    private static final Duration DIES_WITHIN = Duration.ofSeconds(2);
    private static final int SNAPSHOT_EVERY_TURNS = 150;

    private final Scenario scenario;
    private final int kills;
    private final VirtualTime time = new VirtualTime(START);
    private final List<Observation> seen = new ArrayList<>();
    private final SimulatedCarrier carrier;
    private final InMemoryContents contents = new InMemoryContents("simulated", Integer.MAX_VALUE);
    private final NavigableMap<Long, Journal.Entry> written = new TreeMap<>();
    private final EventCodec codec = new JsonEventCodec();
    private final SnapshotCodec snapshots = new JsonSnapshotCodec();
    private final List<AgentSettings> agents;
    private final Ears ears;
    private final CallerCrowd callers;
    private final AgentCrew crew;
    private final Supervisors supervisors;
    private final Inspector inspector;
    private final Draws draws;
    private final Map<AgentId, Long> lastSeen = new TreeMap<>();
    private final KillCounts counts = new KillCounts();

    private Life life;
    private DomainOwner owner;
    private DomainStore.Opened opened;
    /// What all that was told amounts to: the owner's own state is ahead of it by what the journal has not
    /// acknowledged.
    private SwitchState replica = new SwitchState();
    private SimulatedDesks desks;
    private boolean routing;
    private boolean calm;
    private long told;
    private long contacts;
    private int turns;
    private Optional<String> stuck = Optional.empty();

    /// @param kills how often its process dies
    public KilledDomain(Scenario scenario, int kills) {
        this.scenario = scenario;
        this.kills = kills;
        SplittableRandom seed = new SplittableRandom(scenario.seed());
        carrier = new SimulatedCarrier(SimulatedSettings.standard(), time, seed.split());
        agents = DemoLine.agents(scenario.agents(), new Draws(seed.split()));
        ears = new Ears(time, this::note);
        callers = new CallerCrowd(scenario, time, carrier, new Draws(seed.split()), Optional.of(ears));
        crew = new AgentCrew(scenario, agents, time, carrier, this, new Draws(seed.split()));
        supervisors = new Supervisors(time, carrier, this, agents, new Draws(seed.split()));
        inspector = new Inspector(time, replica, carrier, callers);
        draws = new Draws(seed.split());
        for (AgentSettings agent : agents) {
            String name = agent.id().value();
            carrier.device(DemoLine.device(agent.id())).watchedBy(new WatchedPhones(name, time, this::note));
        }
    }

    private void note(Observation observation) {
        seen.add(observation);
        if (observation instanceof Observation.Told told) lastSeen.put(new AgentId(told.agent()), told.seq());
        if (observation instanceof Observation.Welcomed e) {
            lastSeen.put(new AgentId(e.agent()), e.seq());
            counts.welcomed(e);
        }
    }

    /// Runs it to its end, or to the first breach.
    public KillReport run() {
        begin();
        crew.start();
        ears.start();
        time.pass(Duration.ofSeconds(30));
        callers.start();
        look();
        supervisors.start();
        slowJournal();
        nextKill();
        Instant latest = time.now().plus(LONGEST_RUN);
        time.runUntil(latest, () -> failed() || callers.allHaveCalled());
        calm = true;
        supervisors.end();
        time.runUntil(latest, () -> failed() || callers.allAreOver());
        crew.calmDown();
        time.runUntil(time.now().plus(LEFT_TO_DRAIN), this::failed);
        inspector.drained();
        return report();
    }

    private boolean failed() {
        return inspector.breach().isPresent() || stuck.isPresent();
    }

    private void look() {
        time.after(LOOK_EVERY, () -> {
            if (routing) {
                inspector.carrierIsSane();
                inspector.nobodyIsInSilence(LONGEST_SILENCE);
            }
            look();
        });
    }

    private KillReport report() {
        note(new Observation.Ended(time.now()));
        keep();
        List<Observation.Row> rows = RecordRows.of(written.values(), time.now());
        rows.forEach(this::note);
        Optional<String> breach =
                inspector.breach().map(Inspector.Breach::toString).or(() -> stuck);
        return counts.report(
                scenario.seed(),
                callers,
                rows.size(),
                breach,
                breach.isPresent() ? List.of() : HistoryChecker.check(seen, Bounds.SIMULATED),
                seen);
    }

    // ---- deaths

    private void nextKill() {
        time.after(Duration.ofSeconds(1).plus(draws.around(Duration.ofSeconds(18))), () -> {
            if (calm || counts.kills() >= kills) return;
            if (routing) shallDie(draws.below(14), DIES_WITHIN);
            nextKill();
        });
    }

    private void shallDie(int mostMore, Duration within) {
        Life victim = life;
        Death.Moment moment = draws.pick(List.of(Death.Moment.values()));
        victim.shallDie(new Death(moment, draws.below(1 + mostMore), draws.chance(0.5)));
        time.after(within, victim::dieNow);
    }

    private void slowJournal() {
        time.after(draws.around(Duration.ofSeconds(40)), () -> {
            life.journalTakes(draws.seconds(0.02, 0.1));
            time.after(draws.seconds(1, 15), () -> life.journalTakes(usually()));
            slowJournal();
        });
    }

    private Duration usually() {
        return draws.chance(0.5) ? Duration.ZERO : Duration.ofMillis(1 + draws.below(5));
    }

    private void died(Life dead) {
        counts.died(dead.died().orElseThrow(), owner, routing);
        routing = false;
        note(new Observation.Killed(time.now(), Optional.empty()));
        desks.closeAll();
        contents.ownerDies();
        time.after(draws.chance(0.3) ? draws.seconds(0, 0.2) : draws.seconds(0.2, 5), this::begin);
    }

    // ---- lives

    private void begin() {
        keep();
        life = new Life(time, carrier, this::died);
        life.journalTakes(usually());
        InMemoryStore store = new InMemoryStore(contents);
        Future<Recovered> recovered = store.lease()
                .take(Duration.ZERO)
                .compose(epoch -> store.open(epoch).compose(found -> {
                    opened = found;
                    return new Recovery(found, codec, snapshots, epoch).run(0);
                }));
        if (!recovered.succeeded()) {
            stuck = Optional.of("at " + time.now() + " a process could not recover: " + recovered.cause());
            return;
        }
        goOn(recovered.result());
    }

    private void goOn(Recovered recovered) {
        Life mine = life;
        Journalling journalling =
                new Journalling(mine.journal(opened.journal()), mine.clock(), JournalSettings.DEFAULT);
        owner = new DomainOwner(
                "demo",
                new Switchboard(recovered.state(), DemoLine.plan(agents)),
                journalling,
                codec,
                mine.carrier(),
                mine.clock(),
                () -> new ContactId("c-" + ++contacts));
        journalling.freshStartBy(new FreshSnapshot(owner, opened.snapshots(), snapshots));
        desks = new SimulatedDesks(time, this::note);
        desks.recovered(recovered, before(recovered));
        missed(recovered);
        owner.addListener(mine.mayDieFirst());
        List.<TurnListener>of(new Place(), inspector, callers, crew, desks)
                .forEach(listener -> owner.addListener(mine.outside(listener)));
        owner.recover(recovered);
        if (!recovered.isNew() && counts.kills() < kills && draws.chance(0.2)) shallDie(4, Duration.ofMillis(500));
        owner.submit(new Input.Configure(DemoLine.settings(agents)));
        owner.open(AUDIT_EVERY);
    }

    /// What was written and told to nobody: those who look on, and are no part of the process, hear of it now.
    private void missed(Recovered recovered) {
        List<DomainEvent> missed = new ArrayList<>();
        for (Journal.Entry entry : written.tailMap(told, false).values()) {
            missed.add(codec.decode(new EventCodec.Encoded(entry.type(), entry.version(), entry.body())));
        }
        if (!missed.isEmpty()) {
            missed.forEach(replica::apply);
            inspector.onEvents(missed);
            callers.onEvents(missed);
            crew.missed(missed);
        }
        if (!replica.digest().equals(recovered.state().digest())) {
            stuck = Optional.of("at " + time.now() + " the recovered state is not what the journal says");
        }
        told = recovered.lastSeq();
    }

    private RoutingState before(Recovered recovered) {
        Optional<Snapshots.Snapshot> snapshot = contents.newestSnapshot();
        if (snapshot.isEmpty() || snapshot.get().seq() != recovered.report().snapshotSeq()) return new RoutingState();
        return SwitchState.restore(
                        snapshots.decode(snapshot.get().body(), snapshot.get().version()))
                .routing();
    }

    private void keep() {
        contents.entries().forEach(entry -> written.put(entry.seq(), entry));
    }

    /// Knows how far everybody was told, and when somebody routes again.
    private final class Place implements TurnListener {
        @Override
        public void onEvents(List<DomainEvent> events) {
            throw new IllegalStateException("the place in the journal is told, too");
        }

        @Override
        public void onTurn(long firstSeq, List<DomainEvent> events) {
            events.forEach(replica::apply);
            told = firstSeq + events.size() - 1;
            boolean resumed =
                    events.stream().anyMatch(event -> event instanceof DomainEvent.Routing(Event.OffersResumed _));
            if (!routing && (resumed || counts.kills() == 0)) {
                if (counts.kills() > 0) note(new Observation.RoutingAgain(time.now()));
                routing = true;
            }
            if (++turns % SNAPSHOT_EVERY_TURNS == 0) saveSnapshot();
        }
    }

    /// Of what the journal has, and nothing beyond.
    private void saveSnapshot() {
        StateCopy copy = owner.copy();
        if (copy.seq() != told) return;
        opened.snapshots()
                .save(new Snapshots.Snapshot(
                        copy.seq(), owner.epoch(), copy.at(), snapshots.version(), snapshots.encode(copy.state())));
    }

    // ---- how people reach it

    @Override
    public RoutingState routing() {
        return owner.switchboard().state().routing();
    }

    @Override
    public Future<Optional<Refusal>> submit(Input input) {
        Promise<Optional<Refusal>> never = Promise.promise();
        if (life.isDead()) return never.future();
        Optional<AgentId> agent = KillCounts.agentOf(input);
        if (input instanceof Input.AgentConnected) return connect(agent.orElseThrow());
        if (agent.isPresent()) {
            if (!desks.isOpen(agent.get())) return never.future();
            note(new Observation.Commanded(
                    time.now(), agent.get().value(), input.getClass().getSimpleName(), KillCounts.about(input)));
        }
        if (input instanceof Input.AgentDisconnected) desks.close(agent.orElseThrow());
        Life mine = life;
        Future<Optional<Refusal>> answer = owner.submit(input);
        Promise<Optional<Refusal>> told = Promise.promise();
        answer.onComplete(done -> {
            if (mine.isDead()) return;
            boolean out = input instanceof Input.SignOut
                    && done.succeeded()
                    && done.result().isEmpty();
            if (out) desks.close(agent.orElseThrow());
            told.handle(done);
        });
        return told.future();
    }

    private Future<Optional<Refusal>> connect(AgentId agent) {
        if (desks.isOpen(agent)) return owner.submit(new Input.AgentConnected(agent));
        Life mine = life;
        Optional<Long> after = Optional.ofNullable(lastSeen.get(agent));
        note(new Observation.SocketOpened(time.now(), agent.value(), after));
        Promise<Optional<Refusal>> told = Promise.promise();
        owner.submit(new Input.AgentConnected(agent)).onComplete(done -> {
            if (mine.isDead()) {
                note(new Observation.SocketLost(time.now(), agent.value()));
                return;
            }
            if (done.succeeded() && done.result().isEmpty()) {
                desks.welcome(agent, after);
                crew.resumed(agent);
            }
            told.handle(done);
        });
        return told.future();
    }
}
