package org.helpline.ivr;

import java.time.Instant;
import java.util.Optional;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// What happened to one call in its flow; applied by [FlowState#apply] alone.
public sealed interface FlowEvent {
    Instant at();

    /// @param hint the language that the caller chose last time
    record FlowStarted(Instant at, String flow, SpokenLanguage language, Optional<SpokenLanguage> hint)
            implements FlowEvent {
        public FlowStarted {
            // Journals from before there were hints do not have it.
            hint = hint == null ? Optional.empty() : hint;
        }

        public FlowStarted(Instant at, String flow, SpokenLanguage language) {
            this(at, flow, language, Optional.empty());
        }
    }

    /// The call is one too many, and is led to its end at once.
    ///
    /// @param limit that it is beyond
    record LimitReached(Instant at, String limit) implements FlowEvent {}

    record NodeEntered(Instant at, String node) implements FlowEvent {}

    record PhaseEntered(Instant at, FlowPhase phase) implements FlowEvent {}

    record LanguageChosen(Instant at, SpokenLanguage language) implements FlowEvent {}

    record NeedChosen(Instant at, String need) implements FlowEvent {}

    /// @param node where the choice was made
    /// @param value what was chosen or found there: the need, else the language, else the node gone to; `open` or
    /// `closed` at opening hours; [FlowState.Step#NO_CHOICE] when a menu was left without a choice;
    /// [FlowState.Step#REFUSED] when a queue took no more
    record StepTaken(Instant at, String node, String value) implements FlowEvent {}

    /// A key that counts against [CallFlow.Limits#keyPresses]. Keys nobody listens to leave no event.
    record KeyTaken(Instant at, char key) implements FlowEvent {}

    /// A round of a menu is over without a choice.
    record AttemptFailed(Instant at, FailedAttempt why) implements FlowEvent {}

    record PlayStarted(Instant at, long play) implements FlowEvent {}

    record PlayEnded(Instant at, long play, PlayEnd how) implements FlowEvent {}

    record MusicStarted(Instant at) implements FlowEvent {}

    record MusicStopped(Instant at) implements FlowEvent {}

    /// @param due when it fires, so that whoever takes the call over after a restart can start it again
    record TimerStarted(Instant at, FlowTimer timer, long generation, Instant due) implements FlowEvent {}

    /// Cancelled, or fired.
    record TimerStopped(Instant at, FlowTimer timer) implements FlowEvent {}

    /// The whole time in menus is spent: menus are passed over from now on.
    record MenuTimeSpent(Instant at) implements FlowEvent {}

    /// @param reason the router's, or [#NO_ANSWER]
    record QueueRefused(Instant at, String reason) implements FlowEvent {
        static final String NO_ANSWER = "no answer";
    }

    record PositionAsked(Instant at) implements FlowEvent {}

    record PositionTold(Instant at, int position) implements FlowEvent {}

    /// We hang up; the caller's leg is gone only with [FlowEvent.FlowEnded].
    record HangUpOrdered(Instant at, HangUpReason reason) implements FlowEvent {}

    /// The caller's leg is gone.
    ///
    /// @param reason `caller-left`, or `hung-up` when we had ordered it
    record FlowEnded(Instant at, Optional<String> reason) implements FlowEvent {}

    enum FailedAttempt {
        SILENCE,
        WRONG_KEY
    }

    enum PlayEnd {
        /// Heard to the end, or the carrier could not play it.
        HEARD,
        /// Stopped by us.
        STOPPED,
        /// Its end was never told within the bound.
        LOST
    }

    enum HangUpReason {
        /// A node of the flow said so.
        FLOW,
        CONTACT_OVER,
        MENU_TIME,
        /// The flow has no such node, or goes round without ever waiting. [FlowChecks] tells of it beforehand; it can
        /// still happen when a flow is changed under a call.
        BROKEN_FLOW
    }
}
