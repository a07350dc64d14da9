package org.helpline.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEvent.HangUpReason;
import org.junit.jupiter.api.Test;

/// Thousands of calls by chance, in the sample flow and in flows wired by chance, sound and faulty ones. What holds
/// always is asserted by [WatchedCall] at each turn.
class RandomWalkTest {
    private static final int WALKS = 3000;
    private static final String KEYS = "0123456789*#AD";

    private final Set<FlowPhase> phases = EnumSet.noneOf(FlowPhase.class);
    private final Set<String> events = new TreeSet<>();
    private int sound;

    @Test
    void whateverHappensToACallTheRulesHold() {
        eachSeed(this::anyCall);
        if (Long.getLong("helpline.seed") != null) return;
        assertEquals(EnumSet.allOf(FlowPhase.class), phases, "phases visited");
        assertEquals(
                Arrays.stream(FlowEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                events,
                "events seen");
        assertTrue(sound > WALKS / 4 && sound < WALKS, sound + " of " + WALKS + " flows were sound");
    }

    @Test
    void aCallerWhoDoesNothingReachesTheQueueOrTheEnd() {
        eachSeed(RandomWalkTest::quietCall);
    }

    private static void eachSeed(LongConsumer walk) {
        Long only = Long.getLong("helpline.seed");
        LongStream seeds = only == null ? LongStream.rangeClosed(1, WALKS) : LongStream.of(only);
        seeds.forEach(seed -> {
            try {
                walk.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed
                                + " failed; again with ./mvnw test -pl ivr -Dtest=RandomWalkTest -Dhelpline.seed="
                                + seed,
                        e);
            }
        });
    }

    private static CallFlow flow(Random random) {
        return random.nextInt(3) == 0 ? SampleFlow.flow() : RandomFlow.of(random);
    }

    // ---- any input at any moment

    private void anyCall(long seed) {
        Random random = new Random(seed);
        CallFlow flow = flow(random);
        boolean checked = FlowChecks.check(flow).isEmpty();
        if (checked) sound++;
        Set<FlowEffect.PlayItem> spoken = FlowChecks.promptsNeeded(flow);
        WatchedCall call = new WatchedCall(flow, WatchedCall.OPEN);
        phases.add(call.state().phase());
        FlowInput last = arrival(random);
        int inputs = 30 + random.nextInt(60);
        for (int i = 0; i < inputs; i++) {
            if (i > 0) last = random.nextInt(10) == 0 ? last : input(random, call);
            for (FlowEffect effect : call.give(last)) {
                if (effect instanceof FlowEffect.Play play) {
                    assertTrue(spoken.containsAll(play.items()), () -> play + " is not among the prompts needed");
                }
            }
            phases.add(call.state().phase());
        }
        call.give(new FlowInput.CallerLeft());
        phases.add(call.state().phase());
        for (int i = 0; i < 20; i++) call.give(input(random, call));
        replay(call);
        call.history().forEach(event -> events.add(event.getClass().getSimpleName()));
        if (checked) assertFalse(broken(call), "a flow without faults was found broken");
    }

    /// Often of a caller who chose a language last time, now and then one too many.
    private static FlowInput arrival(Random random) {
        Optional<SpokenLanguage> hint = Optional.of(random.nextBoolean() ? SampleFlow.SPANISH : SampleFlow.ENGLISH);
        return new FlowInput.CallArrived(
                hint.filter(_ -> random.nextInt(3) > 0),
                Optional.of("limit-all").filter(_ -> random.nextInt(20) == 0));
    }

