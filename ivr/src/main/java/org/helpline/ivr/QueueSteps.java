package org.helpline.ivr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.FlowEvent.HangUpReason;

/// In line, with an agent, and the way between.
///
/// Here the router decides and the flow follows: whatever is heard stops the moment an agent is joined.
final class QueueSteps {
    /// Silence is what the caller hears until the router has answered, so it counts as refused after this.
    static final Duration ROUTER_ANSWER = Duration.ofSeconds(10);

    /// A refusal may come within the same moment, so time alone does not bound a flow that asks again and again.
    static final int MOST_REFUSALS = 100;

    private QueueSteps() {}

    static void enter(FlowTurnDraft turn, Node.Queue queue) {
        turn.phase(FlowPhase.ENTERING_QUEUE);
        turn.start(FlowTimer.MENU_TIME, ROUTER_ANSWER);
        turn.order(new FlowEffect.EnterQueue(
                queue.queue(),
                turn.language(),
                turn.state().need(),
                turn.state().path()));
    }

    static void queueEntered(FlowTurnDraft turn) {
        if (turn.state().phase() != FlowPhase.ENTERING_QUEUE) return;
        turn.cancel(FlowTimer.MENU_TIME);
        turn.phase(FlowPhase.WAITING);
        if (!turn.playOverMusic(queue(turn).map(Node.Queue::welcome).orElse(List.of()))) waitOn(turn);
    }

    static void queueRefused(FlowTurnDraft turn, String reason) {
        if (turn.state().phase() == FlowPhase.ENTERING_QUEUE) refused(turn, reason);
    }

    static void unanswered(FlowTurnDraft turn) {
        refused(turn, FlowEvent.QueueRefused.NO_ANSWER);
    }

    private static void refused(FlowTurnDraft turn, String reason) {
        turn.emit(new FlowEvent.QueueRefused(turn.now(), reason));
        if (turn.state().refusals() > MOST_REFUSALS) {
            turn.breakOff();
            return;
        }
        resumeMenuTime(turn);
        queue(turn)
                .ifPresentOrElse(
                        queue -> {
                            NodeSteps.step(turn, turn.state().node().orElseThrow(), FlowState.Step.REFUSED);
                            NodeSteps.enter(turn, queue.refused());
                        },
                        () -> turn.hangUp(HangUpReason.BROKEN_FLOW));
    }

    /// The clock of the menus goes on where it was.
    private static void resumeMenuTime(FlowTurnDraft turn) {
        Duration limit = turn.flow().limits().menuTime();
        if (turn.state().menuTimeSpent()) limit = limit.plus(FlowMachine.LAST_WORDS);
        Instant due = turn.state().startedAt().plus(limit);
        Duration left = Duration.between(turn.now(), due);
        Duration least = Duration.ofMillis(1);
        turn.start(FlowTimer.MENU_TIME, left.compareTo(least) < 0 ? least : left);
    }

    /// Music until the next announcement.
    static void waitOn(FlowTurnDraft turn) {
        turn.startMusic();
        queue(turn).ifPresent(queue -> turn.start(FlowTimer.ANNOUNCE, queue.announceEvery()));
    }

    /// The timer runs again before the answer is there: should it be lost, only this announcement is.
    static void announceDue(FlowTurnDraft turn) {
        turn.emit(new FlowEvent.PositionAsked(turn.now()));
        turn.order(new FlowEffect.AskPosition());
        waitOn(turn);
    }

    static void positionTold(FlowTurnDraft turn, int position) {
        if (!turn.state().positionAsked()) return;
        turn.emit(new FlowEvent.PositionTold(turn.now(), position));
        if (position < 1) {
            waitOn(turn);
            return;
        }
        turn.cancel(FlowTimer.ANNOUNCE);
        turn.playOverMusic(PositionPrompts.of(position).stream()
                .map(key -> new Prompt(key, Optional.empty()))
                .toList());
    }

