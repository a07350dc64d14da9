package org.helpline.ivr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEffect.PlayItem;
import org.helpline.ivr.FlowEvent.HangUpReason;
import org.helpline.ivr.FlowEvent.PlayEnd;
import org.helpline.ivr.FlowState.RunningTimer;

/// One turn while it is made: every event is applied as it is emitted, so what is read here is always the state so far.
///
/// The rules of what a caller hears live here, once: one play at a time, and no music under it.
final class FlowTurnDraft {
    /// A play is given up this long after its start, and longer for each further prompt in it: generous, because
    /// cutting a prompt short is worse than a while of silence after a lost event.
    static final Duration LONGEST_PROMPT = Duration.ofSeconds(60);

    static final Duration EACH_FURTHER_PROMPT = Duration.ofSeconds(20);

    private final CallFlow flow;
    private final Instant now;
    private FlowState state;
    private final List<FlowEvent> events = new ArrayList<>();
    private final List<FlowEffect> effects = new ArrayList<>();

    FlowTurnDraft(CallFlow flow, FlowState state, Instant now) {
        this.flow = flow;
        this.state = state;
        this.now = now;
    }

    CallFlow flow() {
        return flow;
    }

    FlowState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    /// The current node; empty when the flow has none of that name, as after a change under the call.
    Optional<Node> node() {
        return state.node().map(name -> flow.nodes().get(name));
    }

    SpokenLanguage language() {
        return state.language().orElse(flow.defaultLanguage());
    }

    FlowMachine.FlowTurn done() {
        return new FlowMachine.FlowTurn(state, List.copyOf(events), List.copyOf(effects));
    }

    void emit(FlowEvent event) {
        state = state.apply(event);
        events.add(event);
    }

    void order(FlowEffect effect) {
        effects.add(effect);
    }

    void phase(FlowPhase phase) {
        if (state.phase() != phase) emit(new FlowEvent.PhaseEntered(now, phase));
    }

    // ---- what the caller hears

    /// @return false when there is nothing to say: no end will be told, so the caller of this goes on at once
    boolean play(List<Prompt> prompts) {
        hush(PlayEnd.STOPPED);
        if (prompts.isEmpty()) return false;
        stopMusic();
        begin(prompts);
        return true;
    }

    /// For whoever waits: the prompts interrupt the music, which the carrier brings back by itself, whether or not
    /// anybody is there to ask for it.
    ///
    /// @return false when there is nothing to say
    boolean playOverMusic(List<Prompt> prompts) {
        hush(PlayEnd.STOPPED);
        if (prompts.isEmpty()) return false;
        startMusic();
        begin(prompts);
        return true;
    }

    private void begin(List<Prompt> prompts) {
        long number = state.plays() + 1;
        emit(new FlowEvent.PlayStarted(now, number));
        order(new FlowEffect.Play(number, prompts.stream().map(this::item).toList()));
        start(FlowTimer.PLAY, LONGEST_PROMPT.plus(EACH_FURTHER_PROMPT.multipliedBy(prompts.size() - 1)));
    }

    private PlayItem item(Prompt prompt) {
        return new PlayItem(prompt.language().orElse(language()), prompt.key());
    }

    /// Ends the play that is heard, if one is. A lost one is stopped too: it may be playing after all.
    void hush(PlayEnd how) {
        if (!state.playing()) return;
        emit(new FlowEvent.PlayEnded(now, state.plays(), how));
        if (how != PlayEnd.HEARD) order(new FlowEffect.StopPlay(state.plays()));
        // Whoever has not told the end may not have brought the music back either.
        if (how == PlayEnd.LOST && state.music()) order(new FlowEffect.StartMusic());
        cancel(FlowTimer.PLAY);
    }

    void startMusic() {
        if (state.music()) return;
        emit(new FlowEvent.MusicStarted(now));
        order(new FlowEffect.StartMusic());
    }

    private void stopMusic() {
        if (!state.music()) return;
        emit(new FlowEvent.MusicStopped(now));
        order(new FlowEffect.StopMusic());
    }

    /// Silence first, because somebody is about to be heard; then the timers. The music goes before what it would
    /// follow.
    void stopAll() {
        stopMusic();
        hush(PlayEnd.STOPPED);
        cancelAll();
    }

    // ---- timers

    void start(FlowTimer timer, Duration after) {
        long generation = state.timerGeneration() + 1;
        emit(new FlowEvent.TimerStarted(now, timer, generation, now.plus(after)));
        order(new FlowEffect.StartTimer(timer, generation, after));
    }

    void cancel(FlowTimer timer) {
        if (!state.timers().containsKey(timer)) return;
        emit(new FlowEvent.TimerStopped(now, timer));
        order(new FlowEffect.CancelTimer(timer));
    }

    void cancelAll() {
        for (FlowTimer timer : FlowTimer.values()) cancel(timer);
    }

    /// @return false when that timer has been cancelled or started anew meanwhile
    boolean fire(FlowTimer timer, long generation) {
        RunningTimer running = state.timers().get(timer);
        if (running == null || running.generation() != generation) return false;
        emit(new FlowEvent.TimerStopped(now, timer));
        return true;
    }

    // ---- the end

    /// Ends a call that would go round: no fault of the flow when it is only being led out of the menus.
    void breakOff() {
        hangUp(state.menuTimeSpent() ? HangUpReason.MENU_TIME : HangUpReason.BROKEN_FLOW);
    }

    void hangUp(HangUpReason reason) {
        stopAll();
        emit(new FlowEvent.HangUpOrdered(now, reason));
        order(new FlowEffect.HangUp());
    }
}
