package org.helpline.ivr;

import static org.helpline.ivr.SampleFlow.ENGLISH;
import static org.helpline.ivr.SampleFlow.SPANISH;
import static org.helpline.ivr.SampleFlow.prompts;
import static org.helpline.ivr.WatchedCall.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.junit.jupiter.api.Test;

/// Callers who chose a language last time, and calls that are too many.
class HintsTest {
    private static final Optional<String> NO_LIMIT = Optional.empty();

    @Test
    void theLanguageOfLastTimeIsOfferedFirstAndTheOthersAfterIt() {
        assertEquals("answer +MENU_TIME play(es:hello+es:again+en:hello+en:choose) +PLAY", words(arrives(SPANISH)));
        assertEquals("answer +MENU_TIME play(en:hello+en:again+es:choose) +PLAY", words(arrives(ENGLISH)));
    }

    @Test
    void itIsSpokenOnlyOnceItIsChosen() {
        WatchedCall call = hinted(SPANISH);
        assertEquals(Optional.of(ENGLISH), call.state().language());
        assertEquals("stop-play -PLAY play(es:need) +PLAY", words(call.press('2')));
        assertEquals(Optional.of(SPANISH), call.state().language());
        assertEquals(Optional.empty(), call.state().hint());
        assertEquals("es", call.state().path().getLast().value());
    }

    @Test
    void somebodyElseAtThatNumberChoosesAnotherOne() {
        WatchedCall call = hinted(SPANISH);
        assertEquals("stop-play -PLAY play(en:need) +PLAY", words(call.press('1')));
        assertEquals("stop-play -PLAY play(en:hello+en:choose+es:choose) +PLAY", words(call.press('*')));
    }

    @Test
    void whoDoesNotAnswerHearsTheMenuAsItIs() {
        WatchedCall call = hinted(SPANISH);
        call.finishPlay();
        assertEquals("play(en:no-key+en:hello+en:choose+es:choose) +PLAY", words(call.fire(FlowTimer.PATIENCE)));
        call.finishPlay();
        assertEquals("-MENU_TIME play(en:bye) +PLAY", words(call.fire(FlowTimer.PATIENCE)));
        assertEquals(Optional.of(ENGLISH), call.state().language());
    }

    @Test
    void theHintIsThereAgainAfterARepeatAndAfterARestart() {
        WatchedCall call = hinted(SPANISH);
        String offered = "stop-play -PLAY play(es:hello+es:again+en:hello+en:choose) +PLAY";
        assertEquals(offered, words(call.press('9')));
        assertTrue(words(call.give(new FlowInput.Restarted())).contains("play(es:hello+es:again+en:hello"));
    }

    @Test
    void aLanguageThatIsNoChoiceIsNoHint() {
        assertEquals(
                "answer +MENU_TIME play(en:hello+en:choose+es:choose) +PLAY",
                words(arrives(new SpokenLanguage("yue"))));
    }

    @Test
    void aCallTooManyHearsThatInAllLanguagesAndIsHungUp() {
        WatchedCall call = new WatchedCall(flow(), WatchedCall.OPEN);
        assertEquals(
                "answer play(en:many+es:many) +PLAY",
                words(call.give(new FlowInput.CallArrived(Optional.empty(), Optional.of("limit-all")))));
        assertEquals(FlowPhase.HANGING_UP, call.state().phase());
        assertTrue(call.history().contains(new FlowEvent.LimitReached(WatchedCall.OPEN, "limit-all")));
        assertEquals("", words(call.press('2')));
        assertEquals("-PLAY hang-up", words(call.finishPlay()));
    }

    @Test
    void aCallTooManyHearsThatInTheLanguageOfLastTime() {
        WatchedCall call = new WatchedCall(flow(), WatchedCall.OPEN);
        assertEquals(
                "answer play(es:many) +PLAY",
                words(call.give(new FlowInput.CallArrived(Optional.of(SPANISH), Optional.of("limit-number")))));
        assertTrue(words(call.give(new FlowInput.Restarted())).contains("play(es:many)"));
    }

