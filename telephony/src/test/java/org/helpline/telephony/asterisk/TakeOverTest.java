package org.helpline.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.CallEvent.PlayOutcome;
import org.helpline.telephony.CarrierWorld.Answering;
import org.helpline.telephony.CarrierWorld.TestCaller;
import org.helpline.telephony.CarrierWorld.TestDevice;
import org.helpline.telephony.Census;
import org.helpline.telephony.sip.RtpPeer;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that was killed while it carried calls, and the one that comes after it.
@Tag("system")
class TakeOverTest {
    private static final PromptRef LONG = new PromptRef("en", "long");
    private static final Duration QUIET_ALLOWED = Duration.ofMillis(200);

    private static Vertx vertx;
    private static final AsteriskTrunk TRUNK = new AsteriskTrunk();
    private static AsteriskInstance asterisk;
    private final List<CallEvent> heard = new CopyOnWriteArrayList<>();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private AsteriskWorld world;
    private AsteriskCarrier next;

    @BeforeAll
    static void startAsterisk(@TempDir Path folder) throws IOException {
        vertx = Vertx.vertx();
        Path prompts = Files.createDirectories(folder.resolve("prompts/en"));
        AsteriskCallControlTest.writeHum(prompts.resolve("long.wav"), 6);
        // Music without a pause of its own.
        Path music = Files.createDirectories(folder.resolve("music"));
        AsteriskCallControlTest.writeHum(music.resolve("hum.wav"), 440, 60);
        Path site = Files.createDirectories(folder.resolve("site"));
        Files.writeString(site.resolve("musiconhold.conf"), "[default]\nmode=files\ndirectory=" + music + "\n");
        TRUNK.configure(site);
        asterisk = AsteriskInstance.start(prompts.getParent(), "--site", site.toString());
    }

    @AfterAll
    static void stopAsterisk() {
        if (asterisk != null) {
            asterisk.close();
        }
        TRUNK.close();
        vertx.close().await();
    }

    @BeforeEach
    void openWorld() {
        world = new AsteriskWorld(asterisk, TRUNK, vertx, false);
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void keysPromptsAndMusicGoOn() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        SipCall call = world.lastCall();
        perform(new CallCommand.Play(leg, "p1", List.of(LONG)));
        world.until("the prompt", () -> call.media().hears(300));
        takeOver();
        // As one does who only knows that it was to be heard.
        then(new CallCommand.Play(leg, "p1", List.of(LONG)));
        caller.press('7');
        world.until("a key", () -> heard.contains(new CallEvent.DigitPressed(leg, '7')));
        CallEvent finished = new CallEvent.PlayFinished(leg, "p1", PlayOutcome.COMPLETED);
        world.until("its end", () -> heard.contains(finished));
        world.until("it was heard once", () -> !call.media().hearsAnythingWithin(Duration.ofMillis(500)));
        then(new CallCommand.Play(leg, "p2", List.of(LONG)));
        world.until("the prompt", () -> call.media().hears(300));
        takeOver();
        then(new CallCommand.StopPlay(leg, "p2"));
        world.until("told", () -> heard.contains(new CallEvent.PlayFinished(leg, "p2", PlayOutcome.STOPPED)));
        world.until("it is stopped", () -> !call.media().hearsAnythingWithin(Duration.ofMillis(300)));
        then(new CallCommand.StartMusic(leg));
        world.until("music", caller::hearsMusic);
        then(new CallCommand.StopMusic(leg));
        world.until("no music", () -> !call.media().hearsAnythingWithin(Duration.ofMillis(300)));
        caller.hangUp();
        world.until("its end", () -> heard.contains(new CallEvent.LegEnded(leg, EndCause.NORMAL)));
    }

