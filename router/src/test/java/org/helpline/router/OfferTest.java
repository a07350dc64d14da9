package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// Decision 6: an offer is a reservation with one outcome.
class OfferTest {
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN));

    @Test
    void rejectedGoesToAnotherAgentAndKeepsItsAge() {
        scene.ready("agent1", "agent2").call("c1");
        Instant queuedAt = scene.now();
        OfferId first = scene.contact("c1").offer().orElseThrow();

        scene.pass(3).reject("agent1");

        assertEquals(List.of("OfferEnded REJECTED", "OfferMade"), scene.happened());
        scene.assertNotReady("agent1", "offer-rejected");
        scene.assertOfferedTo("c1", "agent2");
        assertEquals(queuedAt, scene.contact("c1").waitingSince());
        assertNotEquals(first, scene.contact("c1").offer().orElseThrow());
    }

    @Test
    void rejectedByTheOnlyAgentItWaitsAndIsNotOfferedAgainInALoop() {
        scene.ready("agent1").call("c1");

        scene.reject("agent1");

        assertEquals(List.of("OfferEnded REJECTED"), scene.happened());
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(List.of(), scene.timers());

        scene.setReady("agent1");
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void notReadyWithAnOfferOutRejectsIt() {
        scene.ready("agent1").call("c1");

        scene.setNotReady("agent1", "lunch");

        assertEquals(List.of("OfferEnded REJECTED"), scene.happened());
        scene.assertNotReady("agent1", "lunch");
        scene.assertContact("c1", ContactState.WAITING);
    }

    @Test
    void unansweredIsRingNoAnswerAndGoesBackToItsPlace() {
        scene.ready("agent1").call("c1");
        scene.call("c2");
        assertEquals(1, scene.position("c2"));

        scene.pass(QueueSettings.DEFAULT_OFFER_TIMEOUT);

        assertEquals(List.of("OfferEnded TIMED_OUT"), scene.happened());
        scene.assertNotReady("agent1", "ring-no-answer");
        assertEquals(1, scene.position("c1"), "ahead of the younger one");
        assertEquals(2, scene.position("c2"));
    }

    @Test
    void theCallerLeavesDuringTheOfferAndTheAgentKeepsItsIdleTime() {
        scene.ready("agent1", "agent2").call("c1");
        scene.assertOfferedTo("c1", "agent1");

        scene.pass(5).callerLeft("c1");

        assertEquals(List.of("OfferEnded RESCINDED", "ContactEnded ABANDONED"), scene.happened());
        scene.assertAgent("agent1", AgentState.READY);
        assertTrue(scene.gone("c1"));
        scene.call("c2");
        scene.assertOfferedTo("c2", "agent1");
    }

    @Test
    void theSocketDropsDuringTheOffer() {
        scene.ready("agent1", "agent2").call("c1");

        scene.disconnect("agent1");

        assertEquals(List.of("AgentSocketLost", "OfferEnded RESCINDED", "OfferMade"), scene.happened());
        scene.assertNotReady("agent1", "disconnected");
        scene.assertOfferedTo("c1", "agent2");
    }

    @Test
    void signingOutWithAnOfferOutRejectsIt() {
        scene.ready("agent1").call("c1");

        scene.accepted(new Input.SignOut(new AgentId("agent1")));

        assertEquals(List.of("OfferEnded REJECTED", "AgentSignedOut"), scene.happened());
        scene.assertAgent("agent1", AgentState.SIGNED_OUT);
        scene.assertContact("c1", ContactState.WAITING);
    }

    @Test
    void aTimerThatWasCancelledStillOnItsWayChangesNothing() {
        scene.ready("agent1").call("c1");
        Event.TimerStarted offerTimer = scene.core.state().timers().getFirst();
        scene.accept("agent1");

        Turn late = scene.accepted(new Input.TimerFired(offerTimer.key(), offerTimer.generation()));

        assertEquals(new Turn(List.of(), List.of(), Optional.empty()), late);
    }

    @Test
    void offersThatAreNotOutAreRefusedByName() {
        var agent1 = new AgentId("agent1");
        scene.ready("agent1", "agent2").call("c1");
        OfferId offer = scene.contact("c1").offer().orElseThrow();

        scene.refused("unknown-agent", new Input.AcceptOffer(new AgentId("nobody"), offer));
        scene.refused("not-yours", new Input.AcceptOffer(new AgentId("agent2"), offer));
        scene.refused("not-yours", new Input.RejectOffer(new AgentId("agent2"), offer, Optional.empty()));
        scene.refused("unknown-offer", new Input.AcceptOffer(agent1, new OfferId("made-up")));
        scene.accept("agent1");
        Refusal over = scene.refused("offer-over", new Input.AcceptOffer(agent1, offer));
        assertTrue(over.message().contains(offer.value()) && over.message().contains("ACCEPTED"), over.message());
        scene.refused("offer-over", new Input.RejectOffer(agent1, offer, Optional.empty()));
        scene.refused("unknown-offer", new Input.AcceptOffer(new AgentId("agent2"), offer));
    }
}
