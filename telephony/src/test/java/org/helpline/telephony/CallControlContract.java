package org.helpline.telephony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallControl.Capability;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.CallEvent.PlayOutcome;
import org.helpline.telephony.CarrierWorld.Answering;
import org.helpline.telephony.CarrierWorld.TestCaller;
import org.helpline.telephony.CarrierWorld.TestDevice;
import org.helpline.telephony.CarrierWorld.TestParty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every carrier does, whoever it is.
public abstract class CallControlContract {
    private static final String CALLED = "18005550100";
    private static final PromptRef SHORT = new PromptRef("en", "short");
    private static final PromptRef LONG = new PromptRef("en", "long");
    private static final Duration RING = Duration.ofSeconds(10);

    private CarrierWorld world;

    protected abstract CarrierWorld newWorld();

    @BeforeEach
    void openWorld() {
        world = newWorld();
        world.until("connected", () -> has(CallEvent.CarrierConnected.class));
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void anArrivedCallIsAnsweredAndEndsOnceWhenTheCallerHangsUp() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        CallEvent.CallArrived call = arrival();
        assertEquals(CALLED, call.called());
        assertEquals(Optional.of("12125550001"), call.callerNumber());
        assertTrue(call.media().contains(Capability.VOICE));
        assertFalse(caller.answered());
        perform(new CallCommand.Answer(call.leg(), "c1"));
        world.until("the caller is answered", caller::answered);
        perform(new CallCommand.Answer(call.leg(), "c1"));
        caller.hangUp();
        assertEquals(EndCause.NORMAL, endOf(call.leg()));
        nothingIsLeft();
    }

    @Test
    void aWithheldNumberIsEmpty() {
        world.call(CALLED, Optional.empty());
        assertEquals(Optional.empty(), arrival().callerNumber());
    }

