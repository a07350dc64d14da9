package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.GENERAL;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.SupervisionView;
import org.junit.jupiter.api.Test;

/// Supervisors listen in.
class SupervisionTest {
    private static final AgentId AGENT1 = new AgentId("agent1");
    private static final AgentId AGENT2 = new AgentId("agent2");
    private static final ContactId C1 = new ContactId("c1");
    private static final SupervisorId CHIEF = new SupervisorId("chief");
    private static final LegId LEG = new LegId("c1-s1");
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN))
            .ready("agent1")
            .talking("c1", "agent1")
            .ready("agent2");

    private void supervise(SupervisionMode mode) {
        scene.accepted(new Input.Supervise(CHIEF, C1, mode));
    }

    private void listening() {
        supervise(SupervisionMode.MONITOR);
        scene.accepted(new Input.DeviceAnswered(LEG));
    }

    private void over(String outcome) {
        assertEquals(
                List.of("SupervisionEnded " + outcome),
                scene.happened().stream().filter(e -> e.startsWith("Super")).toList());
        assertEquals(LEG, scene.only(Effect.EndSupervision.class).leg());
        assertEquals(List.of(), scene.core.state().supervisions());
    }

    @Test
    void ringsTheSupervisorFirst() {
        supervise(SupervisionMode.WHISPER);
        assertEquals(List.of("SupervisionRequested"), scene.happened());
        assertEquals(
                new Effect.RingSupervisor(CHIEF, C1, LEG, Duration.ofSeconds(10)),
                scene.only(Effect.RingSupervisor.class));
        scene.accepted(new Input.DeviceAnswered(LEG));
        assertEquals(List.of("SupervisionStarted"), scene.happened());
        assertEquals(
                new Effect.Supervise(CHIEF, C1, AGENT1, scene.leg("c1"), LEG, SupervisionMode.WHISPER),
                scene.only(Effect.Supervise.class));
        assertEquals(
                List.of(new SupervisionView(CHIEF, C1, AGENT1, SupervisionMode.WHISPER, LEG, true)),
                scene.core.state().supervisions());
        assertEquals(List.of(), scene.core.state().timers());
    }

    @Test
    void againWithAnotherModeChangesIt() {
        supervise(SupervisionMode.MONITOR);
        supervise(SupervisionMode.BARGE);
        assertEquals(List.of(), scene.asked(), "nobody listens yet");
        scene.accepted(new Input.DeviceAnswered(LEG));
        assertEquals(SupervisionMode.BARGE, scene.only(Effect.Supervise.class).mode());
        supervise(SupervisionMode.MONITOR);
        assertEquals(List.of("SupervisionChanged"), scene.happened());
        assertEquals(SupervisionMode.MONITOR, scene.only(Effect.Supervise.class).mode());
        supervise(SupervisionMode.MONITOR);
        assertEquals(List.of(), scene.happened());
    }

    @Test
    void endsByTheSupervisor() {
        listening();
        scene.accepted(new Input.EndSupervision(CHIEF));
        over("ENDED");
        scene.refused("not-supervising", new Input.EndSupervision(CHIEF));
    }

    @Test
    void endsWithTheSupervisorsDevice() {
        supervise(SupervisionMode.MONITOR);
        scene.accepted(new Input.DeviceFailed(LEG, DeviceFailure.BUSY));
        over("DEVICE_LEFT");
        scene.accepted(new Input.DeviceAnswered(LEG));
        assertEquals(List.of("ReleaseDevice"), scene.asked(), "it answered too late");
    }

    @Test
    void endsWhenTheSupervisorsDeviceIsGone() {
        listening();
        scene.accepted(new Input.DeviceFailed(LEG, DeviceFailure.ERROR));
        assertEquals(List.of(), scene.happened(), "a late report");
        scene.accepted(new Input.DeviceLeft(LEG, true));
        over("DEVICE_LEFT");
        scene.assertAgent("agent1", AgentState.ON_CONTACT);
    }

    @Test
    void aDeviceThatReportsNothingIsGivenUp() {
        supervise(SupervisionMode.MONITOR);
        scene.pass(12);
        over("DEVICE_LEFT");
    }

    @Test
    void endsWithTheContact() {
        listening();
        scene.callerLeft("c1");
        over("CONTACT_LEFT");
    }

    @Test
    void goesOnWhileTheCallerIsHeldAndTheAgentConsults() {
        listening();
        scene.warm("agent1", "c1", AGENT2);
        scene.accept("agent2");
        scene.answered("c1-c1");
        assertEquals(1, scene.core.state().supervisions().size());
        scene.complete("agent1", "c1");
        over("CONTACT_LEFT");
    }

    @Test
    void endsWithATransferAndWithALostDevice() {
        listening();
        scene.deviceLeft("c1", false);
        over("CONTACT_LEFT");
        scene.answered("c1");
        supervise(SupervisionMode.BARGE);
        scene.cold("agent1", "c1", GENERAL);
        assertEquals(List.of(), scene.core.state().supervisions());
    }

    @Test
    void refusals() {
        scene.call("c2", GENERAL, EN);
        scene.refused("unknown-contact", new Input.Supervise(CHIEF, new ContactId("c9"), SupervisionMode.BARGE));
        scene.refused("wrong-state", new Input.Supervise(CHIEF, new ContactId("c2"), SupervisionMode.BARGE));
        scene.accept("agent2");
        scene.answered("c2");
        listening();
        scene.refused("already-supervising", new Input.Supervise(CHIEF, new ContactId("c2"), SupervisionMode.BARGE));
        scene.accepted(new Input.EndSupervision(CHIEF));
        scene.hangUp("agent2", "c2");
        scene.refused("wrong-state", new Input.Supervise(CHIEF, new ContactId("c2"), SupervisionMode.BARGE));
        scene.warm("agent1", "c1", GENERAL);
        scene.refused("consulting", new Input.Supervise(CHIEF, new ContactId("c1-c1"), SupervisionMode.BARGE));
        scene.accepted(new Input.CarrierLost());
        scene.refused("offers-suspended", new Input.Supervise(CHIEF, C1, SupervisionMode.BARGE));
    }

    @Test
    void aContactHasAMostOfListeners() {
        for (int i = 0; i < Supervisions.MOST_FOR_A_CONTACT; i++) {
            scene.accepted(new Input.Supervise(new SupervisorId("s" + i), C1, SupervisionMode.MONITOR));
        }
        scene.refused("too-many-supervisors", new Input.Supervise(CHIEF, C1, SupervisionMode.MONITOR));
    }
}
