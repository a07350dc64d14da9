package org.helpline.ivr;

import java.util.List;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.FlowEvent.HangUpReason;
import org.helpline.ivr.FlowEvent.PlayEnd;

/// How a call goes on when Helpline was started again under it.
///
/// What the carrier was told last may have been carried out or not, and what it reported meanwhile is lost. Prompts of
/// the flow's own part are played again, because the caller needs them to go on; whoever waits has heard them, or most
/// of them, and hears music.
final class Resumption {
    private Resumption() {}

    static void restarted(FlowTurnDraft turn) {
        switch (turn.state().phase()) {
            case SAYING -> say(turn);
            case MENU_PLAYING, MENU_LISTENING -> {
                grantMenuTime(turn);
                MenuSteps.again(turn);
            }
            case HANGING_UP -> lastWords(turn);
            case WAITING -> {
                if (!turn.state().playing()) return;
                turn.hush(PlayEnd.STOPPED);
                QueueSteps.waitOn(turn);
            }
            case AGENT_LOST -> {
                if (!turn.state().playing()) return;
                turn.hush(PlayEnd.STOPPED);
                turn.startMusic();
            }
            case NOT_ARRIVED, ENTERING_QUEUE, WITH_AGENT, ON_HOLD, REFERRED, HUNG_UP, ENDED -> {}
        }
    }

    private static void say(FlowTurnDraft turn) {
        grantMenuTime(turn);
        boolean again = turn.node().orElse(null) instanceof Node.Say say && turn.play(say.prompts());
        if (!again) NodeSteps.afterSaying(turn);
    }

    private static void lastWords(FlowTurnDraft turn) {
        List<Prompt> prompts =
                turn.node().orElse(null) instanceof Node.HangUp last ? Hints.lastWords(turn, last) : List.of();
        if (!turn.play(prompts)) turn.hangUp(HangUpReason.FLOW);
    }

    /// The time in menus ran on without us: nobody is led out of them for that. So a start adds that much at most.
    private static void grantMenuTime(FlowTurnDraft turn) {
        var running = turn.state().timers().get(FlowTimer.MENU_TIME);
        if (running == null) return;
        if (running.due().isBefore(turn.now().plus(FlowMachine.LAST_WORDS))) {
            turn.start(FlowTimer.MENU_TIME, FlowMachine.LAST_WORDS);
        }
    }
}
