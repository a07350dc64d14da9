package org.helpline.ivr;

import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.FlowEvent.HangUpReason;

/// From node to node, up to the first that waits for something.
final class NodeSteps {
    private NodeSteps() {}

    /// Enters a node and passes on through all that do not wait. Passing more nodes than the flow has means going
    /// round, so the line is cut instead.
    static void enter(FlowTurnDraft turn, String name) {
        String next = name;
        for (int passed = 0; passed <= turn.flow().nodes().size(); passed++) {
            Node node = turn.flow().nodes().get(next);
            if (node == null) {
                turn.hangUp(HangUpReason.BROKEN_FLOW);
                return;
            }
            turn.emit(new FlowEvent.NodeEntered(turn.now(), next));
            switch (node) {
                case Node.Say say -> {
                    turn.phase(FlowPhase.SAYING);
                    if (turn.play(say.prompts())) return;
                    next = say.next();
                }
                case Node.Menu menu -> {
                    if (!turn.state().menuTimeSpent()) {
                        MenuSteps.play(turn, menu);
                        return;
                    }
                    step(turn, next, FlowState.Step.NO_CHOICE);
                    next = menu.otherwise();
                }
                case Node.Hours hours -> {
                    boolean open = hours.hours().openAt(turn.now());
                    step(turn, next, open ? "open" : "closed");
                    next = open ? hours.open() : hours.closed();
                }
                case Node.Queue queue -> {
                    QueueSteps.enter(turn, queue);
                    return;
                }
                case Node.HangUp hangUp -> {
                    // From here the play's own timer is the bound.
                    turn.cancel(FlowTimer.MENU_TIME);
                    turn.phase(FlowPhase.HANGING_UP);
                    if (!turn.play(Hints.lastWords(turn, hangUp))) turn.hangUp(HangUpReason.FLOW);
                    return;
                }
            }
        }
        turn.breakOff();
    }

    static void afterSaying(FlowTurnDraft turn) {
        if (turn.node().orElse(null) instanceof Node.Say say) {
            enter(turn, say.next());
        } else {
            turn.hangUp(HangUpReason.BROKEN_FLOW);
        }
    }

    static void step(FlowTurnDraft turn, String node, String value) {
        turn.emit(new FlowEvent.StepTaken(turn.now(), node, value));
    }
}
