package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.GENERAL;
import static org.helpline.router.Scene.SNAP;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// Warm transfers: agent1 has the caller of c1, and speaks with agent2 about it in c1-c1.
class ConsultTest {
    private static final AgentId AGENT1 = new AgentId("agent1");
    private static final AgentId AGENT2 = new AgentId("agent2");
    private static final ContactId C1 = new ContactId("c1");
    private static final ContactId CONSULT = new ContactId("c1-c1");
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN))
            .ready("agent1")
            .talking("c1", "agent1")
            .ready("agent2");

    private void offered() {
        scene.warm("agent1", "c1", AGENT2);
    }

    private void answered() {
        offered();
        scene.accept("agent2");
        scene.answered("c1-c1");
    }

    private void over(String outcome, ContactState contact) {
        assertTrue(scene.happened().contains("ConsultEnded " + outcome), () -> scene.happened() + "");
        assertTrue(scene.asked().contains("EndConsult"), () -> scene.asked() + "");
        assertTrue(scene.gone("c1-c1"));
        assertEquals(Optional.empty(), scene.contact("c1").consult());
        scene.assertContact("c1", contact);
    }

    @Test
    void holdsTheCallerAndAsksTheOther() {
        offered();
        assertEquals(List.of("ContactHeld", "ConsultStarted", "OfferMade"), scene.happened());
        assertEquals(List.of("HoldCaller"), scene.asked());
        scene.assertContact("c1", ContactState.HELD);
        scene.assertOfferedTo("c1-c1", "agent2");
        assertEquals(Optional.of(CONSULT), scene.contact("c1").consult());
        assertEquals(Optional.of(C1), scene.contact("c1-c1").consultOf());
        assertEquals(scene.contact("c1").waitingSince(), scene.contact("c1-c1").waitingSince());
        assertEquals(scene.contact("c1").context(), scene.contact("c1-c1").context());

        scene.accept("agent2");
        assertEquals(CONSULT, scene.only(Effect.RingDevice.class).contact());
        scene.answered("c1-c1");
        assertEquals(CONSULT, scene.only(Effect.Connect.class).contact());
        scene.assertAgent("agent2", AgentState.ON_CONTACT);
    }

    @Test
    void completedTheCallerGoesOnWithTheOther() {
        answered();
        LegId leg = scene.leg("c1-c1");
        LegId left = scene.leg("c1");
        scene.complete("agent1", "c1");
        assertEquals(List.of("TransferCompleted", "ConsultEnded COMPLETED", "WrapUpStarted"), scene.happened());
        assertEquals(List.of("EndConsult", "Connect", "ReleaseDevice"), scene.asked());
        assertEquals(new Effect.Connect(C1, AGENT2, leg), scene.only(Effect.Connect.class));
        assertEquals(left, scene.only(Effect.ReleaseDevice.class).leg());
        over("COMPLETED", ContactState.TALKING);
        assertEquals(Optional.of(AGENT2), scene.contact("c1").agent());
        assertEquals(Optional.of(C1), scene.agent("agent2").contact());
        scene.assertAgent("agent1", AgentState.WRAP_UP);

        scene.refused("wrong-state", new Input.Hold(AGENT1, C1));
        scene.refused("unknown-contact", new Input.HangUp(AGENT2, CONSULT));
    }

    @Test
    void goesOnAsAnyContactAfterwards() {
        answered();
        scene.complete("agent1", "c1");
        scene.wrapUp("agent1", "c1");
        scene.warm("agent2", "c1", AGENT1);
        scene.assertOfferedTo("c1-c2", "agent1");
        scene.accept("agent1");
        scene.answered("c1-c2");
        scene.complete("agent2", "c1");
        scene.wrapUp("agent2", "c1");
        scene.deviceLeft("c1", false);
        scene.answered("c1");
        scene.assertContact("c1", ContactState.TALKING);
        scene.hangUp("agent1", "c1");
        scene.wrapUp("agent1", "c1");
        assertTrue(scene.gone("c1"));
    }

    @Test
    void takenBackTheOtherIsFreeWithoutWrapUp() {
        answered();
        scene.cancel("agent1", "c1");
        over("CANCELLED", ContactState.HELD);
        assertEquals(List.of("ReleaseDevice", "EndConsult"), scene.asked());
        scene.assertAgent("agent2", AgentState.READY);
        scene.retrieve("agent1", "c1");
        scene.assertContact("c1", ContactState.TALKING);
    }

    @Test
    void takenBackInEveryState() {
        offered();
        scene.cancel("agent1", "c1");
        over("CANCELLED", ContactState.HELD);
        scene.assertAgent("agent2", AgentState.READY);

        scene.warm("agent1", "c1", AGENT2);
        scene.accept("agent2");
        scene.cancel("agent1", "c1");
        assertEquals(List.of("ReleaseDevice", "EndConsult"), scene.asked());
        scene.assertAgent("agent2", AgentState.READY);

        scene.setNotReady("agent2", "lunch");
        scene.warm("agent1", "c1", GENERAL);
        scene.assertContact("c1-c3", ContactState.WAITING);
        scene.cancel("agent1", "c1");
        assertTrue(scene.gone("c1-c3"));
        assertEquals(List.of(), scene.core.state().timers());
    }

    @Test
    void whoIsAskedMayDecline() {
        offered();
        scene.reject("agent2");
        over("REFUSED", ContactState.HELD);
        scene.assertNotReady("agent2", "offer-rejected");
    }

    @Test
    void whoDoesNotAnswerIsNotAskedAgain() {
        offered();
        scene.pass(QueueSettings.DEFAULT_OFFER_TIMEOUT);
        over("UNANSWERED", ContactState.HELD);
        scene.assertNotReady("agent2", "ring-no-answer");
    }

    @Test
    void whoGoesAwayIsNotWaitedFor() {
        offered();
        scene.disconnect("agent2");
        over("UNANSWERED", ContactState.HELD);
        scene.assertNotReady("agent2", "disconnected");
    }

    @Test
    void aDeviceThatFailsEndsIt() {
        offered();
        scene.accept("agent2");
        scene.failed("c1-c1", DeviceFailure.BUSY);
        over("DEVICE_FAILED", ContactState.HELD);
        scene.assertNotReady("agent2", "device-failed");
    }

    @Test
    void aDeviceThatVanishesEndsIt() {
        answered();
        scene.deviceLeft("c1-c1", false);
        over("DEVICE_FAILED", ContactState.HELD);
        assertEquals(List.of("EndConsult"), scene.asked(), "nobody is comforted: the caller hears music");
        scene.assertNotReady("agent2", "device-failed");
    }

    @Test
    void theOtherMayHangUp() {
        answered();
        scene.hangUp("agent2", "c1-c1");
        over("LEFT", ContactState.HELD);
        assertEquals(List.of("ReleaseDevice", "EndConsult"), scene.asked());
        scene.assertAgent("agent2", AgentState.READY);

        scene.warm("agent1", "c1", AGENT2);
        scene.accept("agent2");
        scene.answered("c1-c2");
        scene.deviceLeft("c1-c2", true);
        assertTrue(scene.gone("c1-c2"));
        scene.assertAgent("agent2", AgentState.READY);
    }

    @Test
    void hangingUpTheTelephoneCompletesIt() {
        answered();
        scene.deviceLeft("c1", true);
        over("COMPLETED", ContactState.TALKING);
        assertEquals(Optional.of(AGENT2), scene.contact("c1").agent());
    }

    @Test
    void losingTheDeviceCompletesIt() {
        answered();
        scene.deviceLeft("c1", false);
        over("COMPLETED", ContactState.TALKING);
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }

    @Test
    void hangingUpBeforeAnybodyAnsweredMakesItCold() {
        offered();
        scene.deviceLeft("c1", true);
        assertEquals(
                List.of(
                        "OfferEnded RESCINDED",
                        "ConsultEnded TURNED_COLD",
                        "ContactTransferred",
                        "OfferMade",
                        "WrapUpStarted"),
                scene.happened());
        scene.assertOfferedTo("c1", "agent2");
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }

    @Test
    void hangingUpWhileTheOthersDeviceRingsOffersItTheCaller() {
        offered();
        scene.accept("agent2");
        scene.deviceLeft("c1", true);
        scene.assertOfferedTo("c1", "agent2");
    }

    @Test
    void madeColdItWaitsWhereItWasWhenTheOtherIsNotToBeHad() {
        offered();
        scene.accept("agent2");
        scene.setNotReady("agent2", "lunch");
        scene.deviceLeft("c1", true);
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(SNAP, scene.contact("c1").queue());
        assertEquals(
                new TransferTarget.ToQueue(SNAP),
                scene.only(Event.ContactTransferred.class).to());
        scene.assertNotReady("agent2", "lunch");
    }

    @Test
    void madeColdItWaitsInTheQueueThatWasSought() {
        scene.setNotReady("agent2", "lunch");
        scene.warm("agent1", "c1", GENERAL);
        scene.deviceLeft("c1", true);
        over("TURNED_COLD", ContactState.WAITING);
        assertEquals(GENERAL, scene.contact("c1").queue());
    }

    @Test
    void losingTheDeviceBeforeAnybodyAnsweredTakesItBack() {
        offered();
        scene.deviceLeft("c1", false);
        over("AGENT_LOST", ContactState.AGENT_LOST);
        assertEquals(List.of("EndConsult", "ComfortCaller", "RingDevice"), scene.asked());
        scene.assertAgent("agent2", AgentState.READY);
    }

    @Test
    void theCallerLeavingEndsEverything() {
        answered();
        scene.callerLeft("c1");
        assertEquals(List.of("ConsultEnded CALLER_LEFT", "ContactEnded HANDLED", "WrapUpStarted"), scene.happened());
        scene.assertAgent("agent2", AgentState.READY);
        scene.assertAgent("agent1", AgentState.WRAP_UP);
    }

    @Test
    void inALineItIsServedByTheCallersAge() {
        scene.setNotReady("agent2", "lunch");
        scene.pass(5).call("c2", GENERAL, EN);
        scene.warm("agent1", "c1", GENERAL);
        assertEquals(1, scene.position("c1-c1"));
        scene.setReady("agent2");
        scene.assertOfferedTo("c1-c1", "agent2");
        scene.reject("agent2");
        scene.assertContact("c1-c1", ContactState.WAITING);
        assertEquals(1, scene.position("c1-c1"));
        scene.setReady("agent2");
        scene.accept("agent2");
        scene.failed("c1-c1", DeviceFailure.BUSY);
        assertTrue(scene.happened().contains("ContactRequeued DEVICE_FAILED"));
        assertEquals(CONSULT, scene.only(Effect.ReturnToWaiting.class).contact());
        scene.assertContact("c1", ContactState.HELD);
    }

    @Test
    void aFailureToJoinTheTwoAgentsIsTheDevices() {
        answered();
        scene.accepted(new Input.ConnectFailed(CONSULT, scene.leg("c1-c1")));
        over("DEVICE_FAILED", ContactState.HELD);
        scene.assertNotReady("agent2", "device-failed");
    }

    @Test
    void refusals() {
        scene.refused("no-consult", new Input.CompleteTransfer(AGENT1, C1));
        scene.refused("no-consult", new Input.CancelTransfer(AGENT1, C1));
        offered();
        scene.refused("not-answered", new Input.CompleteTransfer(AGENT1, C1));
        scene.refused("consulting", new Input.Retrieve(AGENT1, C1));
        scene.refused("consulting", new Input.HangUp(AGENT1, C1));
        scene.refused(
                "already-consulting",
                new Input.Transfer(AGENT1, C1, new TransferTarget.ToQueue(GENERAL), TransferMode.COLD));
        scene.refused("wrong-state", new Input.HangUp(AGENT2, CONSULT));
        scene.accept("agent2");
        scene.answered("c1-c1");
        scene.refused("consulting", new Input.Hold(AGENT2, CONSULT));
        scene.refused("consulting", new Input.CompleteTransfer(AGENT2, CONSULT));
        scene.refused(
                "consulting",
                new Input.Transfer(AGENT2, CONSULT, new TransferTarget.ToQueue(GENERAL), TransferMode.COLD));
        scene.refused("not-yours", new Input.CancelTransfer(AGENT2, C1));
        scene.refused("on-contact", new Input.SignOut(AGENT2));
        scene.callerLeft("c1-c1");
        assertEquals(List.of(), scene.happened(), "a consult has no caller that could leave");
    }

    @Test
    void thereIsAMostOfThem() {
        for (int i = 0; i < Transfers.MOST_CONSULTS; i++) {
            scene.warm("agent1", "c1", GENERAL);
            scene.cancel("agent1", "c1");
        }
        scene.refused(
                "too-many-consults",
                new Input.Transfer(AGENT1, C1, new TransferTarget.ToQueue(GENERAL), TransferMode.WARM));
        scene.cold("agent1", "c1", GENERAL);
    }
}
