package org.helpline.ivr;

import static org.helpline.ivr.WatchedCall.OPEN;
import static org.helpline.ivr.WatchedCall.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.FlowEvent.HangUpReason;
import org.junit.jupiter.api.Test;

class FlowMachineTest {
    private final WatchedCall call = WatchedCall.arrived(SampleFlow.flow());

    @Test
    void aCallerReachesTheQueueInSpanishWithTheNeedAndTheWayTaken() {
        assertEquals("stop-play -PLAY play(es:need-choice) +PLAY", words(call.press('2')));
        List<FlowEffect> effects = call.press('1');
        assertEquals("stop-play -PLAY +MENU_TIME enter-queue(social,es,SNAP)", words(effects));
        FlowEffect.EnterQueue enter = (FlowEffect.EnterQueue) effects.getLast();
        assertEquals(
                List.of(
                        new FlowState.Step(OPEN, "language", "es"),
                        new FlowState.Step(OPEN, "hours", "open"),
                        new FlowState.Step(OPEN, "need", "SNAP")),
                enter.path());
    }

    @Test
    void aPromptWithItsOwnLanguageIsSpokenInIt() {
        assertEquals("-PLAY play(en:language-choice+es:language-choice) +PLAY", words(call.finishPlay()));
    }

    @Test
    void aWrongKeyIsToldAndTheMenuRepeatedUntilTheAttemptsAreSpent() {
        call.press('2');
        assertEquals("stop-play -PLAY play(es:wrong-key+es:need-choice) +PLAY", words(call.press('8')));
        call.finishPlay();
        assertEquals("-PATIENCE play(es:wrong-key+es:need-choice) +PLAY", words(call.press('#')));
        assertEquals("stop-play -PLAY +MENU_TIME enter-queue(social,es,-)", words(call.press('D')));
    }

    @Test
    void silenceIsToldAndTheMenuRepeatedUntilTheAttemptsAreSpent() {
        call.press('2');
        for (int round = 1; round < 3; round++) {
            assertEquals("-PLAY +PATIENCE", words(call.finishPlay()));
            assertEquals("play(es:no-key+es:need-choice) +PLAY", words(call.fire(FlowTimer.PATIENCE)));
        }
        call.finishPlay();
        assertEquals("+MENU_TIME enter-queue(social,es,-)", words(call.fire(FlowTimer.PATIENCE)));
        assertEquals(FlowState.Step.NO_CHOICE, call.state().path().getLast().value());
    }

    @Test
    void repeatingAMenuCostsNoAttemptButIsBoundedByTheLimitOnKeys() {
        WatchedCall impatient = WatchedCall.arrived(SampleFlow.flow(new Limits(10, Duration.ofMinutes(10))));
        impatient.press('2');
        for (int key = 2; key <= 10; key++) {
            assertEquals("stop-play -PLAY play(es:need-choice) +PLAY", words(impatient.press('9')));
        }
        assertEquals(0, impatient.state().attempts());
        assertEquals("", words(impatient.press('9')), "the eleventh key");
        assertEquals("", words(impatient.press('1')));
        impatient.finishPlay();
        assertEquals("play(es:no-key+es:need-choice) +PLAY", words(impatient.fire(FlowTimer.PATIENCE)));
    }

    @Test
    void backIsAnotherChoice() {
        call.press('2');
        assertEquals("stop-play -PLAY play(en:language-choice+es:language-choice) +PLAY", words(call.press('*')));
        assertEquals("stop-play -PLAY play(en:need-choice) +PLAY", words(call.press('1')));
        assertEquals(
                List.of("es", "open", "language", "en", "open"),
                call.state().path().stream().map(FlowState.Step::value).toList());
    }

