package org.helpline.ivr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowState.RunningTimer;
import org.helpline.ivr.FlowState.Step;

/// A [FlowState] while one event is applied to it: a record of this width has no readable way to change one component.
final class FlowStateDraft {
    Instant startedAt;
    FlowPhase phase;
    Optional<String> node;
    Optional<SpokenLanguage> language;
    Optional<String> need;
    int attempts;
    int keyPresses;
    int refusals;
    long plays;
    boolean playing;
    boolean music;
    boolean positionAsked;
    boolean menuTimeSpent;
    long timerGeneration;
    SortedMap<FlowTimer, RunningTimer> timers;
    List<Step> path;
    Optional<SpokenLanguage> hint;

    FlowStateDraft(FlowState from) {
        startedAt = from.startedAt();
        phase = from.phase();
        node = from.node();
        language = from.language();
        need = from.need();
        attempts = from.attempts();
        keyPresses = from.keyPresses();
        refusals = from.refusals();
        plays = from.plays();
        playing = from.playing();
        music = from.music();
        positionAsked = from.positionAsked();
        menuTimeSpent = from.menuTimeSpent();
        timerGeneration = from.timerGeneration();
        timers = new TreeMap<>(from.timers());
        path = from.path();
        hint = from.hint();
    }

    void enter(FlowPhase next) {
        phase = next;
        // An answer asked for in another phase is stale in this one.
        positionAsked = false;
    }

    /// Keeps the newest steps: they tell what the caller wants now.
    void addStep(Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        path = longer.subList(Math.max(0, longer.size() - FlowState.LONGEST_PATH), longer.size());
    }

    /// The leg is gone, and with it all that was heard on it.
    void end() {
        enter(FlowPhase.ENDED);
        playing = false;
        music = false;
        timers.clear();
    }

    FlowState done() {
        return new FlowState(
                startedAt,
                phase,
                node,
                language,
                need,
                attempts,
                keyPresses,
                refusals,
                plays,
                playing,
                music,
                positionAsked,
                menuTimeSpent,
                timerGeneration,
                timers,
                path,
                hint);
    }
}
