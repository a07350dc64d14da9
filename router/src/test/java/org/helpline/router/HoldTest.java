package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// The caller is held and retrieved.
class HoldTest {
    private static final AgentId AGENT1 = new AgentId("agent1");
    private static final ContactId C1 = new ContactId("c1");
    private final Scene scene =
            Scene.with(agent("agent1", EN), agent("agent2", EN)).ready("agent1").talking("c1", "agent1");

    @Test
    void holdsAndRetrieves() {
        scene.hold("agent1", "c1");
        assertEquals(List.of("ContactHeld"), scene.happened());
        assertEquals(List.of("HoldCaller"), scene.asked());
        scene.assertContact("c1", ContactState.HELD);
        scene.assertAgent("agent1", AgentState.ON_CONTACT);

        scene.retrieve("agent1", "c1");
        assertEquals(List.of("ContactRetrieved"), scene.happened());
        assertEquals(scene.leg("c1"), scene.only(Effect.Connect.class).leg());
        scene.assertContact("c1", ContactState.TALKING);
    }

    @Test
    void connectedSinceIsNotRestartedByAHold() {
        var since = scene.contact("c1").connectedAt();
        scene.pass(5).hold("agent1", "c1");
        scene.pass(5).retrieve("agent1", "c1");
        assertEquals(since, scene.contact("c1").connectedAt());
    }

    @Test
    void refusals() {
        scene.refused("wrong-state", new Input.Retrieve(AGENT1, C1));
        scene.refused("not-yours", new Input.Hold(new AgentId("agent2"), C1));
        scene.refused("unknown-contact", new Input.Hold(AGENT1, new ContactId("c9")));
        scene.hold("agent1", "c1");
        Refusal again = scene.refused("wrong-state", new Input.Hold(AGENT1, C1));
        assertEquals("contact c1 is HELD; it can be held while it is TALKING", again.message());
    }

    @Test
    void callerWhoLeavesWhileHeldWasHandled() {
        scene.hold("agent1", "c1");
        scene.callerLeft("c1");
        assertEquals(List.of("ContactEnded HANDLED", "WrapUpStarted"), scene.happened());
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }

    @Test
    void agentMayHangUpWhileHolding() {
        scene.hold("agent1", "c1");
        scene.hangUp("agent1", "c1");
        assertEquals(List.of("ReleaseCaller", "ReleaseDevice"), scene.asked());
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }

    @Test
    void aDeviceLostWhileHoldingIsRungAgainAsWhileTalking() {
        scene.hold("agent1", "c1");
        scene.deviceLeft("c1", false);
        assertEquals(List.of("AgentLost", "ContactConnecting"), scene.happened());
        assertEquals(List.of("ComfortCaller", "RingDevice"), scene.asked());
        scene.answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
    }

    @Test
    void aFailureToJoinAfterARetrievalIsLikeTheFirst() {
        scene.hold("agent1", "c1");
        scene.accepted(new Input.ConnectFailed(C1, scene.leg("c1")));
        assertTrue(scene.happened().isEmpty(), "held again before the report came: nothing is joined");
        scene.retrieve("agent1", "c1");
        scene.accepted(new Input.ConnectFailed(C1, scene.leg("c1")));
        assertEquals(List.of("ContactRequeued CONNECT_FAILED"), scene.happened());
        scene.assertContact("c1", ContactState.WAITING);
        scene.assertNotReady("agent1", "device-failed");
    }
}
