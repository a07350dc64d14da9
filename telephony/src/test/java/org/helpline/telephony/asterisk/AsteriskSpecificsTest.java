package org.helpline.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.CallEvent.PlayOutcome;
import org.helpline.telephony.CarrierWorld.Answering;
import org.helpline.telephony.CarrierWorld.TestCaller;
import org.helpline.telephony.CarrierWorld.TestDevice;
import org.helpline.telephony.Census;
import org.helpline.telephony.sip.SipMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a real Asterisk can show, beyond the contract.
@Tag("system")
class AsteriskSpecificsTest {
    private static final PromptRef SHORT = new PromptRef("en", "short");
    private static final PromptRef LONG = new PromptRef("en", "long");

    private static Vertx vertx;
    private static final AsteriskTrunk TRUNK = new AsteriskTrunk();
    private static AsteriskInstance asterisk;
    private AsteriskWorld world;

    @BeforeAll
    static void startAsterisk(@TempDir Path folder) throws IOException {
        vertx = Vertx.vertx();
        Path prompts = Files.createDirectories(folder.resolve("prompts/en"));
        AsteriskCallControlTest.writeHum(prompts.resolve("short.wav"), 0.4);
        AsteriskCallControlTest.writeHum(prompts.resolve("long.wav"), 10);
        AsteriskCallControlTest.writeHum(prompts.resolve("transfer-failed.wav"), 1);
        Path site = Files.createDirectories(folder.resolve("site"));
        Files.writeString(site.resolve("pjsip_site.conf"), "[carrier](+)\nrtp_timeout=2\n[desk](+)\nrtp_timeout=2\n");
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
    void theDeviceIsAskedToAnswerByItselfAndSeesWhoCalls() {
        TestDevice device = world.device(Answering.ANSWERS);
        perform(originate("d1", device, Optional.empty()));
        world.until("answered", () -> count(CallEvent.LegAnswered.class) == 1);
        SipMessage invite = world.lastCall().invite();
        assertEquals(Optional.of("c1"), invite.header("X-Helpline-Contact"));
        assertEquals(Optional.of("<sip:helpline>;answer-after=0"), invite.header("Call-Info"));
        assertEquals(Optional.of("<http://helpline>;info=alert-autoanswer;delay=0"), invite.header("Alert-Info"));
        assertTrue(invite.header("From").orElseThrow().contains("12125550001"), invite::startLine);
    }

    @Test
    void aCallerWhoseMediaStopsEndsAsMediaLost() {
        world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        world.lastCall().media().close();
        assertEquals(EndCause.MEDIA_LOST, end(leg));
    }

    @Test
    void aDeviceWhoseMediaStopsEndsAsMediaLost() {
        perform(originate("d1", world.device(Answering.ANSWERS), Optional.empty()));
        world.until("answered", () -> count(CallEvent.LegAnswered.class) == 1);
        world.lastCall().media().close();
        assertEquals(EndCause.MEDIA_LOST, end("d1"));
    }

    @Test
    void anotherProcessFindsCallsAndBridgesAndGoesOn() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        TestDevice device = world.device(Answering.ANSWERS);
        perform(originate("d1", device, Optional.of(leg)));
        world.until("answered", () -> count(CallEvent.LegAnswered.class) == 1);
        perform(new CallCommand.Bridge("b1", List.of(leg, "d1")));
        // A bridge whose legs have gone, of which nobody will hear.
        TestDevice second = world.device(Answering.ANSWERS);
        perform(originate("d2", second, Optional.empty()));
        world.until("answered", () -> count(CallEvent.LegAnswered.class) == 2);
        perform(new CallCommand.Bridge("b2", List.of("d2")));
        second.hangUp();
        world.until("gone", () -> count(CallEvent.LegEnded.class) == 1);

        world.loseConnection();
        // As a standby does: it comes when the old owner is surely gone.
        world.settle();
        List<CallEvent> heard = new CopyOnWriteArrayList<>();
        AsteriskCarrier next = world.connectAnother(heard::add);
        Census census = ((CallEvent.CarrierConnected) heard.getFirst()).census();
        assertEquals(
                Set.of(new Census.Leg(leg, Optional.of("c1"), true), new Census.Leg("d1", Optional.of("c1"), true)),
                Set.copyOf(census.legs()));
        assertEquals("b1", census.bridges().getFirst().bridge());
        assertEquals(1, census.bridges().size());
        assertTrue(caller.talksWith(device));
        assertEquals(1, world.done(next::census).bridges().size(), "the empty bridge is taken away");
        world.done(() -> next.perform(new CallCommand.HangUp("d1")));
        world.until("the device is gone", () -> heard.contains(new CallEvent.LegEnded("d1", EndCause.NORMAL)));
        world.done(() -> next.perform(new CallCommand.Unbridge("b1")));
        caller.press('5');
        world.until("a key", () -> heard.contains(new CallEvent.DigitPressed(leg, '5')));
        caller.hangUp();
        world.until("the caller is gone", () -> heard.contains(new CallEvent.LegEnded(leg, EndCause.NORMAL)));
        assertTrue(world.done(next::census).empty());
    }