    @Test
    void aFlowThatHasNoWordsForItHangsUp() {
        CallFlow flow = flow();
        WatchedCall call = new WatchedCall(
                new CallFlow(flow.name(), flow.start(), ENGLISH, flow.nodes(), flow.limits()), WatchedCall.OPEN);
        assertEquals(
                "hang-up", words(call.give(new FlowInput.CallArrived(Optional.empty(), Optional.of("limit-all")))));
        call.give(new FlowInput.CallerLeft());
        assertEquals(FlowPhase.ENDED, call.state().phase());
    }

    @Test
    void whatItMaySpeakIsNeededInEachLanguage() {
        var needed = FlowChecks.promptsNeeded(flow());
        for (SpokenLanguage language : List.of(ENGLISH, SPANISH)) {
            for (String key : List.of("hello", "again", "many")) {
                assertTrue(needed.contains(new FlowEffect.PlayItem(language, key)), language + " " + key);
            }
        }
        assertEquals(List.of(), FlowChecks.check(flow()));
    }

    @Test
    void whatCannotBeIsTold() {
        CallFlow flow = flow();
        SortedMap<String, Node> nodes = new TreeMap<>(flow.nodes());
        nodes.put(
                "need",
                new Node.Menu(
                        prompts("need"),
                        prompts("again"),
                        List.of(new Choice('*', Optional.empty(), Optional.empty(), Optional.of("language"))),
                        Duration.ofSeconds(5),
                        2,
                        prompts("wrong"),
                        prompts("no-key"),
                        "bye"));
        var told =
                FlowChecks.check(new CallFlow("test", "language", ENGLISH, nodes, Limits.DEFAULT, Optional.of("need")));
        assertEquals(
                List.of(
                        "limited: is 'need', which does not hang up; a call that is one too many must end there",
                        "nodes.need.hinted: is never heard; a menu with it needs a choice with a language",
                        "nodes.many: is never reached from start 'language'"),
                told.stream().map(Object::toString).toList());
    }

    /// Digests of kept journals hang on it.
    @Test
    void aStateWithoutAHintSaysNothingOfIt() {
        assertFalse(FlowMachine.initial().toString().contains("hint"));
        assertTrue(hinted(SPANISH).state().toString().endsWith(", hint=es]"));
    }

    private static List<FlowEffect> arrives(SpokenLanguage hint) {
        return new WatchedCall(flow(), WatchedCall.OPEN).give(new FlowInput.CallArrived(Optional.of(hint), NO_LIMIT));
    }

    private static WatchedCall hinted(SpokenLanguage hint) {
        WatchedCall call = new WatchedCall(flow(), WatchedCall.OPEN);
        call.give(new FlowInput.CallArrived(Optional.of(hint), NO_LIMIT));
        return call;
    }

    private static CallFlow flow() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        nodes.put(
                "language",
                new Node.Menu(
                        List.of(
                                new Prompt("hello", Optional.empty()),
                                new Prompt("choose", Optional.of(ENGLISH)),
                                new Prompt("choose", Optional.of(SPANISH))),
                        prompts("hello", "again"),
                        List.of(
                                new Choice('1', Optional.of(ENGLISH), Optional.empty(), Optional.of("need")),
                                new Choice('2', Optional.of(SPANISH), Optional.empty(), Optional.of("need")),
                                new Choice('9', Optional.empty(), Optional.empty(), Optional.empty())),
                        Duration.ofSeconds(5),
                        2,
                        prompts("wrong"),
                        prompts("no-key"),
                        "bye"));
        nodes.put(
                "need",
                new Node.Menu(
                        prompts("need"),
                        List.of(new Choice('*', Optional.empty(), Optional.empty(), Optional.of("language"))),
                        Duration.ofSeconds(5),
                        2,
                        prompts("wrong"),
                        prompts("no-key"),
                        "bye"));
        nodes.put("bye", new Node.HangUp(prompts("bye")));
        nodes.put(
                "many",
                new Node.HangUp(
                        List.of(new Prompt("many", Optional.of(ENGLISH)), new Prompt("many", Optional.of(SPANISH)))));
        return new CallFlow("test", "language", ENGLISH, nodes, Limits.DEFAULT, Optional.of("many"));
    }
}
