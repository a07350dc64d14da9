package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The caller's leg is gone, in whatever state the contact is.
class CallerLeavesTest {
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN));

    @AfterEach
    void leavingTwiceChangesNothing() {
        assertEquals(List.of(), scene.callerLeft("c1").events());
    }

    @Test
    void neverSeen() {
        assertEquals(List.of(), scene.callerLeft("c1").events());
    }

    @Test
    void waiting() {
        scene.call("c1");
        scene.callerLeft("c1");
        assertEquals(List.of("ContactEnded ABANDONED"), scene.happened());
        assertTrue(scene.gone("c1"));
    }

    @Test
    void connecting() {
        scene.ready("agent1", "agent2").call("c1");
        scene.accept("agent1");

        scene.callerLeft("c1");

        assertEquals(List.of("ContactEnded ABANDONED"), scene.happened());
        assertEquals(List.of("ReleaseDevice"), scene.asked());
        scene.assertAgent("agent1", AgentState.READY);
        assertEquals(List.of(), scene.timers());
        scene.call("c2");
        scene.assertOfferedTo("c2", "agent1");
    }

    @Test
    void connectingToAnAgentWhoWishedToBeNotReady() {
        scene.ready("agent1").call("c1");
        scene.accept("agent1");
        scene.setNotReady("agent1", "lunch");
        assertEquals(List.of("AgentWishNoted"), scene.happened());

        scene.callerLeft("c1");

        scene.assertNotReady("agent1", "lunch");
    }

    @Test
    void talking() {
        scene.ready("agent1").talking("c1", "agent1");

        scene.callerLeft("c1");

        assertEquals(List.of("ContactEnded HANDLED", "WrapUpStarted"), scene.happened());
        assertEquals(List.of("ReleaseDevice"), scene.asked());
        scene.assertAgent("agent1", AgentState.WRAP_UP);
        assertEquals(List.of(TimerKey.Kind.WRAP_UP), scene.timers());
    }

    @Test
    void whileTheDeviceRingsAgain() {
        scene.ready("agent1").talking("c1", "agent1").deviceLeft("c1", false);

        scene.callerLeft("c1");

        assertEquals(List.of("ContactEnded HANDLED", "WrapUpStarted"), scene.happened());
        assertEquals(List.of("ReleaseDevice"), scene.asked());
        assertEquals(List.of(TimerKey.Kind.WRAP_UP), scene.timers());
    }

    @Test
    void whileTheAgentIsAwayAltogether() {
        scene.ready("agent1").talking("c1", "agent1");
        scene.disconnect("agent1");
        scene.deviceLeft("c1", false);

        scene.callerLeft("c1");

        assertEquals(List.of("ContactEnded HANDLED", "WrapUpStarted"), scene.happened());
        assertEquals(List.of(TimerKey.Kind.WRAP_UP, TimerKey.Kind.AGENT_AWAY), scene.timers());
        scene.pass(60);
        scene.assertNotReady("agent1", "disconnected");
    }

    @Test
    void afterAReturnToTheQueue() {
        scene.ready("agent1").talking("c1", "agent1");
        scene.accepted(new Input.ConnectFailed(new ContactId("c1"), scene.leg("c1")));

        scene.callerLeft("c1");

        assertEquals(List.of("ContactEnded ABANDONED"), scene.happened());
    }

    @Test
    void inWrapUp() {
        scene.ready("agent1").talking("c1", "agent1").hangUp("agent1", "c1");
        assertEquals(List.of(), scene.callerLeft("c1").events());
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }
}