    @Test
    void aPromptThatEndedUnheardIsPlayedAgainAndACallerWhoLeftIsGone() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        SipCall call = world.lastCall();
        perform(new CallCommand.Play(leg, "p1", List.of(LONG)));
        world.until("the prompt", () -> call.media().hears(300));
        world.loseConnection();
        world.until("its end", () -> !call.media().hearsAnythingWithin(Duration.ofMillis(500)));
        takeOver();
        then(new CallCommand.Play(leg, "p1", List.of(LONG)));
        world.until("the prompt again", () -> call.media().hears(300));
        world.done(next::close);
        caller.hangUp();
        world.until("no channel is left", () -> !asterisk.hasChannels());
        assertTrue(takeOver().empty());
    }

    @Test
    void musicComesBackAfterAPromptAlsoWhenNobodyIsThereToAskForIt() {
        world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        SipCall call = world.lastCall();
        perform(new CallCommand.StartMusic(leg));
        world.until("music", () -> call.media().hears(440));
        perform(new CallCommand.Play(leg, "p1", List.of(LONG)));
        world.until("the prompt", () -> call.media().hears(300));
        world.loseConnection();
        world.until("music again", () -> call.media().hears(440));
    }

    /// Asterisk sets variables of a channel, and joins it, when its prompt is over, and until then reads nothing
    /// else of what the same WebSocket brings.
    @Test
    void whoHearsAPromptOfTheProcessBeforeHoldsNobodyUp() {
        world.call("18005550100", Optional.of("12125550001"));
        String hears = answer();
        RtpPeer hearersEar = world.lastCall().media();
        TestCaller waits = world.call("18005550100", Optional.of("12125550002"));
        String waiting = answer();
        perform(new CallCommand.Play(hears, "p1", List.of(LONG)));
        world.until("the prompt", () -> hearersEar.hears(300));
        takeOver();
        long begun = System.nanoTime();
        then(new CallCommand.StartMusic(hears));
        world.done(() -> {
            // It is answered when the prompt is over; nobody here waits for that.
            var _ = next.perform(new CallCommand.Bridge("b1", List.of(hears)));
            return next.perform(new CallCommand.StartMusic(waiting));
        });
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(hearersEar.hears(300), "the prompt should be heard still, after " + took);
        world.until("music", waits::hearsMusic);
        world.until(
                "joined",
                () -> world.done(next::census).bridges().stream()
                        .anyMatch(bridge ->
                                bridge.bridge().equals("b1") && bridge.legs().equals(List.of(hears))));
        then(new CallCommand.Unbridge("b1"));
    }

    @Test
    void whoRingsIsAnsweredOrNotAsBefore() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        TestDevice slow = world.device(Answering.ANSWERS_SLOWLY);
        originate("slow", slow, leg, 20);
        originate("never", world.device(Answering.RINGS_ON), leg, 5);
        world.until("both ring", () -> count(world.events(), CallEvent.LegRinging.class) == 2);
        Census census = takeOver();
        assertEquals(
                Set.of(
                        new Census.Leg(leg, Optional.of("c1"), true),
                        new Census.Leg("slow", Optional.of("c1"), false),
                        new Census.Leg("never", Optional.of("c1"), false)),
                Set.copyOf(census.legs()));
        // It rings already.
        originateAgain("slow", leg);
        world.until("answered", () -> heard.contains(new CallEvent.LegAnswered("slow")));
        then(new CallCommand.Bridge("b1", List.of(leg, "slow")));
        world.until("no answer", () -> heard.contains(new CallEvent.LegEnded("never", EndCause.NO_ANSWER)));
        assertTrue(caller.talksWith(slow));
        then(new CallCommand.HangUp("slow"));
        world.until("hung up", () -> heard.contains(new CallEvent.LegEnded("slow", EndCause.NORMAL)));
        assertEquals(1, count(heard, CallEvent.LegAnswered.class));
        assertEquals(2, count(heard, CallEvent.LegEnded.class));
    }

    @Test
    void nobodyHearsThatAnotherProcessHasTakenOver() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String talking = answer();
        RtpPeer callersEar = world.lastCall().media();
        TestDevice device = world.device(Answering.ANSWERS);
        originate("d1", device, talking, 20);
        world.until("answered", () -> count(world.events(), CallEvent.LegAnswered.class) == 1);
        RtpPeer agentsEar = world.lastCall().media();
        perform(new CallCommand.Bridge("b1", List.of(talking, "d1")));
        assertTrue(caller.talksWith(device));
        TestCaller waits = world.call("18005550100", Optional.of("12125550002"));
        String waiting = answer();
        RtpPeer waitersEar = world.lastCall().media();
        perform(new CallCommand.StartMusic(waiting));
        world.until("music", waits::hearsMusic);
        List<RtpPeer> ears = List.of(callersEar, agentsEar, waitersEar);
        try (Stalls stalls = new Stalls()) {
            ears.forEach(RtpPeer::measureQuiet);
            takeOver();
            // What every take-over does: it asks for what should be there.
            then(new CallCommand.Bridge("b1", List.of(talking, "d1")));
            then(new CallCommand.StartMusic(waiting));
            world.settle();
            Duration allowed = QUIET_ALLOWED.plus(stalls.longest());
            for (RtpPeer ear : ears) {
                assertTrue(
                        ear.longestQuiet().compareTo(allowed) < 0, () -> ear.longestQuiet() + " of at most " + allowed);
            }
        }
        assertTrue(caller.talksWith(device));
        then(new CallCommand.Unbridge("b1"));
        world.until("they hear each other no more", () -> !callersEar.hearsAnythingWithin(Duration.ofMillis(300)));
        then(new CallCommand.Bridge("b2", List.of(talking, "d1")));
        assertTrue(caller.talksWith(device));
    }

    @Test
    void aListeningEndsWithItsListener() {
        world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        TestDevice supervisor = world.device(Answering.ANSWERS);
        originate("d1", supervisor, leg, 20);
        world.until("answered", () -> count(world.events(), CallEvent.LegAnswered.class) == 1);
        perform(new CallCommand.Snoop("s1", leg, "d1", false));
        assertEquals(List.of("s1"), takeOver().snoops());
        supervisor.hangUp();
        world.until("it is over", () -> {
            Census census = world.done(next::census);
            return census.snoops().isEmpty() && census.bridges().isEmpty();
        });
    }

    @Test
    void aCallThatWasNeverAnsweredComesInAgain() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        world.until("a call", () -> count(world.events(), CallEvent.CallArrived.class) == 1);
        Census census = takeOver();
        String leg = census.legs().getFirst().leg();
        assertEquals(List.of(new Census.Leg(leg, Optional.empty(), false)), census.legs());
        then(new CallCommand.HandBack(leg));
        world.until("it comes again", () -> count(heard, CallEvent.CallArrived.class) == 1);
        then(new CallCommand.Answer(leg, "c1"));
        world.until("answered", caller::answered);
    }

    /// The process so far hears nothing any more, as after a `kill -9`, and another one connects.
    private Census takeOver() {
        world.loseConnection();
        if (next != null) {
            world.done(next::close);
        }
        // When the old connection is surely gone: no process starts faster than that.
        world.settle();
        heard.clear();
        next = world.connectAnother(heard::add);
        assertFalse(heard.isEmpty());
        return ((CallEvent.CarrierConnected) heard.getFirst()).census();
    }

    private void originate(String leg, TestDevice device, String originator, int seconds) {
        perform(new CallCommand.Originate(
                leg,
                "c1",
                device.destination(),
                Optional.empty(),
                Optional.of(originator),
                true,
                Duration.ofSeconds(seconds)));
    }

    private void originateAgain(String leg, String originator) {
        then(new CallCommand.Originate(
                leg,
                "c1",
                "PJSIP/desk/sip:nobody@127.0.2.9:9",
                Optional.empty(),
                Optional.of(originator),
                true,
                Duration.ofSeconds(5)));
    }

    /// The call that has come last, answered.
    private String answer() {
        world.until("a call", () -> !arrived().isEmpty() && !answered.contains(latest()));
        String leg = latest();
        answered.add(leg);
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("answered", () -> world.lastCall().up());
        return leg;
    }

    private String latest() {
        return arrived().getLast().leg();
    }

    private List<CallEvent.CallArrived> arrived() {
        return world.events().stream()
                .filter(CallEvent.CallArrived.class::isInstance)
                .map(CallEvent.CallArrived.class::cast)
                .toList();
    }

    private static long count(List<CallEvent> events, Class<? extends CallEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    private void perform(CallCommand command) {
        world.done(() -> world.control().perform(command));
    }

    /// As the next process.
    private void then(CallCommand command) {
        world.done(() -> next.perform(command));
    }
}
