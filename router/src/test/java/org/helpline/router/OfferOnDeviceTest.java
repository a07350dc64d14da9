package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.SNAP_SKILL;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Agents for whom answering the phone is the accept.
class OfferOnDeviceTest {
    private final Scene scene = Scene.with(agent("agent1", OfferOn.DEVICE, Map.of(SNAP_SKILL, 5), EN));

    @BeforeEach
    void offer() {
        scene.ready("agent1").call("c1");
    }

    @Test
    void theOfferRingsTheDevice() {
        assertEquals(List.of("RingDevice"), scene.asked());
        var ring = scene.only(Effect.RingDevice.class);
        assertEquals(QueueSettings.DEFAULT_OFFER_TIMEOUT, ring.answerWithin());
        assertEquals(scene.leg("c1"), ring.leg());
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void answeringIsTheAccept() {
        scene.answered("c1");

        assertEquals(List.of("OfferEnded ACCEPTED", "ContactConnecting", "ContactConnected"), scene.happened());
        assertEquals(List.of("Connect"), scene.asked());
        scene.assertContact("c1", ContactState.TALKING);
        scene.assertAgent("agent1", AgentState.ON_CONTACT);
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void acceptingByMessageIsRefused() {
        scene.refused(
                "answer-the-device",
                new Input.AcceptOffer(
                        new AgentId("agent1"), scene.contact("c1").offer().orElseThrow()));
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void rejectingByMessageStopsTheRinging() {
        scene.reject("agent1");
        assertEquals(List.of("ReleaseDevice"), scene.asked());
        scene.assertNotReady("agent1", "offer-rejected");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER,   TIMED_OUT, ring-no-answer",
        "REJECTED,    REJECTED,  offer-rejected",
        "BUSY,        RESCINDED, device-failed",
        "UNREACHABLE, RESCINDED, device-failed",
        "ERROR,       RESCINDED, device-failed"
    })
    void aDeviceThatDoesNotTakeTheOffer(DeviceFailure failure, Event.OfferOutcome outcome, String reason) {
        scene.pass(1).failed("c1", failure);

        assertEquals(outcome, scene.only(Event.OfferEnded.class).outcome());
        scene.assertNotReady("agent1", reason);
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void withoutAnyReportTheOfferTimesOutAndTheRingingStops() {
        scene.pass(QueueSettings.DEFAULT_OFFER_TIMEOUT);
        assertEquals(List.of("OfferEnded TIMED_OUT"), scene.happened());
        assertEquals(List.of("ReleaseDevice"), scene.asked());
        scene.assertNotReady("agent1", "ring-no-answer");
    }

    @Test
    void theCallerLeaves() {
        scene.callerLeft("c1");
        assertEquals(List.of("OfferEnded RESCINDED", "ContactEnded ABANDONED"), scene.happened());
        assertEquals(List.of("ReleaseDevice"), scene.asked());
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void theSocketDrops() {
        scene.disconnect("agent1");
        assertEquals(List.of("AgentSocketLost", "OfferEnded RESCINDED"), scene.happened());
        assertEquals(List.of("ReleaseDevice"), scene.asked());
        scene.assertNotReady("agent1", "disconnected");
    }
}
