package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.SNAP_SKILL;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// While the carrier is away nobody is offered anything, and nobody is blamed for it.
class CarrierOutageTest {
    private final Scene scene = Scene.with(
            agent("agent1", OfferOn.DEVICE, Map.of(SNAP_SKILL, 5), EN),
            agent("agent2", OfferOn.DEVICE, Map.of(SNAP_SKILL, 5), EN));

    @Test
    void noOfferUntilTheCarrierIsBackAndThenAtOnce() {
        scene.ready("agent1");
        scene.accepted(new Input.CarrierLost());
        scene.call("c1");
        scene.assertContact("c1", ContactState.WAITING);
        scene.assertAgent("agent1", AgentState.READY);

        scene.accepted(new Input.CarrierRestored());
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void aDeviceThatFailsMeanwhileLeavesTheWholePoolReady() {
        scene.ready("agent1", "agent2").call("c1");
        scene.assertOfferedTo("c1", "agent1");
        scene.accepted(new Input.CarrierLost());
        scene.assertOfferedTo("c1", "agent1");

        scene.failed("c1", DeviceFailure.ERROR);
        scene.assertContact("c1", ContactState.WAITING);
        scene.assertAgent("agent1", AgentState.READY);
        scene.assertAgent("agent2", AgentState.READY);
    }

    @Test
    void saidTwiceItIsHeardOnce() {
        assertTrue(scene.accepted(new Input.CarrierRestored()).events().isEmpty());
        assertEquals(1, scene.accepted(new Input.CarrierLost()).events().size());
        assertEquals(List.of(), scene.accepted(new Input.CarrierLost()).events());
        assertEquals(1, scene.accepted(new Input.CarrierRestored()).events().size());
    }
}