    /// Honoured in every phase of an answered call, late as it may be: the two can hear each other already.
    static void agentConnected(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case SAYING, MENU_PLAYING, MENU_LISTENING, ENTERING_QUEUE, WAITING, ON_HOLD, AGENT_LOST, HANGING_UP -> {
                turn.stopAll();
                turn.phase(FlowPhase.WITH_AGENT);
            }
            case NOT_ARRIVED, WITH_AGENT, REFERRED, HUNG_UP, ENDED -> {}
        }
    }

    static void callerHeld(FlowTurnDraft turn) {
        if (turn.state().phase() != FlowPhase.WITH_AGENT) return;
        turn.phase(FlowPhase.ON_HOLD);
        turn.startMusic();
    }

    static void agentLost(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case WITH_AGENT, ON_HOLD -> {
                turn.phase(FlowPhase.AGENT_LOST);
                if (!comfort(turn)) turn.startMusic();
            }
            case NOT_ARRIVED,
                    SAYING,
                    MENU_PLAYING,
                    MENU_LISTENING,
                    ENTERING_QUEUE,
                    WAITING,
                    AGENT_LOST,
                    REFERRED,
                    HANGING_UP,
                    HUNG_UP,
                    ENDED -> {}
        }
    }

    static void returnedToQueue(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case WITH_AGENT, ON_HOLD -> {
                turn.phase(FlowPhase.WAITING);
                if (!comfort(turn)) waitOn(turn);
            }
            case AGENT_LOST -> {
                turn.phase(FlowPhase.WAITING);
                // Comfort that is still heard is heard to its end.
                if (!turn.state().playing()) waitOn(turn);
            }
            case NOT_ARRIVED,
                    SAYING,
                    MENU_PLAYING,
                    MENU_LISTENING,
                    ENTERING_QUEUE,
                    WAITING,
                    REFERRED,
                    HANGING_UP,
                    HUNG_UP,
                    ENDED -> {}
        }
    }

    /// No comfort, for nothing went wrong: the welcome of the queue says what a caller who begins to wait should know.
    static void transferred(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case WITH_AGENT, ON_HOLD, AGENT_LOST -> {
                turn.phase(FlowPhase.WAITING);
                if (!turn.playOverMusic(queue(turn).map(Node.Queue::welcome).orElse(List.of()))) waitOn(turn);
            }
            case NOT_ARRIVED,
                    SAYING,
                    MENU_PLAYING,
                    MENU_LISTENING,
                    ENTERING_QUEUE,
                    WAITING,
                    REFERRED,
                    HANGING_UP,
                    HUNG_UP,
                    ENDED -> {}
        }
    }

    /// Nothing of ours is heard from now on.
    static void referred(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case WITH_AGENT, ON_HOLD, AGENT_LOST -> {
                turn.stopAll();
                turn.phase(FlowPhase.REFERRED);
            }
            case NOT_ARRIVED,
                    SAYING,
                    MENU_PLAYING,
                    MENU_LISTENING,
                    ENTERING_QUEUE,
                    WAITING,
                    REFERRED,
                    HANGING_UP,
                    HUNG_UP,
                    ENDED -> {}
        }
    }

    /// Only a call the router has can be over for it: a call it refused hears its apology to the end.
    static void contactOver(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case ENTERING_QUEUE, WAITING, WITH_AGENT, ON_HOLD, AGENT_LOST, REFERRED ->
                turn.hangUp(HangUpReason.CONTACT_OVER);
            case NOT_ARRIVED, SAYING, MENU_PLAYING, MENU_LISTENING, HANGING_UP, HUNG_UP, ENDED -> {}
        }
    }

    private static boolean comfort(FlowTurnDraft turn) {
        return turn.playOverMusic(queue(turn).map(Node.Queue::comfort).orElse(List.of()));
    }

    /// The node the caller waits in; empty when the flow was changed under the call. The router still holds the
    /// contact then, so the caller goes on waiting, with music alone.
    private static Optional<Node.Queue> queue(FlowTurnDraft turn) {
        return turn.node().filter(Node.Queue.class::isInstance).map(Node.Queue.class::cast);
    }
}
