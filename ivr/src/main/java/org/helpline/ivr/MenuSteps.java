package org.helpline.ivr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEvent.FailedAttempt;
import org.helpline.ivr.FlowEvent.HangUpReason;
import org.helpline.ivr.FlowEvent.PlayEnd;

/// Keys and menus.
///
/// A key is given to the menu that is current when it arrives, whether or not its prompts have been heard. So of a
/// burst of keys the first acts in this menu and the next one in the menu it led to, as callers who know the way
/// expect; there is no buffer of keys. What bounds the burst is the limit on keys of the call: beyond it keys are not
/// heard any more, and the menus end by silence.
final class MenuSteps {
    private static final String KEYS = "0123456789*#ABCD";

    private MenuSteps() {}

    static void keyPressed(FlowTurnDraft turn, char key) {
        FlowState state = turn.state();
        if (KEYS.indexOf(key) < 0 || state.keyPresses() >= turn.flow().limits().keyPresses()) return;
        switch (state.phase()) {
            case MENU_PLAYING, MENU_LISTENING -> {
                take(turn, key);
                if (turn.node().orElse(null) instanceof Node.Menu menu) {
                    act(turn, menu, key);
                } else {
                    turn.hangUp(HangUpReason.BROKEN_FLOW);
                }
            }
            case SAYING -> {
                if (turn.node().orElse(null) instanceof Node.Say say && say.bargeIn()) bargeIn(turn, say, key);
            }
            case NOT_ARRIVED,
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

    private static void take(FlowTurnDraft turn, char key) {
        turn.emit(new FlowEvent.KeyTaken(turn.now(), key));
        turn.hush(PlayEnd.STOPPED);
        turn.cancel(FlowTimer.PATIENCE);
    }

    private static void bargeIn(FlowTurnDraft turn, Node.Say say, char key) {
        take(turn, key);
        if (turn.flow().nodes().get(say.next()) instanceof Node.Menu menu
                && !turn.state().menuTimeSpent()) {
            // The menu is not played first: the caller has answered it already.
            turn.emit(new FlowEvent.NodeEntered(turn.now(), say.next()));
            act(turn, menu, key);
        } else {
            NodeSteps.enter(turn, say.next());
        }
    }

    private static void act(FlowTurnDraft turn, Node.Menu menu, char key) {
        Optional<Choice> choice =
                menu.choices().stream().filter(c -> c.key() == key).findFirst();
        if (choice.isPresent()) {
            choose(turn, menu, choice.get());
        } else {
            fail(turn, menu, FailedAttempt.WRONG_KEY);
        }
    }

    private static void choose(FlowTurnDraft turn, Node.Menu menu, Choice choice) {
        choice.language().ifPresent(language -> turn.emit(new FlowEvent.LanguageChosen(turn.now(), language)));
        choice.need().ifPresent(need -> turn.emit(new FlowEvent.NeedChosen(turn.now(), need)));
        // To hear a menu again is no step on the way.
        choice.need()
                .or(() -> choice.language().map(SpokenLanguage::tag))
                .or(choice::next)
                .ifPresent(value -> NodeSteps.step(turn, turn.state().node().orElseThrow(), value));
        if (choice.next().isPresent()) {
            NodeSteps.enter(turn, choice.next().get());
        } else {
            play(turn, menu);
        }
    }

    private static void fail(FlowTurnDraft turn, Node.Menu menu, FailedAttempt why) {
        turn.emit(new FlowEvent.AttemptFailed(turn.now(), why));
        if (turn.state().attempts() >= menu.attempts()) {
            leave(turn);
            return;
        }
        List<Prompt> prompts = new ArrayList<>(
                switch (why) {
                    case SILENCE -> menu.silence();
                    case WRONG_KEY -> menu.wrongKey();
                });
        prompts.addAll(menu.prompts());
        listenDuring(turn, menu, prompts);
    }

    /// The menu as it is heard first: nobody knows how far the caller had listened.
    static void again(FlowTurnDraft turn) {
        turn.cancel(FlowTimer.PATIENCE);
        if (turn.node().orElse(null) instanceof Node.Menu menu) {
            play(turn, menu);
        } else {
            turn.hangUp(HangUpReason.BROKEN_FLOW);
        }
    }

    static void play(FlowTurnDraft turn, Node.Menu menu) {
        listenDuring(turn, menu, Hints.firstWords(turn, menu));
    }

    private static void listenDuring(FlowTurnDraft turn, Node.Menu menu, List<Prompt> prompts) {
        turn.phase(FlowPhase.MENU_PLAYING);
        if (!turn.play(prompts)) listen(turn, menu);
    }

    /// The prompts are over: how long a key may still take.
    static void listen(FlowTurnDraft turn) {
        if (turn.node().orElse(null) instanceof Node.Menu menu) {
            listen(turn, menu);
        } else {
            turn.hangUp(HangUpReason.BROKEN_FLOW);
        }
    }

    private static void listen(FlowTurnDraft turn, Node.Menu menu) {
        turn.phase(FlowPhase.MENU_LISTENING);
        turn.start(FlowTimer.PATIENCE, menu.patience());
    }

    static void patienceOver(FlowTurnDraft turn) {
        if (turn.node().orElse(null) instanceof Node.Menu menu) {
            fail(turn, menu, FailedAttempt.SILENCE);
        } else {
            turn.hangUp(HangUpReason.BROKEN_FLOW);
        }
    }

    /// Leaves the current menu without a choice.
    static void leave(FlowTurnDraft turn) {
        turn.hush(PlayEnd.STOPPED);
        turn.cancel(FlowTimer.PATIENCE);
        if (turn.node().orElse(null) instanceof Node.Menu menu) {
            NodeSteps.step(turn, turn.state().node().orElseThrow(), FlowState.Step.NO_CHOICE);
            NodeSteps.enter(turn, menu.otherwise());
        } else {
            turn.hangUp(HangUpReason.BROKEN_FLOW);
        }
    }
}
