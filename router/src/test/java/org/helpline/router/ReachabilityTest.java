package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.helpline.router.Input.Readiness;
import org.junit.jupiter.api.Test;

/// Whether agents' devices can be reached.
class ReachabilityTest {
    private static final AgentId AGENT1 = new AgentId("agent1");
    private static final Input GONE = new Input.DeviceUnreachable(AGENT1, "not registered");
    private static final Input READY = new Input.SetAgentState(AGENT1, Readiness.READY, Optional.empty());
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN));

    @Test
    void whoIsReadyIsTakenOutAndMayNotGoReady() {
        scene.ready("agent1");
        scene.accepted(GONE);
        scene.assertNotReady("agent1", "device-unreachable");
        assertEquals(Optional.of("not registered"), scene.agent("agent1").deviceUnreachable());
        Refusal refusal = scene.refused("device-unreachable", READY);
        assertEquals("the device of agent agent1 cannot be reached: not registered", refusal.message());
        scene.call("c1");
        assertEquals(
                0,
                scene.core.state().agents().stream()
                        .filter(a -> a.offer().isPresent())
                        .count());

        scene.accepted(new Input.DeviceReachable(AGENT1));
        scene.assertNotReady("agent1", "device-unreachable");
        scene.accepted(READY);
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void theAgentsOwnReasonStays() {
        scene.ready("agent1").setNotReady("agent1", "lunch");
        scene.accepted(GONE);
        scene.assertNotReady("agent1", "lunch");
        scene.setNotReady("agent1", "meeting");
    }

    @Test
    void whatIsInHandGoesOnAndIsTheLastForNow() {
        scene.ready("agent1").talking("c1", "agent1");
        scene.accepted(GONE);
        scene.assertAgent("agent1", AgentState.ON_CONTACT);
        scene.hangUp("agent1", "c1");
        scene.wrapUp("agent1", "c1");
        scene.assertNotReady("agent1", "device-unreachable");
    }

    @Test
    void repeatedReportsChangeNothing() {
        assertEquals(
                List.of(), scene.accepted(new Input.DeviceReachable(AGENT1)).events());
        scene.accepted(GONE);
        assertEquals(List.of(), scene.accepted(GONE).events());
        assertEquals(
                List.of(),
                scene.accepted(new Input.DeviceReachable(new AgentId("nobody"))).events());
        scene.accepted(new Input.DeviceUnreachable(new AgentId("nobody"), "?"));
        scene.accepted(new Input.DeviceUnreachable(AGENT1, "x".repeat(500)));
        assertEquals(
                200, scene.agent("agent1").deviceUnreachable().orElseThrow().length());
    }

    @Test
    void nobodyIsBlamedWhileTheCarrierIsAway() {
        scene.ready("agent1", "agent2");
        scene.accepted(new Input.CarrierLost());
        scene.accepted(GONE);
        scene.accepted(new Input.DeviceUnreachable(new AgentId("agent2"), "not registered"));
        scene.assertAgent("agent1", AgentState.READY);
        scene.accepted(new Input.CarrierRestored());
        scene.assertAgent("agent1", AgentState.READY);
        scene.call("c1");
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void whatWasSaidBeforeAnOutageIsTakenBackDuringIt() {
        scene.accepted(GONE);
        scene.accepted(new Input.CarrierLost());
        scene.accepted(new Input.DeviceReachable(AGENT1));
        scene.ready("agent1");
    }
}
