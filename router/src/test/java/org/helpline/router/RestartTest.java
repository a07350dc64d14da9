package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a start of Helpline means for agents and for what they have in hand.
class RestartTest {
    private final Scene scene =
            Scene.with(agent("agent1", EN), agent("phone", OfferOn.DEVICE, Map.of(Scene.SNAP_SKILL, 5), EN));

    @BeforeEach
    void ready() {
        scene.ready("agent1");
    }

    private void restart() {
        scene.accepted(new Input.Restarted());
    }

    @Test
    void readyStaysSoWhenTheSocketIsBackInTime() {
        restart();
        assertEquals(List.of("AgentSocketLost"), scene.happened());
        scene.pass(14).assertAgent("agent1", AgentState.READY);
        Instant idleSince = scene.agent("agent1").since();

        scene.connect("agent1");
        scene.pass(60).assertAgent("agent1", AgentState.READY);
        assertEquals(idleSince, scene.agent("agent1").since());
    }

    @Test
    void readyBecomesNotReadyAfterFifteenSeconds() {
        restart();
        scene.pass(15).assertNotReady("agent1", "disconnected");
    }

    @Test
    void nobodyIsOfferedAnythingBeforeTheSocketIsBack() {
        restart();
        scene.call("c1");
        scene.assertContact("c1", ContactState.WAITING);
        scene.connect("agent1");
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void whoWasAwayAlreadyIsAwaitedAnew() {
        scene.disconnect("agent1");
        scene.pass(4);
        restart();
        scene.pass(14).assertAgent("agent1", AgentState.READY);
        scene.pass(1).assertNotReady("agent1", "disconnected");
    }

    @Test
    void offerSurvivesAndCanBeAccepted() {
        scene.call("c1");
        scene.pass(18);
        restart();
        assertEquals(List.of("AgentSocketLost", "OfferExtended"), scene.happened());
        assertEquals(
                Optional.of(scene.now().plusSeconds(15)), scene.contact("c1").offerExpiresAt());
        scene.assertOfferedTo("c1", "agent1");

        scene.pass(10).connect("agent1");
        assertEquals(List.of("AgentSocketRestored", "OfferExtended"), scene.happened());
        scene.pass(14).accept("agent1");
        scene.answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
    }

    @Test
    void offerThatHasLongerKeepsItsTime() {
        scene.call("c1");
        Instant expires = scene.contact("c1").offerExpiresAt().orElseThrow();
        scene.pass(1);
        restart();
        assertEquals(List.of("AgentSocketLost"), scene.happened());
        assertEquals(Optional.of(expires), scene.contact("c1").offerExpiresAt());
        assertEquals(List.of(TimerKey.Kind.OFFER, TimerKey.Kind.AGENT_AWAY), scene.timers());
    }

    @Test
    void offerToAnAgentWhoStaysAwayIsNoRingNoAnswer() {
        scene.call("c1");
        Instant queuedAt = scene.now();
        restart();
        scene.pass(15);
        scene.assertNotReady("agent1", "disconnected");
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(queuedAt, scene.contact("c1").waitingSince());
        assertTrue(scene.journal.stream()
                .anyMatch(event ->
                        event instanceof Event.OfferEnded ended && ended.outcome() == Event.OfferOutcome.RESCINDED));
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void timersOfBeforeCountNoMore() {
        scene.call("c1");
        Event.TimerStarted before = scene.core.state().timers().getFirst();
        restart();
        scene.accepted(new Input.TimerFired(before.key(), before.generation()));
        assertEquals(List.of(), scene.happened());
        assertNotEquals(before, scene.core.state().timers().getFirst());
    }

    @Test
    void ringingDeviceMayBeAnsweredWhileTheSocketIsAway() {
        scene.call("c1");
        scene.accept("agent1");
        scene.pass(9);
        restart();
        scene.pass(5).answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
        scene.pass(600).assertContact("c1", ContactState.TALKING);
        scene.callerLeft("c1");
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }

    @Test
    void ringingDeviceOfAnAgentWhoStaysAwayGivesTheContactBack() {
        scene.call("c1");
        scene.accept("agent1");
        restart();
        scene.pass(12).assertContact("c1", ContactState.WAITING);
        scene.assertNotReady("agent1", "device-failed");
    }

    @Test
    void whoBecomesFreeWhileAwaitedIsReadyAndStillAwaited() {
        scene.call("c1");
        restart();
        scene.pass(5).callerLeft("c1");
        scene.assertAgent("agent1", AgentState.READY);
        assertEquals(List.of(TimerKey.Kind.AGENT_AWAY), scene.timers());
        scene.pass(9).assertAgent("agent1", AgentState.READY);
        scene.pass(1).assertNotReady("agent1", "disconnected");
    }

    @Test
    void offerOnTheDeviceRingsOn() {
        scene.setNotReady("agent1", "break");
        scene.ready("phone");
        scene.call("c1");
        scene.assertOfferedTo("c1", "phone");
        restart();
        scene.answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
    }

    @Test
    void talkingGoesOn() {
        scene.talking("c1", "agent1");
        restart();
        assertEquals(List.of("AgentSocketLost"), scene.happened());
        assertEquals(List.of(), scene.asked());
        assertEquals(List.of(), scene.timers());
        scene.connect("agent1");
        scene.hangUp("agent1", "c1");
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }

    @Test
    void lostDeviceIsAwaitedAnew() {
        scene.talking("c1", "agent1");
        scene.disconnect("agent1");
        scene.deviceLeft("c1", false);
        scene.pass(14);
        restart();
        scene.pass(14).assertContact("c1", ContactState.AGENT_LOST);
        scene.connect("agent1");
        assertEquals(List.of("AgentSocketRestored", "ContactConnecting"), scene.happened());
    }

    @Test
    void wrapUpLimitLeavesTimeToComeBack() {
        scene.talking("c1", "agent1");
        scene.callerLeft("c1");
        scene.pass(119);
        restart();
        scene.pass(14).connect("agent1");
        scene.wrapUp("agent1", "c1");
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void wrapUpLimitRunsOnWhenItIsFarAway() {
        scene.talking("c1", "agent1");
        scene.callerLeft("c1");
        scene.pass(30);
        restart();
        assertEquals(List.of(TimerKey.Kind.WRAP_UP), scene.timers());
        scene.pass(90).assertNotReady("agent1", "disconnected");
    }

    @Test
    void supervisorsDeviceRingsOn() {
        scene.talking("c1", "agent1");
        scene.accepted(new Input.Supervise(new SupervisorId("s1"), new ContactId("c1"), SupervisionMode.MONITOR));
        LegId leg = scene.core.state().supervisions().getFirst().leg();
        scene.pass(11);
        restart();
        scene.pass(11);
        scene.accepted(new Input.DeviceAnswered(leg));
        assertTrue(scene.core.state().supervisions().getFirst().listening());
    }

    @Test
    void aSecondStartBeginsAllClocksAgain() {
        scene.call("c1");
        restart();
        scene.pass(14);
        restart();
        scene.pass(14).assertOfferedTo("c1", "agent1");
        scene.connect("agent1");
        scene.accept("agent1");
        scene.failed("c1", DeviceFailure.ERROR);
        scene.assertNotReady("agent1", "device-failed");
    }
}
