package org.helpline.simulation.kill;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

    private final KillWorld world;
    private final Random random;
    private final Recorder seen = new Recorder();
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final List<LiveCaller> callers = new ArrayList<>();
    private final SortedMap<Integer, LiveAgent> agents = new TreeMap<>();
    private final Map<String, String> names = Collections.synchronizedMap(new HashMap<>());
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService naming = Executors.newSingleThreadScheduledExecutor();
    private final List<Kill> kills = new ArrayList<>();
    private Instant nextCall = Instant.EPOCH;
    private int calls;
    private boolean taking = true;
    private Throwable broken;
    private Instant lastLook = Instant.MAX;
    private Instant lastNaming = Instant.MAX;
    private Duration lag = Duration.ZERO;

    /// What a kill should catch in the act; what is done then is done by chance.
    enum Moment {
        ANY,
        MENU,
        WAITING,
        OFFER_OUT,
        RINGING,
        TALKING,
        HELD,
        WRAP_UP
    }

    /// @param callers how many heard what when Helpline died
    /// @param away from the death until somebody routed again
    /// @param quiet the longest that anybody who talked or waited heard nothing meanwhile
    record Kill(
            Moment moment, Map<Sound, Integer> callers, Map<String, Integer> agents, Duration away, Duration quiet) {}

    KillDay(KillWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    Recorder seen() {
        return seen;
    }

    List<Kill> kills() {
        return kills;
    }

    /// How late what is seen may be noted: this machine made us wait so long.
    synchronized Duration lag() {
        return lag;
    }

    int calls() {
        return calls;
    }

    void begin() throws IOException {
        world.helpline().start();
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
        var asking = naming.scheduleWithFixedDelay(this::name, 300, 300, TimeUnit.MILLISECONDS);
        if (looking.isDone() || asking.isDone()) throw new IllegalStateException("the load does not run");
    }

    private synchronized void look() {
        Duration since = Duration.between(lastLook, Recorder.now());
        if (since.compareTo(lag) > 0) lag = since;
        lastLook = Recorder.now();
        try {
            SortedMap<Integer, String> speakers = new TreeMap<>();
            for (Map.Entry<Integer, LiveAgent> each : agents.entrySet()) {
                each.getValue().look();
                each.getValue().phone().speaks().ifPresent(call -> speakers.put(each.getKey(), call));
            }
            for (LiveCaller caller : List.copyOf(callers)) {
                caller.look(speakers);
                if (caller.over()) {
                    caller.close();
                    callers.remove(caller);
                }
            }
            if (taking && callers.size() < MOST_CALLERS && Recorder.now().isAfter(nextCall)) {
                nextCall = Recorder.now().plusMillis(200 + random.nextInt(2 * ARRIVAL_MS));
                String number = "1212555%04d".formatted(1000 + ++calls);
                callers.add(new LiveCaller(world.asterisk().sip(), number, new Random(random.nextLong()), seen));
            }
        } catch (RuntimeException | AssertionError failure) {
            broken = failure;
        }
    }

    /// Which contact a call is, as its leg says.
    private void name() {
        synchronized (this) {
            Duration since = Duration.between(lastNaming, Recorder.now());
            if (since.compareTo(lag) > 0) lag = since;
            lastNaming = Recorder.now();
        }
        try {
            for (Object each : world.channels()) {
                JsonObject channel = (JsonObject) each;
                String contact =
                        channel.getJsonObject("channelvars", new JsonObject()).getString("HELPLINE_CONTACT", "");
                String number =
                        channel.getJsonObject("caller", new JsonObject()).getString("number", "");
                boolean ofCaller = channel.getString("name", "").startsWith("PJSIP/carrier");
                if (!ofCaller || contact.isEmpty() || contact.equals(names.put(number, contact))) continue;
                seen.note(new Observation.Named(Recorder.now(), number, contact));
            }
        } catch (IOException | RuntimeException notNow) {
            // Asked again soon.
        }
    }

    // ---- kills

    void kill(Moment moment) {
        pass(Duration.ofMillis(3000 + random.nextInt(6000)));
        until(Duration.ofSeconds(15), () -> isNow(moment));
        pass(Duration.ofMillis(random.nextInt(300)));
        Map<Sound, Integer> sounds = new EnumMap<>(Sound.class);
        Map<String, Integer> states = new TreeMap<>();
        List<LiveCaller> listening = new ArrayList<>();
        Instant died;
        synchronized (this) {
            for (LiveCaller caller : callers) {
                sounds.merge(caller.hears(), 1, Integer::sum);
                boolean goesOn = caller.hears() == Sound.VOICE || caller.hears() == Sound.MUSIC;
                if (goesOn) listening.add(caller);
            }
            agents.values().forEach(agent -> states.merge(what(agent), 1, Integer::sum));
            world.helpline().kill();
            died = Recorder.now();
            listening.forEach(LiveCaller::quiet);
        }
        seen.note(new Observation.Killed(died, Optional.empty()));
        Map<LiveCaller, Sound> before = new HashMap<>();
        listening.forEach(caller -> before.put(caller, caller.hears()));
        world.helpline().start();
        Instant back = Recorder.now();
        seen.note(new Observation.RoutingAgain(back));
        Duration quiet = Duration.ZERO;
        synchronized (this) {
            for (LiveCaller caller : listening) {
                Duration own = caller.quiet();
                boolean same = !caller.over() && caller.hears() == before.get(caller);
                if (same && own.compareTo(quiet) > 0) quiet = own;
            }
        }
        kills.add(new Kill(moment, sounds, states, Duration.between(died, back), quiet));
    }

    private static String what(LiveAgent agent) {
        if (agent.phone().rings()) return "ringing";
        return agent.contactState().isEmpty() ? agent.state() : agent.contactState();
    }

    private synchronized boolean isNow(Moment moment) {
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
        until(Duration.ofSeconds(40), this::quietHere);
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
        naming.shutdownNow();
        synchronized (this) {
            callers.forEach(LiveCaller::close);
            agents.values().forEach(LiveAgent::close);
        }
        vertx.close().await();
    }
}