    @Test
    void eventsFlowHoweverFastAConnectionFollowsALostOne() {
        for (int round = 1; round <= 10; round++) {
            world.loseConnection();
            world.regainConnection();
            int connections = round + 1;
            world.until("connected", () -> count(CallEvent.CarrierConnected.class) >= connections);
        }
        world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        world.lastCall().hangUp();
        assertEquals(EndCause.NORMAL, end(leg));
    }

    /// Asterisk's clean-up after the lost connection may fall upon the new one; then the heartbeat mends it.
    @Test
    void eventsFlowSoonEvenAfterATakeOverWithoutAPause() {
        for (int round = 0; round < 5; round++) {
            AsteriskWorld before = world;
            before.loseConnection();
            world = new AsteriskWorld(asterisk, TRUNK, vertx, false);
            before.close();
            world.call("18005550100", Optional.of("12125550001"));
            world.until("a call", () -> count(CallEvent.CallArrived.class) == 1);
            world.lastCall().hangUp();
            world.until("its end", () -> count(CallEvent.LegEnded.class) == 1);
        }
    }

    @Test
    void aCallerHandedBackComesInAgain() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        perform(new CallCommand.Play(leg, "p1", List.of(LONG)));
        perform(new CallCommand.HandBack(leg));
        assertEquals(EndCause.NORMAL, end(leg));
        assertTrue(world.done(world.control()::census).empty());
        world.until("the call comes in again", () -> count(CallEvent.CallArrived.class) == 2);
        assertEquals(
                new CallEvent.CallArrived(
                        leg, "18005550100", Optional.of("12125550001"), Set.of(CallControl.Capability.VOICE)),
                world.events().getLast());
        assertFalse(caller.over());
        perform(new CallCommand.HangUp(leg));
    }

    @Test
    void aCallerReferredInVainHearsSomethingKindAndTheCallEnds() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        perform(new CallCommand.Refer(leg, AsteriskTrunk.NOBODY, "en"));
        assertEquals(EndCause.NORMAL, end(leg));
        world.until("a prompt", () -> world.lastCall().media().hearsAmongOthers(300));
        world.until("the call is over", caller::over);
        assertEquals(1, count(CallEvent.CallArrived.class));
    }

    @Test
    void anotherProcessFindsWhoListens() {
        world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        perform(originate("d1", world.device(Answering.ANSWERS), Optional.empty()));
        world.until("answered", () -> count(CallEvent.LegAnswered.class) == 1);
        perform(new CallCommand.Snoop("s1", leg, "d1", false));
        world.loseConnection();
        world.settle();
        List<CallEvent> heard = new CopyOnWriteArrayList<>();
        AsteriskCarrier next = world.connectAnother(heard::add);
        Census census = ((CallEvent.CarrierConnected) heard.getFirst()).census();
        assertEquals(List.of("s1"), census.snoops());
        assertEquals(2, census.legs().size(), census::toString);
        world.done(() -> next.perform(new CallCommand.Snoop("s1", leg, "d1", false)));
        world.done(() -> next.perform(new CallCommand.EndSnoop("s1")));
        // Asterisk takes the order and ends the channel a moment later.
        world.until(
                "the listening is over", () -> world.done(next::census).snoops().isEmpty());
        Census after = world.done(next::census);
        assertEquals(List.of(), after.bridges());
        assertEquals(2, after.legs().size());
    }

    @Test
    void musicComesBackAfterAPrompt() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        perform(new CallCommand.StartMusic(leg));
        world.until("music", caller::hearsMusic);
        perform(new CallCommand.Play(leg, "p1", List.of(SHORT)));
        world.until("the prompt is over", () -> count(CallEvent.PlayFinished.class) == 1);
        world.until("300 Hz is over", () -> !world.lastCall().media().hears(300));
        world.settle();
        world.settle();
        assertTrue(world.lastCall().media().hearsAnythingWithin(Duration.ofMillis(300)));
    }

    @Test
    void aPromptThatIsNotThereFails() {
        world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        perform(new CallCommand.Play(leg, "p1", List.of(new PromptRef("en", "nowhere"))));
        world.until("told", () -> world.events().contains(new CallEvent.PlayFinished(leg, "p1", PlayOutcome.FAILED)));
    }

    @Test
    void aBridgeToACallerWhoLeavesAtThatMomentIsTakenAway() {
        TestCaller caller = world.call("18005550100", Optional.of("12125550001"));
        String leg = answer();
        // Asterisk knows of the end before we do.
        caller.hangUp();
        boolean joined;
        try {
            perform(new CallCommand.Bridge("b1", List.of(leg)));
            joined = true;
        } catch (CallControlException refusal) {
            joined = false;
        }
        end(leg);
        if (joined) {
            perform(new CallCommand.Unbridge("b1"));
        }
        assertTrue(world.done(world.control()::census).empty());
    }

    @Test
    void anEndpointThatDoesNotExistIsRefusedAndLeavesNothing() {
        CallCommand.Originate call = new CallCommand.Originate(
                "d1",
                "c1",
                "PJSIP/nobody/sip:a@127.0.2.1:5080",
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ofSeconds(2));
        assertEquals(
                Kind.REFUSED,
                assertThrows(CallControlException.class, () -> perform(call)).kind());
        assertTrue(world.done(world.control()::census).empty());
    }

    private CallCommand.Originate originate(String leg, TestDevice device, Optional<String> originator) {
        return new CallCommand.Originate(
                leg, "c1", device.destination(), Optional.of("12125550001"), originator, true, Duration.ofSeconds(10));
    }

    private String answer() {
        world.until("a call", () -> count(CallEvent.CallArrived.class) == 1);
        String leg = world.events().stream()
                .filter(CallEvent.CallArrived.class::isInstance)
                .map(event -> ((CallEvent.CallArrived) event).leg())
                .findFirst()
                .orElseThrow();
        perform(new CallCommand.Answer(leg, "c1"));
        world.until("answered", () -> world.lastCall().up());
        return leg;
    }

    private EndCause end(String leg) {
        world.until("the end of " + leg, () -> count(CallEvent.LegEnded.class) == 1);
        return world.events().stream()
                .filter(CallEvent.LegEnded.class::isInstance)
                .map(event -> ((CallEvent.LegEnded) event).cause())
                .findFirst()
                .orElseThrow();
    }

    private void perform(CallCommand command) {
        world.done(() -> world.control().perform(command));
    }

    private long count(Class<? extends CallEvent> type) {
        return world.events().stream().filter(type::isInstance).count();
    }
}
