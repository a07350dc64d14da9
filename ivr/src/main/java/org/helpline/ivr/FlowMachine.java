package org.helpline.ivr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.ivr.FlowEvent.HangUpReason;
import org.helpline.ivr.FlowEvent.PlayEnd;

/// One call in its flow: a deterministic state machine without clock, ids, I/O or threads.
///
/// What bounds a call: keys by [CallFlow.Limits#keyPresses]; rounds of a menu by its attempts; the way to a queue by
/// [CallFlow.Limits#menuTime] and [#LAST_WORDS]; a play by a timer of its own; nodes passed without waiting by their
/// number in the flow. Only in the queue may a caller stay for as long as they like.
public final class FlowMachine {
    /// After the time in menus the caller is led out by each menu's `otherwise`, and this is how long that may take.
    public static final Duration LAST_WORDS = Duration.ofMinutes(2);

    private FlowMachine() {}

    /// What one input led to.
    public record FlowTurn(FlowState state, List<FlowEvent> events, List<FlowEffect> effects) {}

    /// State of a call that has not arrived yet.
    public static FlowState initial() {
        return FlowState.INITIAL;
    }

    public static FlowTurn step(CallFlow flow, FlowState state, FlowInput input, Instant now) {
        FlowTurnDraft turn = new FlowTurnDraft(flow, state, now);
        switch (input) {
            case FlowInput.CallArrived in -> callArrived(turn, in);
            case FlowInput.Restarted _ -> Resumption.restarted(turn);
            case FlowInput.KeyPressed in -> MenuSteps.keyPressed(turn, in.key());
            case FlowInput.PlayFinished in -> playFinished(turn, in.play());
            case FlowInput.TimerFired in -> timerFired(turn, in.timer(), in.generation());
            case FlowInput.QueueEntered _ -> QueueSteps.queueEntered(turn);
            case FlowInput.QueueRefused in -> QueueSteps.queueRefused(turn, in.reason());
            case FlowInput.PositionTold in -> QueueSteps.positionTold(turn, in.position());
            case FlowInput.AgentConnected _ -> QueueSteps.agentConnected(turn);
            case FlowInput.CallerHeld _ -> QueueSteps.callerHeld(turn);
            case FlowInput.AgentLost _ -> QueueSteps.agentLost(turn);
            case FlowInput.ReturnedToQueue _ -> QueueSteps.returnedToQueue(turn);
            case FlowInput.Transferred _ -> QueueSteps.transferred(turn);
            case FlowInput.Referred _ -> QueueSteps.referred(turn);
            case FlowInput.ContactOver _ -> QueueSteps.contactOver(turn);
            case FlowInput.CallerLeft _ -> callerGone(turn, "caller-left");
            case FlowInput.CallerLost _ -> callerGone(turn, "switch-lost");
        }
        return turn.done();
    }

    private static void callArrived(FlowTurnDraft turn, FlowInput.CallArrived in) {
        if (turn.state().phase() != FlowPhase.NOT_ARRIVED) return;
        CallFlow flow = turn.flow();
        turn.emit(new FlowEvent.FlowStarted(turn.now(), flow.name(), flow.defaultLanguage(), in.hint()));
        if (in.limit().isPresent()) {
            turn.emit(new FlowEvent.LimitReached(turn.now(), in.limit().get()));
            oneTooMany(turn, flow);
            return;
        }
        turn.order(new FlowEffect.Answer());
        turn.start(FlowTimer.MENU_TIME, flow.limits().menuTime());
        NodeSteps.enter(turn, flow.start());
    }

    /// The node it goes to is one that hangs up, or the line is cut: no queue and no menu is reached from
    /// here.
    private static void oneTooMany(FlowTurnDraft turn, CallFlow flow) {
        Optional<String> last = flow.limited().filter(name -> flow.nodes().get(name) instanceof CallFlow.Node.HangUp);
        if (last.isEmpty()) {
            turn.hangUp(HangUpReason.FLOW);
            return;
        }
        turn.order(new FlowEffect.Answer());
        NodeSteps.enter(turn, last.get());
    }

    private static void callerGone(FlowTurnDraft turn, String why) {
        FlowPhase phase = turn.state().phase();
        if (phase == FlowPhase.ENDED) return;
        turn.cancelAll();
        String reason =
                switch (phase) {
                    case HUNG_UP -> "hung-up";
                    case REFERRED -> "referred";
                    case NOT_ARRIVED,
                            SAYING,
                            MENU_PLAYING,
                            MENU_LISTENING,
                            ENTERING_QUEUE,
                            WAITING,
                            WITH_AGENT,
                            ON_HOLD,
                            AGENT_LOST,
                            HANGING_UP,
                            ENDED -> why;
                };
        turn.emit(new FlowEvent.FlowEnded(turn.now(), Optional.of(reason)));
    }

    private static void playFinished(FlowTurnDraft turn, long play) {
        if (!turn.state().playing() || turn.state().plays() != play) return;
        turn.hush(PlayEnd.HEARD);
        afterPlay(turn);
    }

    private static void afterPlay(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case SAYING -> NodeSteps.afterSaying(turn);
            case MENU_PLAYING -> MenuSteps.listen(turn);
            case WAITING -> QueueSteps.waitOn(turn);
            case AGENT_LOST -> turn.startMusic();
            case HANGING_UP -> turn.hangUp(HangUpReason.FLOW);
            case NOT_ARRIVED, MENU_LISTENING, ENTERING_QUEUE, WITH_AGENT, ON_HOLD, REFERRED, HUNG_UP, ENDED ->
                throw new IllegalStateException("nothing is ever played in phase "
                        + turn.state().phase() + ", but play " + turn.state().plays() + " was");
        }
    }

    private static void timerFired(FlowTurnDraft turn, FlowTimer timer, long generation) {
        if (!turn.fire(timer, generation)) return;
        switch (timer) {
            case PATIENCE -> MenuSteps.patienceOver(turn);
            case ANNOUNCE -> QueueSteps.announceDue(turn);
            case MENU_TIME -> menuTimeOver(turn);
            case PLAY -> {
                turn.hush(PlayEnd.LOST);
                afterPlay(turn);
            }
        }
    }

    /// The first time the caller is led out politely, the second time the line is cut: what leads out may itself be
    /// without end. A [CallFlow.Node.Say] that is being heard goes on, because the queue may come right after it.
    private static void menuTimeOver(FlowTurnDraft turn) {
        if (turn.state().phase() == FlowPhase.ENTERING_QUEUE) {
            QueueSteps.unanswered(turn);
            return;
        }
        if (turn.state().menuTimeSpent()) {
            turn.hangUp(HangUpReason.MENU_TIME);
            return;
        }
        turn.emit(new FlowEvent.MenuTimeSpent(turn.now()));
        turn.start(FlowTimer.MENU_TIME, LAST_WORDS);
        switch (turn.state().phase()) {
            case MENU_PLAYING, MENU_LISTENING -> MenuSteps.leave(turn);
            case NOT_ARRIVED,
                    SAYING,
                    ENTERING_QUEUE,
                    WAITING,
                    WITH_AGENT,
                    ON_HOLD,
                    AGENT_LOST,
                    REFERRED,
                    HANGING_UP,
                    HUNG_UP,
                    ENDED -> {}
        }
    }
}
