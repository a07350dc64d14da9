package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Decision 8, row by row.
class DroppedSocketTest {
    private final Scene scene = Scene.with(agent("agent1", EN));

    @BeforeEach
    void ready() {
        scene.ready("agent1");
    }

    @Test
    void readyBecomesNotReadyAfterFiveSeconds() {
        scene.disconnect("agent1");
        scene.pass(4).assertAgent("agent1", AgentState.READY);
        scene.pass(1).assertNotReady("agent1", "disconnected");

        scene.connect("agent1");
        assertEquals(List.of("AgentSocketRestored"), scene.happened());
        scene.assertNotReady("agent1", "disconnected");
    }

    @Test
    void readyWithoutASocketGetsNoOfferUntilItIsBack() {
        scene.disconnect("agent1");
        scene.call("c1");
        scene.assertContact("c1", ContactState.WAITING);

        scene.pass(3).connect("agent1");

        assertEquals(List.of("AgentSocketRestored", "OfferMade"), scene.happened());
        scene.assertOfferedTo("c1", "agent1");
        assertEquals(List.of(TimerKey.Kind.OFFER), scene.timers());
    }

    @Test
    void offerOutIsRescindedAtOnce() {
        scene.call("c1");
        scene.disconnect("agent1");
        assertEquals(List.of("AgentSocketLost", "OfferEnded RESCINDED"), scene.happened());
        scene.assertNotReady("agent1", "disconnected");
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void connectingIsGivenBackAtOnce() {
        scene.call("c1");
        Instant queuedAt = scene.now();
        scene.accept("agent1");
        scene.pass(1).disconnect("agent1");
        assertEquals(List.of("AgentSocketLost", "ContactRequeued AGENT_LOST"), scene.happened());
        assertEquals(List.of("ReleaseDevice", "ReturnToWaiting"), scene.asked());
        scene.assertNotReady("agent1", "disconnected");
        assertEquals(queuedAt, scene.contact("c1").waitingSince());
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void talkingGoesOnAndTheWrapUpClosesAsUndeterminedAfterAMinute() {
        scene.talking("c1", "agent1");
        scene.disconnect("agent1");
        assertEquals(List.of("AgentSocketLost"), scene.happened());
        scene.pass(600).assertContact("c1", ContactState.TALKING);

        scene.deviceLeft("c1", true);
        scene.assertAgent("agent1", AgentState.WRAP_UP);
        scene.pass(59).assertAgent("agent1", AgentState.WRAP_UP);
        scene.pass(1);

        assertEquals(List.of(), scene.only(Event.WrapUpCompleted.class).inquiries());
        scene.assertNotReady("agent1", "disconnected");
        assertTrue(scene.gone("c1"));
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void talkingAndBackInTimeTheWrapUpHasItsWholeLimit() {
        scene.talking("c1", "agent1");
        scene.disconnect("agent1");
        scene.callerLeft("c1");
        scene.pass(59).connect("agent1");
        scene.pass(60).assertAgent("agent1", AgentState.WRAP_UP);
        scene.wrapUp("agent1", "c1");
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void deviceGoneTooTheCallerIsComfortedAndRequeuedAfterFifteenSeconds() {
        scene.call("c1");
        Instant queuedAt = scene.now();
        scene.accept("agent1");
        scene.answered("c1");
        scene.pass(20).disconnect("agent1");

        scene.pass(1).deviceLeft("c1", false);
        assertEquals(List.of("AgentLost"), scene.happened());
        assertEquals(List.of("ComfortCaller"), scene.asked());
        assertEquals(List.of(TimerKey.Kind.DEVICE_LOST), scene.timers());

        scene.pass(14).assertContact("c1", ContactState.AGENT_LOST);
        scene.pass(1);
        assertEquals(List.of("ContactRequeued AGENT_LOST"), scene.happened());
        assertEquals(List.of("ReturnToWaiting"), scene.asked());
        scene.assertNotReady("agent1", "disconnected");
        assertEquals(queuedAt, scene.contact("c1").waitingSince());
    }

    @Test
    void deviceGoneTooAndBackInTimeTheDeviceRingsAgainForTheSameCaller() {
        scene.talking("c1", "agent1");
        scene.disconnect("agent1");
        scene.deviceLeft("c1", false);

        scene.pass(14).connect("agent1");
        assertEquals(List.of("AgentSocketRestored", "ContactConnecting"), scene.happened());
        assertEquals(List.of("RingDevice"), scene.asked());
        assertEquals(List.of(TimerKey.Kind.DEVICE), scene.timers());

        scene.pass(3).answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void deviceGoneFirstThenTheSocketWhileItRingsAgain() {
        scene.talking("c1", "agent1");
        scene.deviceLeft("c1", false);
        scene.pass(1).disconnect("agent1");
        assertEquals(List.of("AgentSocketLost"), scene.happened());

        scene.pass(1).failed("c1", DeviceFailure.UNREACHABLE);
        assertEquals(List.of("DeviceAttemptFailed UNREACHABLE"), scene.happened());
        scene.assertContact("c1", ContactState.AGENT_LOST);
        assertEquals(List.of(TimerKey.Kind.DEVICE_LOST), scene.timers());

        scene.pass(13).connect("agent1");
        assertEquals(List.of("AgentSocketRestored", "ContactConnecting"), scene.happened());
        scene.answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
    }

    /// Found by random inputs (seed 21): the grace ran on after they talked again.
    @Test
    void theDeviceAnswersWhileTheSocketIsStillAwayAndTheCallGoesOn() {
        scene.talking("c1", "agent1");
        scene.deviceLeft("c1", false);
        scene.disconnect("agent1");

        scene.answered("c1");

        scene.assertContact("c1", ContactState.TALKING);
        assertEquals(List.of(), scene.timers());
        scene.pass(600).assertContact("c1", ContactState.TALKING);
    }

    @Test
    void anAgentWhoComesAndGoesIsNotAwaitedForEver() {
        scene.talking("c1", "agent1");
        scene.deviceLeft("c1", false);
        for (int flap = 1; flap <= 3; flap++) {
            scene.disconnect("agent1");
            scene.failed("c1", DeviceFailure.UNREACHABLE);
            scene.connect("agent1");
            if (flap < 3) scene.assertContact("c1", ContactState.AGENT_LOST);
        }
        scene.assertContact("c1", ContactState.WAITING);
        scene.assertNotReady("agent1", "device-failed");
    }

    @Test
    void wrapUpKeepsItsLimit() {
        scene.talking("c1", "agent1").hangUp("agent1", "c1");
        scene.pass(10).disconnect("agent1");
        assertEquals(List.of("AgentSocketLost"), scene.happened());
        scene.pass(109).assertAgent("agent1", AgentState.WRAP_UP);
        scene.pass(1).assertNotReady("agent1", "disconnected");
    }

    @Test
    void notReadyHasNothingToLose() {
        scene.setNotReady("agent1", "lunch");
        scene.disconnect("agent1");
        assertEquals(List.of("AgentSocketLost"), scene.happened());
        scene.pass(600).assertNotReady("agent1", "lunch");
        scene.refused(
                "disconnected",
                new Input.SetAgentState(new AgentId("agent1"), Input.Readiness.READY, java.util.Optional.empty()));
        scene.connect("agent1");
        scene.assertNotReady("agent1", "lunch");
    }

    @Test
    void theTimerOfAnEarlierDropDoesNotCountForTheNext() {
        scene.disconnect("agent1");
        Event.TimerStarted first = scene.only(Event.TimerStarted.class);
        scene.pass(4).connect("agent1");
        scene.disconnect("agent1");

        scene.pass(1).accepted(new Input.TimerFired(first.key(), first.generation()));

        scene.assertAgent("agent1", AgentState.READY);
        scene.pass(4).assertNotReady("agent1", "disconnected");
    }

    @Test
    void factsThatComeTwiceChangeNothing() {
        scene.disconnect("agent1");
        assertEquals(List.of(), scene.disconnect("agent1").events());
        scene.connect("agent1");
        assertEquals(List.of(), scene.connect("agent1").events());
        assertEquals(List.of(), scene.disconnect("nobody").events());
        scene.refused("unknown-agent", new Input.AgentConnected(new AgentId("nobody")));
    }
}