    @Test
    void aCallerWhoGivesUpBeforeTheAnswerEndsOnce() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        caller.hangUp();
        endOf(leg);
        assertEquals(Kind.GONE, refusal(new CallCommand.Answer(leg, "c1")));
        nothingIsLeft();
    }

    @Test
    void promptsInOnePlayFinishOnce() {
        String leg = answeredCall();
        perform(new CallCommand.Play(leg, "p1", List.of(SHORT, SHORT)));
        perform(new CallCommand.Play(leg, "p1", List.of(SHORT, SHORT)));
        world.until("the play is finished", () -> has(CallEvent.PlayFinished.class));
        world.settle();
        assertEquals(
                List.of(new CallEvent.PlayFinished(leg, "p1", PlayOutcome.COMPLETED)),
                all(CallEvent.PlayFinished.class));
    }

    @Test
    void aStoppedPlayFinishesOnceAndStoppingAgainIsHarmless() {
        String leg = answeredCall();
        perform(new CallCommand.Play(leg, "p1", List.of(LONG, LONG)));
        perform(new CallCommand.StopPlay(leg, "p1"));
        world.until("the play is stopped", () -> has(CallEvent.PlayFinished.class));
        perform(new CallCommand.StopPlay(leg, "p1"));
        world.settle();
        assertEquals(
                List.of(new CallEvent.PlayFinished(leg, "p1", PlayOutcome.STOPPED)), all(CallEvent.PlayFinished.class));
    }

    @Test
    void aPlayCutOffByTheHangUpIsFollowedByTheLegsEnd() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("the caller is answered", caller::answered);
        perform(new CallCommand.Play(leg, "p1", List.of(LONG)));
        caller.hangUp();
        endOf(leg);
        assertEquals(
                new CallEvent.LegEnded(leg, EndCause.NORMAL), world.events().getLast());
        assertEquals(Kind.GONE, refusal(new CallCommand.Play(leg, "p2", List.of(SHORT))));
    }

    @Test
    void keysArriveInOrderEachOnce() {
        pressesKeys();
    }

    /// The same once more, after a subclass has made another world.
    protected final void pressesKeysIn(CarrierWorld another) {
        world.close();
        world = another;
        pressesKeys();
    }

    private void pressesKeys() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("the caller is answered", caller::answered);
        for (char key : "21*0#".toCharArray()) {
            int before = all(CallEvent.DigitPressed.class).size();
            caller.press(key);
            world.until("key " + key, () -> all(CallEvent.DigitPressed.class).size() > before);
        }
        world.settle();
        assertEquals("21*0#", keysOf(leg));
    }

    @Test
    void musicStartsAndStopsAndBothAreHarmlessTwice() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("the caller is answered", caller::answered);
        perform(new CallCommand.StartMusic(leg));
        perform(new CallCommand.StartMusic(leg));
        world.until("the caller hears music", caller::hearsMusic);
        perform(new CallCommand.StopMusic(leg));
        perform(new CallCommand.StopMusic(leg));
        world.until("the music has stopped", () -> !caller.hearsMusic());
    }

    @Test
    void aDeviceRingsAnswersAndSeesTheContact() {
        TestDevice device = world.device(Answering.ANSWERS);
        perform(originate("d1", device));
        world.until("answered", () -> has(CallEvent.LegAnswered.class));
        perform(originate("d1", device));
        world.settle();
        assertEquals(List.of(new CallEvent.LegRinging("d1")), all(CallEvent.LegRinging.class));
        assertEquals(List.of(new CallEvent.LegAnswered("d1")), all(CallEvent.LegAnswered.class));
        assertEquals(Optional.of("contact-1"), device.contactSeen());
        assertEquals(1, device.calls());
        device.hangUp();
        assertEquals(EndCause.NORMAL, endOf("d1"));
        perform(originate("d1", device));
        world.settle();
        assertEquals(1, device.calls(), "a late repetition must not ring again");
        nothingIsLeft();
    }

    @Test
    void aBusyDeviceEndsBusy() {
        perform(originate("d1", world.device(Answering.BUSY)));
        assertEquals(EndCause.BUSY, endOf("d1"));
        nothingIsLeft();
    }

    @Test
    void aDecliningDeviceEndsRejected() {
        perform(originate("d1", world.device(Answering.REJECTS)));
        assertEquals(EndCause.REJECTED, endOf("d1"));
        nothingIsLeft();
    }

    @Test
    void aDeviceThatRingsOnEndsAsNoAnswer() {
        TestDevice device = world.device(Answering.RINGS_ON);
        perform(new CallCommand.Originate(
                "d1", "c1", device.destination(), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(2)));
        world.until("ringing", device::ringing);
        assertEquals(EndCause.NO_ANSWER, endOf("d1"));
        world.until("the device is quiet", () -> !device.ringing());
        nothingIsLeft();
    }

    @Test
    void anAbsentDeviceEndsUnreachable() {
        perform(originate("d1", world.device(Answering.ABSENT)));
        assertEquals(EndCause.UNREACHABLE, endOf("d1"));
        nothingIsLeft();
    }

    @Test
    void hangingUpARingingDeviceSilencesIt() {
        TestDevice device = world.device(Answering.RINGS_ON);
        perform(originate("d1", device));
        world.until("ringing", device::ringing);
        perform(new CallCommand.HangUp("d1"));
        endOf("d1");
        world.until("the device is quiet", () -> !device.ringing());
        nothingIsLeft();
    }

    @Test
    void bridgedPartiesHearEachOtherMusicAndPromptsAside() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        TestDevice device = world.device(Answering.ANSWERS);
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        perform(new CallCommand.StartMusic(leg));
        perform(new CallCommand.Originate(
                "d1", "c1", device.destination(), Optional.empty(), Optional.of(leg), false, RING));
        world.until("answered", () -> has(CallEvent.LegAnswered.class));
        perform(new CallCommand.Play(leg, "p1", List.of(LONG)));
        perform(new CallCommand.Bridge("b1", List.of(leg, "d1")));
        perform(new CallCommand.Bridge("b1", List.of(leg, "d1")));
        assertTrue(caller.talksWith(device));
        assertFalse(caller.hearsMusic());
        assertEquals(
                List.of(new CallEvent.PlayFinished(leg, "p1", PlayOutcome.STOPPED)), all(CallEvent.PlayFinished.class));
        Census.BridgeEntry bridge =
                world.done(world.control()::census).bridges().getFirst();
        assertEquals("b1", bridge.bridge());
        assertEquals(2, bridge.legs().size());

        device.hangUp();
        assertEquals(EndCause.NORMAL, endOf("d1"));
        assertFalse(caller.over());
        perform(new CallCommand.Unbridge("b1"));
        perform(new CallCommand.Unbridge("b1"));
        caller.hangUp();
        assertEquals(EndCause.NORMAL, endOf(leg));
        nothingIsLeft();
    }

    @Test
    void weHangUpTheCallerAndAGoneLegIsASuccess() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("the caller is answered", caller::answered);
        perform(new CallCommand.HangUp(leg));
        assertEquals(EndCause.NORMAL, endOf(leg));
        world.until("the caller's call is over", caller::over);
        perform(new CallCommand.HangUp(leg));
        perform(new CallCommand.HangUp("never-was"));
        assertEquals(Kind.GONE, refusal(new CallCommand.Bridge("b1", List.of(leg))));
        nothingIsLeft();
    }

    @Test
    void theCensusNamesContactAndState() {
        TestDevice device = world.device(Answering.RINGS_ON);
        String leg = answeredCall();
        perform(originate("d1", device));
        world.until("ringing", device::ringing);
        Census census = world.done(world.control()::census);
        assertEquals(2, census.legs().size());
        assertTrue(census.legs().contains(new Census.Leg(leg, Optional.of("c1"), true)), census::toString);
        assertTrue(census.legs().contains(new Census.Leg("d1", Optional.of("contact-1"), false)), census::toString);
    }

    @Test
    void aHandedBackCallerLeavesUsButADevicesLegIsHungUp() {
        TestDevice device = world.device(Answering.ANSWERS);
        String leg = answeredCall();
        perform(originate("d1", device));
        world.until("answered", () -> has(CallEvent.LegAnswered.class));
        perform(new CallCommand.HandBack(leg));
        perform(new CallCommand.HandBack("d1"));
        endOf(leg);
        endOf("d1");
        perform(new CallCommand.HandBack(leg));
    }

    @Test
    void aLostConnectionIsToldAndRegainedWithACensusAfterTheLegsThatAreGone() {
        TestCaller stays = world.call(CALLED, Optional.of("12125550001"));
        String staying = arrival().leg();
        perform(new CallCommand.Answer(staying, "c1"));
        TestCaller leaves = world.call(CALLED, Optional.of("12125550002"));
        world.until("the second call", () -> all(CallEvent.CallArrived.class).size() == 2);
        String leaving = all(CallEvent.CallArrived.class).getLast().leg();
        perform(new CallCommand.Answer(leaving, "c2"));
        world.until("both are answered", () -> stays.answered() && leaves.answered());
        perform(new CallCommand.Play(staying, "p1", List.of(SHORT)));

        world.loseConnection();
        world.until("the loss is told", () -> has(CallEvent.CarrierLost.class));
        assertEquals(Kind.DISCONNECTED, refusal(new CallCommand.StartMusic(staying)));
        leaves.hangUp();
        world.settle();
        world.regainConnection();
        world.until(
                "connected again", () -> all(CallEvent.CarrierConnected.class).size() == 2);

        CallEvent.CarrierConnected again = all(CallEvent.CarrierConnected.class).getLast();
        assertEquals(
                List.of(new Census.Leg(staying, Optional.of("c1"), true)),
                again.census().legs());
        CallEvent.LegEnded gone = new CallEvent.LegEnded(leaving, EndCause.NORMAL);
        assertEquals(List.of(gone), all(CallEvent.LegEnded.class));
        assertTrue(world.events().indexOf(gone) < world.events().indexOf(again));
        world.until("the play is told", () -> has(CallEvent.PlayFinished.class));
        perform(new CallCommand.StartMusic(staying));
        world.until("the caller hears music", stays::hearsMusic);
        stays.hangUp();
        assertEquals(EndCause.NORMAL, endOf(staying));
        nothingIsLeft();
    }

    @Test
    void aReplacedCarrierStepsDown() {
        String leg = answeredCall();
        world.replace();
        world.until("told", () -> has(CallEvent.CarrierReplaced.class));
        assertEquals(Kind.DISCONNECTED, refusal(new CallCommand.HangUp(leg)));
        world.settle();
        assertEquals(new CallEvent.CarrierReplaced(), world.events().getLast());
    }

    @Test
    void aListenerHearsBothAndIsHeardByNeither() {
        Talk talk = talk();
        perform(new CallCommand.Snoop("s1", "d1", "d2", false));
        perform(new CallCommand.Snoop("s1", "d1", "d2", false));
        world.until("the listener hears the agent", () -> talk.listener.hears(talk.agent));
        world.until("the listener hears the caller", () -> talk.listener.hears(talk.caller));
        unheard(talk.caller, talk.listener);
        unheard(talk.agent, talk.listener);
        theTwoGoOnWithoutListener(talk, "s1");
    }

    @Test
    void aWhisperIsHeardByTheOneListenedToAlone() {
        Talk talk = talk();
        perform(new CallCommand.Snoop("s1", "d1", "d2", true));
        world.until("the agent hears the whisper", () -> talk.agent.hears(talk.listener));
        world.until("the agent hears the caller, too", () -> talk.agent.hears(talk.caller));
        world.until("the whisperer hears the agent", () -> talk.listener.hears(talk.agent));
        world.until("the whisperer hears the caller", () -> talk.listener.hears(talk.caller));
        unheard(talk.caller, talk.listener);
        theTwoGoOnWithoutListener(talk, "s1");
    }

    @Test
    void aListenerMayWhisperThenJoinThenListenAgain() {
        Talk talk = talk();
        perform(new CallCommand.Snoop("s1", "d1", "d2", false));
        perform(new CallCommand.EndSnoop("s1"));
        perform(new CallCommand.Snoop("s2", "d1", "d2", true));
        world.until("the agent hears the whisper", () -> talk.agent.hears(talk.listener));
        perform(new CallCommand.EndSnoop("s2"));
        perform(new CallCommand.Bridge("b1", List.of("d2")));
        world.until("the caller hears who joined", () -> talk.caller.hears(talk.listener));
        world.until("the agent hears who joined", () -> talk.agent.hears(talk.listener));
        world.until("who joined hears the caller", () -> talk.listener.hears(talk.caller));
        world.until("who joined hears the agent", () -> talk.listener.hears(talk.agent));
        perform(new CallCommand.Snoop("s3", "d1", "d2", false));
        world.until("the listener hears the caller", () -> talk.listener.hears(talk.caller));
        unheard(talk.caller, talk.listener);
        unheard(talk.agent, talk.listener);
        theTwoGoOnWithoutListener(talk, "s3");
    }

    @Test
    void theCensusNamesWhoListens() {
        talk();
        perform(new CallCommand.Snoop("s1", "d1", "d2", false));
        Census census = world.done(world.control()::census);
        assertEquals(List.of("s1"), census.snoops());
        assertEquals(
                Set.of("s1", "d2"),
                census.bridges().stream()
                        .filter(bridge -> bridge.bridge().equals("s1"))
                        .flatMap(bridge -> bridge.legs().stream())
                        .collect(Collectors.toSet()));
        assertEquals(3, census.legs().size(), census::toString);
        perform(new CallCommand.EndSnoop("s1"));
        perform(new CallCommand.EndSnoop("s1"));
        world.until(
                "the listening is over",
                () -> world.done(world.control()::census).snoops().isEmpty());
        Census after = world.done(world.control()::census);
        assertEquals(1, after.bridges().size(), after::toString);
        perform(new CallCommand.Unbridge("b1"));
    }

    @Test
    void listeningEndsWithEitherLeg() {
        Talk talk = talk();
        perform(new CallCommand.Snoop("s1", "d1", "d2", false));
        talk.listener.hangUp();
        endOf("d2");
        world.until(
                "nobody listens",
                () -> world.done(world.control()::census).snoops().isEmpty());
        perform(originate("d3", talk.listener));
        world.until("answered", () -> all(CallEvent.LegAnswered.class).size() == 3);
        perform(new CallCommand.Snoop("s2", "d1", "d3", true));
        talk.agent.hangUp();
        endOf("d1");
        world.until(
                "nobody listens",
                () -> world.done(world.control()::census).snoops().isEmpty());
        assertEquals(0, endsOf("d3").size());
        assertEquals(Kind.GONE, refusal(new CallCommand.Snoop("s3", "d1", "d3", true)));
        assertEquals(Kind.GONE, refusal(new CallCommand.Snoop("s4", "d3", "d2", true)));
        perform(new CallCommand.HangUp("d3"));
        perform(new CallCommand.EndSnoop("s2"));
        perform(new CallCommand.Unbridge("b1"));
        talk.caller.hangUp();
        endOf(talk.leg);
        nothingIsLeft();
    }

    @Test
    void aReferredCallerTalksWithTheNumberAndIsOursNoMore() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("the caller is answered", caller::answered);
        perform(new CallCommand.StartMusic(leg));
        assertEquals(Kind.REFUSED, refusal(new CallCommand.Refer(leg, "911&Local/1", "en")));
        perform(new CallCommand.Refer(leg, "+18005550222", "en"));
        assertEquals(EndCause.NORMAL, endOf(leg));
        world.until("the number is called", () -> world.calledOutside("+18005550222", caller));
        nothingIsLeft();
        assertEquals(Kind.GONE, refusal(new CallCommand.Refer(leg, "+18005550222", "en")));
        assertEquals(1, all(CallEvent.CallArrived.class).size());
    }

    @Test
    void onlyACallerIsReferred() {
        perform(originate("d1", world.device(Answering.ANSWERS)));
        world.until("answered", () -> has(CallEvent.LegAnswered.class));
        assertEquals(Kind.REFUSED, refusal(new CallCommand.Refer("d1", "18005550222", "en")));
    }

    /// A caller and an agent who talk on bridge `b1`, and somebody called who hears nobody yet.
    private record Talk(String leg, TestCaller caller, TestDevice agent, TestDevice listener) {}

    private Talk talk() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("the caller is answered", caller::answered);
        Talk talk = new Talk(leg, caller, world.device(Answering.ANSWERS), world.device(Answering.ANSWERS));
        perform(originate("d1", talk.agent));
        perform(originate("d2", talk.listener));
        world.until("both answered", () -> all(CallEvent.LegAnswered.class).size() == 2);
        perform(new CallCommand.Bridge("b1", List.of(leg, "d1")));
        assertTrue(caller.talksWith(talk.agent));
        return talk;
    }

    private void theTwoGoOnWithoutListener(Talk talk, String snoop) {
        perform(new CallCommand.EndSnoop(snoop));
        assertEquals(0, endsOf("d2").size());
        world.until("the agent hears the caller", () -> talk.agent.hears(talk.caller));
        world.until("the caller hears the agent", () -> talk.caller.hears(talk.agent));
        unheard(talk.agent, talk.listener);
        unheard(talk.listener, talk.agent);
        perform(new CallCommand.HangUp("d2"));
        endOf("d2");
        assertTrue(talk.caller.talksWith(talk.agent));
        talk.agent.hangUp();
        endOf("d1");
        perform(new CallCommand.Unbridge("b1"));
        talk.caller.hangUp();
        endOf(talk.leg);
        nothingIsLeft();
    }

    private void unheard(TestParty by, TestParty voice) {
        world.until("silence", () -> !by.hears(voice));
        world.settle();
        assertFalse(by.hears(voice));
    }

    private CallCommand.Originate originate(String leg, TestDevice device) {
        return new CallCommand.Originate(
                leg, "contact-1", device.destination(), Optional.of("12125550001"), Optional.empty(), true, RING);
    }

    private String answeredCall() {
        TestCaller caller = world.call(CALLED, Optional.of("12125550001"));
        String leg = arrival().leg();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("the caller is answered", caller::answered);
        return leg;
    }

    private CallEvent.CallArrived arrival() {
        world.until("a call", () -> has(CallEvent.CallArrived.class));
        return all(CallEvent.CallArrived.class).getFirst();
    }

    /// Waits for the leg's end and makes sure that it is the only one.
    private EndCause endOf(String leg) {
        world.until("the end of " + leg, () -> endsOf(leg).size() == 1);
        world.settle();
        assertEquals(1, endsOf(leg).size());
        return endsOf(leg).getFirst().cause();
    }

    private List<CallEvent.LegEnded> endsOf(String leg) {
        return all(CallEvent.LegEnded.class).stream()
                .filter(ended -> ended.leg().equals(leg))
                .toList();
    }

    private void nothingIsLeft() {
        assertTrue(world.done(world.control()::census).empty());
    }

    private String keysOf(String leg) {
        StringBuilder keys = new StringBuilder();
        all(CallEvent.DigitPressed.class).stream()
                .filter(digit -> digit.leg().equals(leg))
                .forEach(digit -> keys.append(digit.key()));
        return keys.toString();
    }

    private void perform(CallCommand command) {
        world.done(() -> world.control().perform(command));
    }

    private Kind refusal(CallCommand command) {
        return assertThrows(CallControlException.class, () -> perform(command)).kind();
    }

    private boolean has(Class<? extends CallEvent> type) {
        return !all(type).isEmpty();
    }

    private <E extends CallEvent> List<E> all(Class<E> type) {
        return world.events().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
