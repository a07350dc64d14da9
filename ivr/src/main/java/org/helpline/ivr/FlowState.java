package org.helpline.ivr;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// Where one call is in its flow. Immutable; [#apply] gives the next one.
///
/// @param startedAt when the call arrived; the epoch before that
/// @param node the current node; empty before the first
/// @param language what the caller hears; empty before the call has arrived
/// @param attempts rounds of the current menu that failed
/// @param keyPresses keys taken on the whole call
/// @param refusals of queues on the whole call
/// @param plays number of the last play
/// @param playing whether that play is heard now
/// @param music whether music is heard now, or behind the play that is
/// @param positionAsked an answer to [FlowEffect.AskPosition] is awaited
/// @param menuTimeSpent the time in menus is over: menus are passed over
/// @param timerGeneration of the timer started last, whichever it was
/// @param timers running now
/// @param path the caller's way, the last [#LONGEST_PATH] steps of it
/// @param hint the language chosen last time; empty once one was chosen this time
public record FlowState(
        Instant startedAt,
        FlowPhase phase,
        Optional<String> node,
        Optional<SpokenLanguage> language,
        Optional<String> need,
        int attempts,
        int keyPresses,
        int refusals,
        long plays,
        boolean playing,
        boolean music,
        boolean positionAsked,
        boolean menuTimeSpent,
        long timerGeneration,
        SortedMap<FlowTimer, RunningTimer> timers,
        List<Step> path,
        Optional<SpokenLanguage> hint) {

    public static final int LONGEST_PATH = 100;

    static final FlowState INITIAL = new FlowState(
            Instant.EPOCH,
            FlowPhase.NOT_ARRIVED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0,
            0,
            false,
            false,
            false,
            false,
            0,
            new TreeMap<>(),
            List.of(),
            Optional.empty());

    public FlowState {
        timers = Collections.unmodifiableSortedMap(new TreeMap<>(timers));
        path = List.copyOf(path);
        // Snapshots from before there were hints do not have it.
        hint = hint == null ? Optional.empty() : hint;
    }

    /// What is as it always was goes unsaid: digests hang on it.
    @Override
    public String toString() {
        return "FlowState[startedAt=" + startedAt + ", phase=" + phase + ", node=" + node + ", language=" + language
                + ", need=" + need + ", attempts=" + attempts + ", keyPresses=" + keyPresses + ", refusals="
                + refusals + ", plays=" + plays + ", playing=" + playing + ", music=" + music + ", positionAsked="
                + positionAsked + ", menuTimeSpent=" + menuTimeSpent + ", timerGeneration=" + timerGeneration
                + ", timers=" + timers + ", path=" + path
                + hint.map(language -> ", hint=" + language).orElse("") + "]";
    }

    /// A step on the caller's way, for the agent.
    public record Step(Instant at, String node, String value) {
        /// The value of a step out of a menu in which nothing was chosen.
        public static final String NO_CHOICE = "no-choice";

        /// The value of a step past a queue that took no more.
        public static final String REFUSED = "refused";
    }

    /// A timer that runs. Only its own generation can fire it.
    public record RunningTimer(long generation, Instant due) {}

    public FlowState apply(FlowEvent event) {
        FlowStateDraft next = new FlowStateDraft(this);
        switch (event) {
            case FlowEvent.FlowStarted e -> {
                next.startedAt = e.at();
                next.language = Optional.of(e.language());
                next.hint = e.hint();
            }
            case FlowEvent.LimitReached _ -> {}
            case FlowEvent.NodeEntered e -> {
                next.node = Optional.of(e.node());
                next.attempts = 0;
            }
            case FlowEvent.PhaseEntered e -> next.enter(e.phase());
            case FlowEvent.LanguageChosen e -> {
                next.language = Optional.of(e.language());
                next.hint = Optional.empty();
            }
            case FlowEvent.NeedChosen e -> next.need = Optional.of(e.need());
            case FlowEvent.StepTaken e -> next.addStep(new Step(e.at(), e.node(), e.value()));
            case FlowEvent.KeyTaken _ -> next.keyPresses++;
            case FlowEvent.AttemptFailed _ -> next.attempts++;
            case FlowEvent.PlayStarted e -> {
                next.plays = e.play();
                next.playing = true;
            }
            case FlowEvent.PlayEnded _ -> next.playing = false;
            case FlowEvent.MusicStarted _ -> next.music = true;
            case FlowEvent.MusicStopped _ -> next.music = false;
            case FlowEvent.TimerStarted e -> {
                next.timerGeneration = e.generation();
                next.timers.put(e.timer(), new RunningTimer(e.generation(), e.due()));
            }
            case FlowEvent.TimerStopped e -> next.timers.remove(e.timer());
            case FlowEvent.MenuTimeSpent _ -> next.menuTimeSpent = true;
            case FlowEvent.QueueRefused _ -> next.refusals++;
            case FlowEvent.PositionAsked _ -> next.positionAsked = true;
            case FlowEvent.PositionTold _ -> next.positionAsked = false;
            case FlowEvent.HangUpOrdered _ -> next.enter(FlowPhase.HUNG_UP);
            case FlowEvent.FlowEnded _ -> next.end();
        }
        return next.done();
    }
}
