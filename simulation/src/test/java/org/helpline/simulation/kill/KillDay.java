package org.helpline.simulation.kill;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Observation.Sound;

/// Callers and agents around a real Asterisk, while Helpline is killed again and again at seeded moments.
final class KillDay implements AutoCloseable {
    static final Duration TICK = Duration.ofMillis(100);
    private static final int AGENTS = 6;
    private static final int MOST_CALLERS = 14;
    private static final int ARRIVAL_MS = 1800;
    private static final Duration END_WITHIN = Duration.ofMinutes(2);
    /// What agents did before that excuses nothing.
    private static final Duration LATELY = Duration.ofSeconds(4);
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    private final KillWorld world;
    private final Pace pace;
    private final Random random;
    private final Recorder seen = new Recorder();
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final List<LiveCaller> callers = new ArrayList<>();
    private final SortedMap<Integer, LiveAgent> agents = new TreeMap<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final Stalls stalls = new Stalls(vertx);
    private final List<Kill> kills = new ArrayList<>();
    private Instant nextCall = Instant.EPOCH;
    private int calls;
    private boolean taking = true;
    private Throwable broken;
    private ContactNames names;
    private Duration dying = Duration.ZERO;
    private Duration returning = Duration.ZERO;

    /// @param pause before each kill, and again so long by chance
    /// @param catching how long is waited for the moment that a kill should catch
    /// @param serving how long those in line are served at the end
    record Pace(Duration pause, Duration catching, Duration serving) {
        static final Pace SOAK = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(40));
        /// For those who need the moment itself.
        static final Pace PATIENT = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(8));
    }

    /// What a kill should catch in the act; what is done then is done by chance.
    enum Moment {
        ANY,
        MENU,
        WAITING,
        OFFER_OUT,
        RINGING,
        TALKING,
        HELD,
        TRANSFER,
        WRAP_UP
    }

    /// @param callers how many heard what when Helpline died
    /// @param away from the death until somebody routed again
    /// @param quiet the longest that anybody who talked or waited heard nothing meanwhile
    record Kill(
            Moment moment, Map<Sound, Integer> callers, Map<String, Integer> agents, Duration away, Duration quiet) {}

    KillDay(KillWorld world, long seed, Pace pace) {
        this.world = world;
        this.pace = pace;
        this.random = new Random(seed);
    }

    Recorder seen() {
        return seen;
    }

    List<Kill> kills() {
        return kills;
    }

    /// Nothing is noted later than this after it came: so long this machine made those wait who look on.
    Duration lag() {
        return stalls.longest();
    }

    /// The longest that a process lived on after the signal.
    Duration dying() {
        return dying;
    }

    /// The longest time of which is not known whether Helpline served again.
    Duration returning() {
        return returning;
    }

    int calls() {
        return calls;
    }

    void begin() throws IOException {
        world.start();
        names = new ContactNames(vertx, world.asterisk(), seen);
        for (int number = 1; number <= AGENTS; number++) {
            String agent = "agent" + number;
            LivePhone phone = new LivePhone(agent, number, world.devicePort(), new Random(random.nextLong()), seen);
            agents.put(
                    number,
                    new LiveAgent(
                            agent,
                            phone,
                            sockets,
                            world.httpPort(),
                            world.token(agent),
                            new Random(random.nextLong()),
                            seen));
        }
        long tick = TICK.toMillis();
        var looking = loop.scheduleWithFixedDelay(this::look, 0, tick, TimeUnit.MILLISECONDS);
        if (looking.isDone()) throw new IllegalStateException("the load does not run");
    }

    private SortedMap<Integer, String> speakers() {
        SortedMap<Integer, String> speakers = new TreeMap<>();
        agents.forEach((number, agent) -> agent.phone().spoke().ifPresent(call -> speakers.put(number, call)));
        return speakers;
    }

    private synchronized void look() {
        try {
            if (names.isLost()) throw new AssertionError("Asterisk tells no more who is who");
            agents.values().forEach(LiveAgent::look);
            for (LiveCaller caller : List.copyOf(callers)) {
                caller.look();
                if (caller.over()) {
                    caller.close();
                    callers.remove(caller);
                }
            }
            if (taking && callers.size() < MOST_CALLERS && Recorder.now().isAfter(nextCall)) {
                nextCall = Recorder.now().plusMillis(200 + random.nextInt(2 * ARRIVAL_MS));
                String number = "1212555%04d".formatted(1000 + ++calls);
                callers.add(new LiveCaller(
                        world.asterisk().sip(), number, new Random(random.nextLong()), this::speakers, seen));
            }
        } catch (RuntimeException | AssertionError failure) {
            broken = failure;
        }
    }

    // ---- kills

    void kill(Moment moment) throws IOException {
        kill(moment, () -> true, () -> {});
    }

    /// @param also must be so too, if it comes to be in time
    /// @param meanwhile happens while Helpline is away
    void kill(Moment moment, BooleanSupplier also, Deed meanwhile) throws IOException {
        pass(pace.pause().plusMillis(random.nextInt((int) pace.pause().toMillis())));
        until(pace.catching(), () -> isNow(moment) && also.getAsBoolean());
        pass(Duration.ofMillis(random.nextInt(300)));
        Map<Sound, Integer> sounds = new EnumMap<>(Sound.class);
        Map<String, Integer> states = new TreeMap<>();
        Map<LiveCaller, Sound> listening = new HashMap<>();
        Instant died;
        synchronized (this) {
            for (LiveCaller caller : callers) {
                Sound hears = caller.hears();
                sounds.merge(hears, 1, Integer::sum);
                if (hears == Sound.VOICE || hears == Sound.MUSIC) listening.put(caller, hears);
            }
            agents.values().forEach(agent -> states.merge(what(agent), 1, Integer::sum));
            died = Recorder.now();
            world.helpline().kill();
            dying = longer(dying, Duration.between(died, Recorder.now()));
            listening.keySet().forEach(LiveCaller::quiet);
        }
        seen.note(new Observation.Killed(died, Optional.empty()));
        meanwhile.happens();
        KillWorld.Start back = world.start();
        seen.note(new Observation.RoutingAgain(back.notBefore()));
        returning = longer(returning, Duration.between(back.notBefore(), back.by()));
        Duration quiet = Duration.ZERO;
        synchronized (this) {
            for (Map.Entry<LiveCaller, Sound> each : listening.entrySet()) {
                LiveCaller caller = each.getKey();
                Duration own = caller.quiet();
                if (!caller.over() && caller.hears() == each.getValue()) quiet = longer(quiet, own);
            }
        }
        kills.add(new Kill(moment, sounds, states, Duration.between(died, back.by()), quiet));
    }

    /// Kills Helpline, and has Asterisk end the call of one of those who go on then, as no Helpline ever should.
    ///
    /// @return that caller
    String killAndCut(Moment moment, Supplier<Optional<LiveCaller>> one) throws IOException {
        String[] cut = {""};
        kill(moment, () -> one.get().isPresent(), () -> {
            cut[0] = one.get().orElseThrow().name();
            world.tellAsterisk("DELETE", "/channels/" + names.channel(cut[0]));
        });
        return cut[0];
    }

    interface Deed {
        void happens() throws IOException;
    }

    /// Somebody who talks, with an agent who has done nothing about that lately.
    synchronized Optional<LiveCaller> talker() {
        Instant lately = Recorder.now().minus(LATELY);
        Set<String> touched = new HashSet<>();
        for (Observation each : seen.all()) {
            if (each instanceof Observation.Commanded of && of.at().isAfter(lately)) touched.add(of.about());
        }
        return callers.stream()
                .filter(caller -> !caller.over() && caller.hears() == Sound.VOICE)
                .filter(caller -> names.contact(caller.name())
                        .filter(contact -> !touched.contains(contact))
                        .isPresent())
                .findFirst();
    }

    /// Somebody who waits and has talked to nobody yet.
    synchronized Optional<LiveCaller> waiter() {
        return callers.stream()
                .filter(caller -> !caller.over() && caller.hears() == Sound.MUSIC && !caller.talked())
                .findFirst();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static String what(LiveAgent agent) {
        if (agent.sinceTransfer().compareTo(JUST_NOW) < 0) return "transfer";
        if (agent.phone().rings()) return "ringing";
        return agent.contactState().isEmpty() ? agent.state() : agent.contactState();
    }

    private synchronized boolean isNow(Moment moment) {
        // What is rare is not left to chance alone.
        if (moment == Moment.TRANSFER)
            agents.values().stream().filter(LiveAgent::talks).findFirst().ifPresent(LiveAgent::transferNow);
        if (moment == Moment.HELD)
            agents.values().stream().filter(LiveAgent::talks).findFirst().ifPresent(LiveAgent::holdNow);
        return switch (moment) {
            case ANY -> true;
            case MENU -> callers.stream().anyMatch(caller -> caller.hears() == Sound.PROMPT);
            case WAITING -> callers.stream().anyMatch(caller -> caller.hears() == Sound.MUSIC);
            case OFFER_OUT ->
                agents.values().stream().anyMatch(agent -> what(agent).equals("reserved"));
            case RINGING ->
                agents.values().stream().anyMatch(agent -> agent.phone().rings());
            case TALKING ->
                agents.values().stream().anyMatch(agent -> what(agent).equals("talking"));
            case HELD -> agents.values().stream().anyMatch(agent -> what(agent).equals("held"));
            case TRANSFER ->
                agents.values().stream().anyMatch(agent -> what(agent).equals("transfer"));
            case WRAP_UP ->
                agents.values().stream().anyMatch(agent -> what(agent).equals("wrap-up"));
        };
    }

    // ---- the end

    /// No more calls; who is in line is served, who is left then hangs up, and the agents go.
    void end() {
        pass(Duration.ofSeconds(12));
        synchronized (this) {
            taking = false;
        }
        until(pace.serving(), this::quietHere);
        synchronized (this) {
            callers.forEach(LiveCaller::hangUp);
        }
        until(Duration.ofSeconds(20), this::quietHere);
        synchronized (this) {
            agents.values().forEach(LiveAgent::leave);
        }
        boolean rest = until(END_WITHIN, this::atRest);
        pass(Duration.ofSeconds(rest ? 2 : 0));
        seen.note(new Observation.Ended(Recorder.now()));
        if (broken != null) throw new AssertionError("the load itself failed", broken);
    }

    private synchronized boolean quietHere() {
        return callers.isEmpty();
    }

    private synchronized boolean atRest() {
        return agents.values().stream().allMatch(agent -> agent.state().equals("not-ready"));
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(60)).until(() -> true);
    }

    /// Whether it came to be.
    private static boolean until(Duration atMost, BooleanSupplier condition) {
        Instant over = Instant.now().plus(atMost);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(atMost.plusSeconds(60))
                .until(() -> condition.getAsBoolean() || Instant.now().isAfter(over));
        return condition.getAsBoolean();
    }

    @Override
    public void close() {
        loop.shutdownNow();
        stalls.close();
        if (names != null) names.close();
        synchronized (this) {
            callers.forEach(LiveCaller::close);
            agents.values().forEach(LiveAgent::close);
        }
        vertx.close().await();
    }
}
