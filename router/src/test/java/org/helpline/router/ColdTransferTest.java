package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.ES;
import static org.helpline.router.Scene.GENERAL;
import static org.helpline.router.Scene.SNAP;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// The caller goes on at once.
class ColdTransferTest {
    private static final AgentId AGENT1 = new AgentId("agent1");
    private static final ContactId C1 = new ContactId("c1");
    private static final AgentSettings UNSKILLED = agent("novice", OfferOn.DESKTOP, Map.of(), EN);

    private final Scene scene = Scene.with(new DomainSettings(
                    "demo",
                    List.of(Scene.snapQueue(), QueueSettings.of(GENERAL, Scene.HELPLINE, List.of())),
                    List.of(agent("agent1", EN, ES), agent("agent2", EN), UNSKILLED),
                    DomainSettings.DisconnectGraces.DEFAULT,
                    List.of("+1212555XXXX", "911*")))
            .ready("agent1")
            .talking("c1", "agent1");

    @Test
    void toAQueueItWaitsThereWithItsAge() {
        var age = scene.contact("c1").waitingSince();
        scene.pass(30);
        scene.cold("agent1", "c1", GENERAL);
        assertEquals(List.of("ContactTransferred", "WrapUpStarted"), scene.happened());
        assertEquals(List.of("ReleaseDevice", "ReturnToWaiting"), scene.asked());
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(GENERAL, scene.contact("c1").queue());
        assertEquals(List.of(), scene.contact("c1").requirements().skills());
        assertEquals(age, scene.contact("c1").waitingSince());
        assertEquals(scene.now(), scene.contact("c1").queuedAt());
        assertEquals(1, scene.position("c1"));
    }

    @Test
    void theOldestIsServedFirstAlsoAfterATransfer() {
        scene.pass(10).call("c2", GENERAL, EN);
        scene.cold("agent1", "c1", GENERAL);
        assertEquals(1, scene.position("c1"));
        assertEquals(2, scene.position("c2"));
        scene.ready("novice");
        scene.assertOfferedTo("c1", "novice");
    }

    @Test
    void theAgentWrapsUpWhatIsWithAnotherAlready() {
        scene.cold("agent1", "c1", GENERAL);
        scene.ready("agent2");
        scene.accept("agent2");
        scene.answered("c1");
        assertEquals(2, scene.core.state().contacts().size());
        assertEquals(
                SNAP,
                scene.core.state().contact(C1, AGENT1).orElseThrow().queue(),
                "it wraps up the contact as it was");
        assertEquals(GENERAL, scene.contact("c1").queue());

        scene.wrapUp("agent1", "c1");
        scene.assertAgent("agent1", AgentState.READY);
        scene.assertContact("c1", ContactState.TALKING);

        scene.hangUp("agent2", "c1");
        scene.wrapUp("agent2", "c1");
        assertTrue(scene.gone("c1"));
    }

    @Test
    void anAgentMayGetBackWhatItHandedOnAndWrapsUpTwice() {
        scene.cold("agent1", "c1", GENERAL);
        scene.wrapUp("agent1", "c1");
        scene.assertOfferedTo("c1", "agent1");
        scene.accept("agent1");
        scene.answered("c1");
        scene.hangUp("agent1", "c1");
        scene.wrapUp("agent1", "c1");
        assertTrue(scene.gone("c1"));
    }

    @Test
    void toAnAgentItIsOfferedToThatOneAlone() {
        scene.ready("agent2", "novice");
        scene.cold("agent1", "c1", new AgentId("novice"));
        assertEquals(List.of("ContactTransferred", "OfferMade", "WrapUpStarted"), scene.happened());
        scene.assertOfferedTo("c1", "novice");
        assertEquals(
                new Event.Why(1, 1, "transfer-to-agent", Optional.empty()),
                scene.only(Event.OfferMade.class).why());
        scene.accept("novice");
        scene.answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
        assertEquals(SNAP, scene.contact("c1").queue());
    }

    @Test
    void whatComesToNothingWithOneWaitsForAnyone() {
        scene.ready("novice");
        scene.cold("agent1", "c1", new AgentId("novice"));
        scene.reject("novice");
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(1, scene.position("c1"));
        scene.ready("agent2");
        scene.assertOfferedTo("c1", "agent2");
    }

