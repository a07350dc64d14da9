package org.helpline.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.helpline.ivr.CallFlow.Node;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every input in every situation, against the table in `phase-table.txt`. A pair without a row is a failure.
class PhaseTableTest {
    private static final String NOTHING = "nothing";

    private static final SequencedMap<String, Supplier<WatchedCall>> SITUATIONS = situations();
    private static final SequencedMap<String, Function<WatchedCall, FlowInput>> INPUTS = inputs();

    private static SequencedMap<String, Supplier<WatchedCall>> situations() {
        SequencedMap<String, Supplier<WatchedCall>> all = new LinkedHashMap<>();
        all.put("not arrived", () -> new WatchedCall(SampleFlow.flow(), WatchedCall.OPEN));
        all.put("saying", PhaseTableTest::arrived);
        all.put("saying without barge-in", () -> {
            Node.Say deaf = new Node.Say(SampleFlow.prompts("greeting"), false, "language");
            return WatchedCall.arrived(SampleFlow.with(SampleFlow.flow(), "greeting", deaf));
        });
        all.put("menu playing", () -> after(arrived(), '2'));
        all.put("menu listening", () -> {
            WatchedCall call = after(arrived(), '2');
            call.finishPlay();
            return call;
        });
        all.put("entering queue", () -> arrived().toQueue());
        all.put("waiting in welcome", () -> after(arrived().toQueue(), new FlowInput.QueueEntered()));
        all.put("waiting in music", () -> arrived().waiting());
        all.put("waiting for the position", PhaseTableTest::asked);
        all.put("waiting in the position", () -> after(asked(), new FlowInput.PositionTold(2)));
        all.put("with agent", PhaseTableTest::withAgent);
        all.put("on hold", () -> after(withAgent(), new FlowInput.CallerHeld()));
        all.put("agent lost in comfort", () -> after(withAgent(), new FlowInput.AgentLost()));
        all.put("agent lost in music", () -> {
            WatchedCall call = after(withAgent(), new FlowInput.AgentLost());
            call.finishPlay();
            return call;
        });
        all.put("referred", () -> after(withAgent(), new FlowInput.Referred()));
        all.put("hanging up", () -> after(arrived().toQueue(), new FlowInput.QueueRefused("full")));
        all.put("hung up", () -> after(arrived().waiting(), new FlowInput.ContactOver()));
        all.put("ended", () -> after(arrived().waiting(), new FlowInput.CallerLeft()));
        return all;
    }

    private static WatchedCall arrived() {
        return WatchedCall.arrived(SampleFlow.flow());
    }

    private static WatchedCall asked() {
        WatchedCall call = arrived().waiting();
        call.fire(FlowTimer.ANNOUNCE);
        return call;
    }

    private static WatchedCall withAgent() {
        return after(arrived().waiting(), new FlowInput.AgentConnected());
    }

    private static WatchedCall after(WatchedCall call, char key) {
        return after(call, new FlowInput.KeyPressed(key));
    }

    private static WatchedCall after(WatchedCall call, FlowInput input) {
        call.give(input);
        return call;
    }

    /// Plays and timers are told of as they are; one that is not on at all is told of with the last number used.
    private static SequencedMap<String, Function<WatchedCall, FlowInput>> inputs() {
        SequencedMap<String, Function<WatchedCall, FlowInput>> all = new LinkedHashMap<>();
        all.put("CallArrived", _ -> new FlowInput.CallArrived());
        all.put("Restarted", _ -> new FlowInput.Restarted());
        all.put("KeyPressed", _ -> new FlowInput.KeyPressed('1'));
        all.put("KeyPressed wrong", _ -> new FlowInput.KeyPressed('0'));
        all.put("KeyPressed no key", _ -> new FlowInput.KeyPressed('x'));
        all.put("PlayFinished", call -> new FlowInput.PlayFinished(call.state().plays()));
        all.put(
                "PlayFinished stale",
                call -> new FlowInput.PlayFinished(call.state().plays() - 1));
        for (FlowTimer timer : FlowTimer.values()) {
            all.put("TimerFired " + timer, call -> new FlowInput.TimerFired(timer, generation(call.state(), timer)));
            all.put(
                    "TimerFired " + timer + " stale",
                    call -> new FlowInput.TimerFired(timer, generation(call.state(), timer) - 1));
        }
        all.put("QueueEntered", _ -> new FlowInput.QueueEntered());
        all.put("QueueRefused", _ -> new FlowInput.QueueRefused("full"));
        all.put("PositionTold", _ -> new FlowInput.PositionTold(3));
        all.put("PositionTold none", _ -> new FlowInput.PositionTold(0));
        all.put("AgentConnected", _ -> new FlowInput.AgentConnected());
        all.put("CallerHeld", _ -> new FlowInput.CallerHeld());
        all.put("AgentLost", _ -> new FlowInput.AgentLost());
        all.put("ReturnedToQueue", _ -> new FlowInput.ReturnedToQueue());
        all.put("Transferred", _ -> new FlowInput.Transferred());
        all.put("Referred", _ -> new FlowInput.Referred());
        all.put("ContactOver", _ -> new FlowInput.ContactOver());
        all.put("CallerLeft", _ -> new FlowInput.CallerLeft());
        all.put("CallerLost", _ -> new FlowInput.CallerLost());
        return all;
    }