    @Test
    void ofFiftyKeysAtOnceEachActsInTheMenuThatIsCurrentThen() {
        String said = IntStream.range(0, 50)
                .mapToObj(i -> words(call.press(i == 1 ? '7' : '5')))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" | "));
        // 5 is wrong in the first menu, 7 too; the third round is the last and leads on to the next menu.
        assertEquals(
                "stop-play -PLAY play(en:wrong-key+en:language-choice+es:language-choice) +PLAY"
                        + " | stop-play -PLAY play(en:wrong-key+en:language-choice+es:language-choice) +PLAY"
                        + " | stop-play -PLAY play(en:need-choice) +PLAY"
                        + " | stop-play -PLAY +MENU_TIME enter-queue(social,en,Emergency)",
                said);
        assertEquals(4, call.state().keyPresses());
    }

    @Test
    void aMenuAnsweredDuringTheGreetingIsNotPlayed() {
        assertEquals("stop-play -PLAY play(en:need-choice) +PLAY", words(call.press('1')));
        assertEquals(1, call.state().keyPresses());
    }

    @Test
    void aGreetingWithoutBargeInHearsNoKeys() {
        CallFlow flow = SampleFlow.with(
                SampleFlow.flow(), "greeting", new Node.Say(SampleFlow.prompts("greeting"), false, "language"));
        WatchedCall stubborn = WatchedCall.arrived(flow);
        assertEquals("", words(stubborn.press('1')));
        assertEquals(0, stubborn.state().keyPresses());
    }

    @Test
    void outsideOpeningHoursTheCallerIsToldAndTheCallEnds() {
        WatchedCall late = new WatchedCall(SampleFlow.flow(), WatchedCall.CLOSED);
        late.give(new FlowInput.CallArrived());
        assertEquals("stop-play -PLAY -MENU_TIME play(es:closed) +PLAY", words(late.press('2')));
        assertEquals("-PLAY hang-up", words(late.finishPlay()));
        assertEquals("", words(late.give(new FlowInput.CallerLeft())));
        assertEquals(
                new FlowEvent.FlowEnded(late.now(), Optional.of("hung-up")),
                late.history().getLast());
    }

    @Test
    void thePlaceInLineIsToldInTheCallersLanguage() {
        call.toQueue();
        assertEquals("-MENU_TIME music play(es:welcome) +PLAY", words(call.give(new FlowInput.QueueEntered())));
        assertEquals("-PLAY +ANNOUNCE", words(call.finishPlay()));
        assertEquals("ask-position +ANNOUNCE", words(call.fire(FlowTimer.ANNOUNCE)));
        assertEquals(
                "-ANNOUNCE play(es:position-intro+es:number-20) +PLAY",
                words(call.give(new FlowInput.PositionTold(20))));
        assertEquals("", words(call.give(new FlowInput.PositionTold(19))), "told twice");
        assertEquals("-PLAY +ANNOUNCE", words(call.finishPlay()));
        call.fire(FlowTimer.ANNOUNCE);
        assertEquals("+ANNOUNCE", words(call.give(new FlowInput.PositionTold(0))));
        call.fire(FlowTimer.ANNOUNCE);
        assertEquals(
                "-ANNOUNCE play(es:position-intro+es:number-more-than-20) +PLAY",
                words(call.give(new FlowInput.PositionTold(21))));
    }

    @Test
    void aPositionNeverToldCostsOneAnnouncementOnly() {
        call.waiting();
        call.fire(FlowTimer.ANNOUNCE);
        assertEquals("ask-position +ANNOUNCE", words(call.fire(FlowTimer.ANNOUNCE)));
    }

    @Test
    void nothingDelaysTheAgent() {
        call.toQueue();
        call.give(new FlowInput.QueueEntered());
        assertEquals("stop-music stop-play -PLAY", words(call.give(new FlowInput.AgentConnected())), "in the welcome");
        WatchedCall waiting = WatchedCall.arrived(SampleFlow.flow()).waiting();
        assertEquals("stop-music -ANNOUNCE", words(waiting.give(new FlowInput.AgentConnected())), "in music");
        WatchedCall asked = WatchedCall.arrived(SampleFlow.flow()).waiting();
        asked.fire(FlowTimer.ANNOUNCE);
        asked.give(new FlowInput.AgentConnected());
        assertEquals("", words(asked.give(new FlowInput.PositionTold(1))), "an answer that comes too late");
    }

    @Test
    void aLostAgentMeansComfortThenMusicThenTheAgentOrThePlaceInLine() {
        call.waiting();
        call.give(new FlowInput.AgentConnected());
        assertEquals("music play(es:comfort) +PLAY", words(call.give(new FlowInput.AgentLost())));
        assertEquals("stop-music stop-play -PLAY", words(call.give(new FlowInput.AgentConnected())), "it came back");
        call.give(new FlowInput.AgentLost());
        assertEquals("-PLAY", words(call.finishPlay()));
        assertEquals("+ANNOUNCE", words(call.give(new FlowInput.ReturnedToQueue())), "music goes on");
    }

    @Test
    void aHeldCallerHearsMusicUntilTheAgentIsBack() {
        call.waiting();
        assertEquals("", words(call.give(new FlowInput.CallerHeld())), "there is no agent yet");
        call.give(new FlowInput.AgentConnected());
        assertEquals("music", words(call.give(new FlowInput.CallerHeld())));
        assertEquals("stop-music", words(call.give(new FlowInput.AgentConnected())));
        call.give(new FlowInput.CallerHeld());
        assertEquals("play(es:comfort) +PLAY", words(call.give(new FlowInput.AgentLost())));
    }

    @Test
    void aTransferredCallerIsWelcomedToTheLineAndWaits() {
        call.waiting();
        call.give(new FlowInput.AgentConnected());
        assertEquals("music play(es:welcome) +PLAY", words(call.give(new FlowInput.Transferred())));
        assertEquals("-PLAY +ANNOUNCE", words(call.finishPlay()));
        assertEquals("stop-music -ANNOUNCE", words(call.give(new FlowInput.AgentConnected())));
        call.give(new FlowInput.CallerHeld());
        assertEquals("play(es:welcome) +PLAY", words(call.give(new FlowInput.Transferred())));
    }

    @Test
    void aCallerReturnedWhileComfortIsHeardHearsItToTheEnd() {
        call.waiting();
        call.give(new FlowInput.AgentConnected());
        call.give(new FlowInput.AgentLost());
        assertEquals("", words(call.give(new FlowInput.ReturnedToQueue())));
        assertEquals("-PLAY +ANNOUNCE", words(call.finishPlay()));
    }

    @Test
    void aLostEndOfAPlayNeverHangsACall() {
        assertEquals("stop-play play(en:language-choice+es:language-choice) +PLAY", words(call.fire(FlowTimer.PLAY)));
        assertEquals("stop-play +PATIENCE", words(call.fire(FlowTimer.PLAY)));
        assertEquals(Duration.ofSeconds(60 + 80), Duration.between(OPEN, call.now()));
        assertEquals("", words(call.give(new FlowInput.PlayFinished(2))), "its end, late");
    }

    @Test
    void whenTheMenuTimeIsOverTheCallerIsLedOut() {
        call.press('2');
        assertEquals(
                "+MENU_TIME stop-play -PLAY +MENU_TIME enter-queue(social,es,-)",
                words(call.fire(FlowTimer.MENU_TIME)));
    }

    @Test
    void whatLeadsOutOfTheMenusIsBoundedToo() {
        // Each menu leads to the other, with a Say between.
        CallFlow flow = SampleFlow.with(
                SampleFlow.flow(), "hours", new Node.Say(SampleFlow.prompts("again"), false, "language"));
        WatchedCall round = WatchedCall.arrived(flow);
        round.fire(FlowTimer.MENU_TIME);
        assertTrue(round.state().menuTimeSpent());
        assertEquals("-PLAY play(en:again) +PLAY", words(round.finishPlay()), "the menu is passed over");
        assertEquals("-PLAY play(en:again) +PLAY", words(round.finishPlay()));
        assertEquals("stop-play -PLAY hang-up", words(round.fire(FlowTimer.MENU_TIME)));
        assertEquals(
                new FlowEvent.HangUpOrdered(round.now(), HangUpReason.MENU_TIME),
                round.history().getLast());
    }

    @Test
    void aRefusedCallerIsToldSoAndAnUnansweredOneToo() {
        call.toQueue();
        String apology = "-MENU_TIME play(es:all-busy) +PLAY";
        assertEquals("+MENU_TIME " + apology, words(call.give(new FlowInput.QueueRefused("full"))));
        WatchedCall unanswered = WatchedCall.arrived(SampleFlow.flow()).toQueue();
        assertEquals("+MENU_TIME " + apology, words(unanswered.fire(FlowTimer.MENU_TIME)));
        assertEquals("stop-play -PLAY", words(unanswered.give(new FlowInput.AgentConnected())), "late, but joined");
    }

    @Test
    void aQueueThatRefusesAtOnceIsNotAskedForEver() {
        CallFlow flow = SampleFlow.with(
                SampleFlow.flow(),
                "queue",
                new Node.Queue("social", List.of(), SampleFlow.ANNOUNCE_EVERY, List.of(), "queue"));
        WatchedCall refused = WatchedCall.arrived(flow).toQueue();
        for (int i = 0; i < QueueSteps.MOST_REFUSALS; i++) {
            assertEquals(
                    "+MENU_TIME +MENU_TIME enter-queue(social,es,SNAP)",
                    words(refused.give(new FlowInput.QueueRefused("full"))));
        }
        assertEquals("-MENU_TIME hang-up", words(refused.give(new FlowInput.QueueRefused("full"))));
        assertEquals(FlowState.LONGEST_PATH, refused.state().path().size());
    }

    @Test
    void theContactBeingOverMeansHangingUpWithoutAWord() {
        call.waiting();
        assertEquals("stop-music -ANNOUNCE hang-up", words(call.give(new FlowInput.ContactOver())));
        assertEquals("", words(call.give(new FlowInput.ContactOver())));
    }

    @Test
    void aFlowThatGoesRoundWithoutWaitingEndsTheCall() {
        CallFlow flow =
                SampleFlow.with(SampleFlow.flow(), "need", new Node.Hours(SampleFlow.weekdays(), "hours", "hours"));
        WatchedCall dizzy = WatchedCall.arrived(flow);
        assertEquals("stop-play -PLAY -MENU_TIME hang-up", words(dizzy.press('1')));
        assertEquals(
                new FlowEvent.HangUpOrdered(OPEN, HangUpReason.BROKEN_FLOW),
                dizzy.history().getLast());
    }

    @Test
    void aFlowChangedUnderACallEndsItOnlyWhereItMust() {
        CallFlow other = new CallFlow("social", "bye", SampleFlow.ENGLISH, new TreeMap<>(), CallFlow.Limits.DEFAULT);
        WatchedCall waiting = WatchedCall.arrived(SampleFlow.flow()).waiting();
        waiting.changeFlow(other);
        assertEquals("ask-position", words(waiting.fire(FlowTimer.ANNOUNCE)), "the router has the caller still");
        call.press('2');
        call.changeFlow(other);
        assertEquals("stop-play -PLAY -MENU_TIME hang-up", words(call.press('1')));
    }
}