    @Test
    void aFailedDeviceOfTheOneChosenIsLikeAnyOther() {
        scene.ready("agent2");
        scene.cold("agent1", "c1", new AgentId("agent2"));
        scene.accept("agent2");
        scene.failed("c1", Input.DeviceFailure.BUSY);
        assertEquals(List.of("DeviceAttemptFailed BUSY", "ContactRequeued DEVICE_FAILED"), scene.happened());
        assertEquals(1, scene.position("c1"));
    }

    @Test
    void toANumberItEnds() {
        scene.hold("agent1", "c1");
        scene.cold("agent1", "c1", new TransferTarget.ToNumber("+12125550199"));
        assertEquals(List.of("ContactTransferred", "ContactEnded TRANSFERRED_OUT", "WrapUpStarted"), scene.happened());
        assertEquals(List.of("ReleaseDevice", "ReferCaller"), scene.asked());
        scene.callerLeft("c1");
        assertEquals(List.of(), scene.happened());
        scene.wrapUp("agent1", "c1");
        assertTrue(scene.gone("c1"));
    }

    @Test
    void whoLeavesAfterATransferAbandons() {
        scene.cold("agent1", "c1", GENERAL);
        scene.callerLeft("c1");
        assertEquals(List.of("ContactEnded ABANDONED"), scene.happened());
        scene.assertAgent("agent1", AgentState.WRAP_UP);
        scene.refused("already-queued", scene.enter("c1", GENERAL, EN));
    }

    private void refused(String reason, TransferTarget to) {
        for (TransferMode mode : TransferMode.values()) {
            scene.refused(reason, new Input.Transfer(AGENT1, C1, to, mode));
        }
    }

    @Test
    void refusals() {
        refused("unknown-queue", new TransferTarget.ToQueue(new QueueId("nowhere")));
        refused("unknown-agent", new TransferTarget.ToAgent(new AgentId("nobody")));
        refused("to-itself", new TransferTarget.ToAgent(AGENT1));
        refused("agent-not-available", new TransferTarget.ToAgent(new AgentId("agent2")));
        scene.accepted(new Input.CloseQueue(GENERAL));
        refused("queue-closed", new TransferTarget.ToQueue(GENERAL));
        scene.accepted(new Input.CarrierLost());
        scene.ready("agent2");
        refused("offers-suspended", new TransferTarget.ToAgent(new AgentId("agent2")));
    }

    @Test
    void hardRequirementsStay() {
        scene.cold("agent1", "c1", SNAP);
        scene.callerLeft("c1");
        scene.wrapUp("agent1", "c1");
        scene.call("c2", SNAP, ES);
        scene.accept("agent1");
        scene.answered("c2");
        scene.ready("agent2");
        var to = new TransferTarget.ToAgent(new AgentId("agent2"));
        Refusal refusal = scene.refused(
                "agent-lacks-language", new Input.Transfer(AGENT1, new ContactId("c2"), to, TransferMode.WARM));
        assertEquals("contact c2 needs language es, agent agent2 has [en]", refusal.message());
    }

    @Test
    void numbersGoByTheAllowList() {
        var cold = TransferMode.COLD;
        for (String number : List.of("+12125550", "+121255501999", "12125550199", "+1212555019X", "91", "+911")) {
            scene.refused(
                    "number-not-allowed", new Input.Transfer(AGENT1, C1, new TransferTarget.ToNumber(number), cold));
        }
        Refusal refusal = scene.refused(
                "number-not-allowed", new Input.Transfer(AGENT1, C1, new TransferTarget.ToNumber("+4930555012"), cold));
        assertTrue(refusal.message().startsWith("number *********12 is"), refusal.message());
        scene.refused(
                "warm-to-number",
                new Input.Transfer(AGENT1, C1, new TransferTarget.ToNumber("911"), TransferMode.WARM));
        scene.cold("agent1", "c1", new TransferTarget.ToNumber("9111"));
    }

    @Test
    void aFullQueueTakesNobodyMore() {
        var one = new QueueSettings(
                GENERAL,
                Scene.HELPLINE,
                List.of(),
                1,
                QueueSettings.DEFAULT_OFFER_TIMEOUT,
                QueueSettings.DEFAULT_DEVICE_TIMEOUT,
                QueueSettings.DEFAULT_WRAP_UP_LIMIT);
        scene.accepted(new Input.Configure(
                Scene.settings(List.of(Scene.snapQueue(), one), agent("agent1", EN, ES), agent("agent2", EN))));
        scene.call("c2", GENERAL, ES);
        refused("queue-full", new TransferTarget.ToQueue(GENERAL));
    }
}