    private static long generation(FlowState state, FlowTimer timer) {
        FlowState.RunningTimer running = state.timers().get(timer);
        return running == null ? state.timerGeneration() : running.generation();
    }

    @Test
    void theSituationsHoldEveryPhase() {
        Set<FlowPhase> phases = SITUATIONS.values().stream()
                .map(situation -> situation.get().state().phase())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FlowPhase.class)));
        assertEquals(EnumSet.allOf(FlowPhase.class), phases);
    }

    @Test
    void theInputsHoldEveryKind() {
        Set<String> kinds = Arrays.stream(FlowInput.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> given = INPUTS.values().stream()
                .map(input -> input.apply(arrived()).getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(kinds, given);
    }

    @Test
    void theTableHasOneRowForEachPair() throws IOException {
        Map<String, String> table = table();
        Set<String> pairs = SITUATIONS.keySet().stream()
                .flatMap(situation -> INPUTS.keySet().stream().map(input -> situation + " / " + input))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", pairs), String.join("\n", table.keySet()));
    }

    @TestFactory
    Stream<DynamicTest> eachPairDoesWhatTheTableSays() throws IOException {
        Map<String, String> table = table();
        return SITUATIONS.entrySet().stream()
                .flatMap(situation -> INPUTS.entrySet().stream().map(input -> {
                    String pair = situation.getKey() + " / " + input.getKey();
                    return DynamicTest.dynamicTest(
                            pair,
                            () -> assertEquals(
                                    table.get(pair),
                                    outcome(situation.getValue().get(), input.getValue())));
                }));
    }

    private static String outcome(WatchedCall call, Function<WatchedCall, FlowInput> input) {
        FlowState before = call.state();
        List<FlowEffect> effects = call.give(input.apply(call));
        if (effects.isEmpty() && call.state().equals(before)) return NOTHING;
        return (call.state().phase() + " " + WatchedCall.words(effects)).strip();
    }

    /// Facts come twice from a carrier that repeats itself.
    @TestFactory
    Stream<DynamicTest> anInputDoubledOnItsHeelsChangesNothing() {
        Set<String> repeatable = Set.of("KeyPressed", "KeyPressed wrong", "Restarted");
        return SITUATIONS.entrySet().stream()
                .flatMap(situation -> INPUTS.entrySet().stream()
                        .filter(input -> !repeatable.contains(input.getKey()))
                        .map(input -> DynamicTest.dynamicTest(situation.getKey() + " / " + input.getKey(), () -> {
                            WatchedCall call = situation.getValue().get();
                            FlowInput twice = input.getValue().apply(call);
                            call.give(twice);
                            assertEquals(NOTHING, outcome(call, _ -> twice));
                        })));
    }

    /// The caller may hang up at every step, and then the call is over for good.
    @TestFactory
    Stream<DynamicTest> afterTheCallerLeftNothingHappens() {
        return SITUATIONS.entrySet().stream()
                .map(situation -> DynamicTest.dynamicTest(situation.getKey(), () -> {
                    WatchedCall call = situation.getValue().get();
                    call.give(new FlowInput.CallerLeft());
                    assertEquals(FlowPhase.ENDED, call.state().phase());
                    assertTrue(call.state().timers().isEmpty());
                    INPUTS.forEach((name, input) -> assertEquals(NOTHING, outcome(call, input), name));
                }));
    }

    /// Rows are `input | outcome`, where several inputs with the same outcome are parted by commas; a line that ends in
    /// a colon names the situation.
    private static Map<String, String> table() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        String situation = "";
        for (String line : text().lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) continue;
            if (line.endsWith(":")) {
                situation = line.substring(0, line.length() - 1);
                continue;
            }
            String[] row = line.split("\\|", -1);
            for (String input : row[0].split(",", -1)) {
                String pair = situation + " / " + input.strip();
                assertEquals(null, rows.put(pair, row[1].strip()), "a second row for " + pair);
            }
        }
        return rows;
    }

    private static String text() throws IOException {
        try (InputStream table = PhaseTableTest.class.getResourceAsStream("phase-table.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