    private static FlowInput input(Random random, WatchedCall call) {
        call.elapse(Duration.ofMillis(random.nextInt(4000)));
        FlowState state = call.state();
        int dice = random.nextInt(100);
        if (dice < 25) return new FlowInput.KeyPressed(KEYS.charAt(random.nextInt(KEYS.length())));
        if (dice < 50) return new FlowInput.PlayFinished(state.plays());
        if (dice < 55) return new FlowInput.PlayFinished(random.nextInt(10));
        if (dice < 70 && !call.running().isEmpty()) return nextTimer(call);
        if (dice < 75) {
            FlowTimer[] timers = FlowTimer.values();
            return new FlowInput.TimerFired(timers[random.nextInt(timers.length)], random.nextInt(20));
        }
        return switch (random.nextInt(31)) {
            case 30 -> new FlowInput.CallerLost();
            case 29 -> new FlowInput.Restarted();
            case 0 -> new FlowInput.CallArrived();
            case 1 -> new FlowInput.CallerLeft();
            case 2 -> new FlowInput.ContactOver();
            case 3, 4, 5 -> new FlowInput.QueueRefused("full");
            case 6, 7 -> new FlowInput.AgentConnected();
            case 8, 9, 10 -> new FlowInput.AgentLost();
            case 11, 12, 13 -> new FlowInput.ReturnedToQueue();
            case 14, 15, 16 -> new FlowInput.PositionTold(random.nextInt(24) - 1);
            case 17, 18, 19 -> new FlowInput.CallerHeld();
            case 20 -> new FlowInput.Transferred();
            case 21 -> new FlowInput.Referred();
            default -> new FlowInput.QueueEntered();
        };
    }

    private static FlowInput.TimerFired nextTimer(WatchedCall call) {
        Map.Entry<FlowTimer, FlowState.RunningTimer> next = soonest(call);
        Duration until = Duration.between(call.now(), next.getValue().due());
        if (until.isPositive()) call.elapse(until);
        return new FlowInput.TimerFired(next.getKey(), next.getValue().generation());
    }

    private static Map.Entry<FlowTimer, FlowState.RunningTimer> soonest(WatchedCall call) {
        return call.running().entrySet().stream()
                .min(Comparator.comparing(running -> running.getValue().due()))
                .orElseThrow();
    }

    private static void replay(WatchedCall call) {
        FlowState replayed = FlowMachine.initial();
        for (FlowEvent event : call.history()) replayed = replayed.apply(event);
        assertEquals(call.state(), replayed, "state after replay of the whole call");
    }

    private static boolean broken(WatchedCall call) {
        return call.history().stream()
                .anyMatch(event ->
                        event instanceof FlowEvent.HangUpOrdered order && order.reason() == HangUpReason.BROKEN_FLOW);
    }

    // ---- a caller who does nothing

    private static void quietCall(long seed) {
        Random random = new Random(seed);
        CallFlow flow = flow(random);
        WatchedCall call = new WatchedCall(flow, WatchedCall.OPEN);
        call.give(new FlowInput.CallArrived());
        int turns = 0;
        while (!call.hungUp() && call.state().phase() != FlowPhase.WAITING) {
            assertTrue(turns++ < 5000, "no end after 5000 turns");
            call.give(next(random, call));
        }
        Instant latest = WatchedCall.OPEN
                .plus(flow.limits().menuTime())
                .plus(FlowMachine.LAST_WORDS)
                .plus(QueueSteps.ROUTER_ANSWER)
                .plus(FlowTurnDraft.LONGEST_PROMPT);
        assertFalse(call.now().isAfter(latest), () -> "ended only at " + call.now() + ", must by " + latest);
        if (FlowChecks.check(flow).isEmpty()) {
            assertFalse(broken(call), "a flow without faults was found broken");
        }
        if (call.hungUp()) assertTrue(call.running().isEmpty(), "timers left after the hang-up");
    }

    /// The carrier tells most ends of plays, the router answers at once, or not at all now and then.
    private static FlowInput next(Random random, WatchedCall call) {
        if (call.state().playing() && random.nextInt(10) > 0) {
            long play = call.state().plays();
            Duration heard = Duration.ofSeconds(3 + random.nextInt(12));
            if (soonest(call).getValue().due().isAfter(call.now().plus(heard))) {
                call.elapse(heard);
                return new FlowInput.PlayFinished(play);
            }
        }
        if (call.state().phase() == FlowPhase.ENTERING_QUEUE && random.nextInt(10) > 0) {
            return List.of(new FlowInput.QueueEntered(), new FlowInput.QueueRefused("full"))
                    .get(random.nextInt(3) == 0 ? 0 : 1);
        }
        return nextTimer(call);
    }
}
