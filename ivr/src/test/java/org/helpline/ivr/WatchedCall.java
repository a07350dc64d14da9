package org.helpline.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One call with its clock, and what the edge would be doing for it. Each turn is checked against what holds always.
final class WatchedCall {
    /// A Tuesday, 10:00 in New York.
    static final Instant OPEN = Instant.parse("2026-11-10T15:00:00Z");

    /// The Saturday after.
    static final Instant CLOSED = Instant.parse("2026-11-14T15:00:00Z");

    private static final Set<FlowPhase> WAITS = EnumSet.of(FlowPhase.WAITING, FlowPhase.AGENT_LOST);
    private static final int MOST_EFFECTS = 12;
    private static final int MOST_EVENTS = 20;

    private CallFlow flow;
    private Instant now;
    private FlowState state = FlowMachine.initial();
    private final List<FlowEvent> history = new ArrayList<>();
    private Optional<Long> heard = Optional.empty();
    private boolean music;
    private boolean hungUp;
    private final SortedMap<FlowTimer, FlowState.RunningTimer> running = new TreeMap<>();

    WatchedCall(CallFlow flow, Instant now) {
        this.flow = flow;
        this.now = now;
    }

    static WatchedCall arrived(CallFlow flow) {
        WatchedCall call = new WatchedCall(flow, OPEN);
        call.give(new FlowInput.CallArrived());
        return call;
    }

    FlowState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    SortedMap<FlowTimer, FlowState.RunningTimer> running() {
        return running;
    }

    List<FlowEvent> history() {
        return history;
    }

    boolean hungUp() {
        return hungUp;
    }

    void changeFlow(CallFlow next) {
        flow = next;
    }

    void elapse(Duration time) {
        now = now.plus(time);
    }

    List<FlowEffect> give(FlowInput input) {
        if (input instanceof FlowInput.PlayFinished in && heard.equals(Optional.of(in.play()))) {
            heard = Optional.empty();
        }
        // A timer that fires is one-shot; what is said about a timer that does not run any more changes nothing.
        if (input instanceof FlowInput.TimerFired in
                && running.containsKey(in.timer())
                && running.get(in.timer()).generation() == in.generation()) {
            running.remove(in.timer());
        }
        boolean over = state.phase() == FlowPhase.ENDED;
        FlowState before = state;
        FlowMachine.FlowTurn turn = FlowMachine.step(flow, before, input, now);
        FlowState replayed = before;
        for (FlowEvent event : turn.events()) {
            assertEquals(now, event.at());
            replayed = replayed.apply(event);
        }
        assertEquals(turn.state(), replayed, () -> "applying the events of " + input);
        state = turn.state();
        history.addAll(turn.events());
        assertTrue(turn.effects().size() <= MOST_EFFECTS, () -> input + " led to " + turn.effects());
        // Each node that passes without waiting leaves two events.
        int mostEvents = MOST_EVENTS + 2 * flow.nodes().size();
        assertTrue(turn.events().size() <= mostEvents, () -> input + " led to " + turn.events());
        assertTrue(state.keyPresses() <= flow.limits().keyPresses(), "more keys than the limit");
        assertTrue(state.path().size() <= FlowState.LONGEST_PATH);
        if (over) assertTrue(turn.events().isEmpty() && turn.effects().isEmpty(), () -> "after the end " + input);
        turn.effects().forEach(this::carryOut);
        if (state.phase() == FlowPhase.ENDED) {
            heard = Optional.empty();
            music = false;
        }
        assertEquals(heard, state.playing() ? Optional.of(state.plays()) : Optional.empty());
        assertEquals(music, state.music());
        assertEquals(running, state.timers());
        return turn.effects();
    }

    private void carryOut(FlowEffect effect) {
        switch (effect) {
            case FlowEffect.Play e -> {
                assertTrue(heard.isEmpty(), "two plays at once");
                assertTrue(!music || WAITS.contains(state.phase()), "music under a play, and nobody waits");
                assertFalse(e.items().isEmpty(), "nothing to play");
                heard = Optional.of(e.play());
            }
            case FlowEffect.StopPlay e -> {
                assertTrue(heard.isEmpty() || heard.get() == e.play(), "stops another play");
                heard = Optional.empty();
            }
            case FlowEffect.StartMusic _ -> {
                assertTrue(heard.isEmpty(), "music over a play");
                music = true;
            }
            case FlowEffect.StopMusic _ -> music = false;
            case FlowEffect.HangUp _ -> {
                assertFalse(hungUp, "hangs up twice");
                hungUp = true;
            }
            case FlowEffect.StartTimer e -> {
                assertTrue(e.after().isPositive(), () -> e + " takes no time");
                running.put(e.timer(), new FlowState.RunningTimer(e.generation(), now.plus(e.after())));
            }
            case FlowEffect.CancelTimer e -> running.remove(e.timer());
            case FlowEffect.Answer _, FlowEffect.EnterQueue _, FlowEffect.AskPosition _ -> {}
        }
    }

    // ---- what happens to a call

    List<FlowEffect> press(char key) {
        return give(new FlowInput.KeyPressed(key));
    }

    List<FlowEffect> finishPlay() {
        return give(new FlowInput.PlayFinished(state.plays()));
    }

    /// Lets the time of a running timer come.
    List<FlowEffect> fire(FlowTimer timer) {
        FlowState.RunningTimer due = running.get(timer);
        if (due.due().isAfter(now)) now = due.due();
        return give(new FlowInput.TimerFired(timer, due.generation()));
    }

    /// From arrival to the queue, Spanish and SNAP.
    WatchedCall toQueue() {
        press('2');
        press('1');
        return this;
    }

    WatchedCall waiting() {
        toQueue();
        give(new FlowInput.QueueEntered());
        finishPlay();
        return this;
    }

    /// Short words for effects, so that a test reads as what the caller gets.
    static String words(List<FlowEffect> effects) {
        return effects.stream().map(WatchedCall::word).collect(Collectors.joining(" "));
    }

    private static String word(FlowEffect effect) {
        return switch (effect) {
            case FlowEffect.Answer _ -> "answer";
            case FlowEffect.Play e ->
                e.items().stream()
                        .map(item -> item.language() + ":" + item.prompt())
                        .collect(Collectors.joining("+", "play(", ")"));
            case FlowEffect.StopPlay _ -> "stop-play";
            case FlowEffect.StartMusic _ -> "music";
            case FlowEffect.StopMusic _ -> "stop-music";
            case FlowEffect.EnterQueue e ->
                "enter-queue(" + e.queue() + "," + e.language() + "," + e.need().orElse("-") + ")";
            case FlowEffect.AskPosition _ -> "ask-position";
            case FlowEffect.HangUp _ -> "hang-up";
            case FlowEffect.StartTimer e -> "+" + e.timer();
            case FlowEffect.CancelTimer e -> "-" + e.timer();
        };
    }
}
