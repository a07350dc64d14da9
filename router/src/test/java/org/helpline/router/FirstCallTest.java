package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.ES;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// One call from the queue to the end of its wrap-up.
class FirstCallTest {
    private final Scene scene = Scene.with(agent("agent1", EN, ES));

    @Test
    void anAgentSignsInNotReady() {
        scene.connect("agent1");

        assertEquals(List.of("AgentSignedIn"), scene.happened());
        scene.assertNotReady("agent1", "signed-in");
    }

    @Test
    void fromTheQueueToTheEndOfWrapUp() {
        scene.ready("agent1");

        scene.call("c1");
        assertEquals(List.of("ContactQueued", "OfferMade"), scene.happened());
        scene.assertOfferedTo("c1", "agent1");
        scene.assertAgent("agent1", AgentState.RESERVED);
        assertEquals(
                new Event.Why(1, 1, "longest-idle", Optional.empty()),
                scene.only(Event.OfferMade.class).why());
        assertEquals(
                scene.now().plus(QueueSettings.DEFAULT_OFFER_TIMEOUT),
                scene.contact("c1").offerExpiresAt().orElseThrow());

        scene.accept("agent1");
        assertEquals(List.of("OfferEnded ACCEPTED", "ContactConnecting"), scene.happened());
        var ring = scene.only(Effect.RingDevice.class);
        assertEquals(scene.leg("c1"), ring.leg());
        assertEquals(QueueSettings.DEFAULT_DEVICE_TIMEOUT, ring.answerWithin());
        scene.assertContact("c1", ContactState.CONNECTING);
        assertEquals(List.of(TimerKey.Kind.DEVICE), scene.timers());

        scene.pass(2).answered("c1");
        assertEquals(List.of("ContactConnected"), scene.happened());
        assertEquals(List.of("Connect"), scene.asked());
        scene.assertContact("c1", ContactState.TALKING);
        scene.assertAgent("agent1", AgentState.ON_CONTACT);
        assertEquals(Optional.of(scene.now()), scene.contact("c1").connectedAt());
        assertEquals(List.of(), scene.timers());

        scene.pass(60).hangUp("agent1", "c1");
        assertEquals(List.of("ContactEnded HANDLED", "WrapUpStarted"), scene.happened());
        assertEquals(List.of("ReleaseCaller", "ReleaseDevice"), scene.asked());
        scene.assertContact("c1", ContactState.WRAP_UP);
        scene.assertAgent("agent1", AgentState.WRAP_UP);

        scene.pass(10).wrapUp("agent1", "c1");
        assertEquals(List.of("WrapUpCompleted"), scene.happened());
        scene.assertAgent("agent1", AgentState.READY);
        assertTrue(scene.gone("c1"));
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void theNextContactIsOfferedWhenTheWrapUpEnds() {
        scene.ready("agent1").talking("c1", "agent1");
        scene.call("c2");
        scene.hangUp("agent1", "c1");
        scene.assertContact("c2", ContactState.WAITING);

        scene.pass(QueueSettings.DEFAULT_WRAP_UP_LIMIT.minus(Duration.ofSeconds(1)));
        scene.assertContact("c2", ContactState.WAITING);
        scene.pass(1);

        assertEquals(List.of("WrapUpCompleted", "OfferMade"), scene.happened());
        scene.assertOfferedTo("c2", "agent1");
    }
}
