package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Decision 7: the device after the accept, and a device that is lost while the agent is there.
class DeviceTest {
    private final Scene scene = Scene.with(agent("agent1", EN)).ready("agent1");

    @ParameterizedTest
    @EnumSource(DeviceFailure.class)
    void aDeviceThatFailsIsNeverRingNoAnswer(DeviceFailure reason) {
        scene.call("c1");
        Instant queuedAt = scene.now();
        scene.pass(1).accept("agent1");

        scene.pass(1).failed("c1", reason);

        assertEquals(List.of("DeviceAttemptFailed " + reason, "ContactRequeued DEVICE_FAILED"), scene.happened());
        assertEquals(List.of("ReturnToWaiting"), scene.asked());
        scene.assertNotReady("agent1", "device-failed");
        scene.assertContact("c1", ContactState.WAITING);
        assertEquals(queuedAt, scene.contact("c1").waitingSince());
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void aDeviceNobodyReportsOnIsGivenUpByTheBackstop() {
        scene.call("c1");
        scene.accept("agent1");

        scene.pass(QueueSettings.DEFAULT_DEVICE_TIMEOUT);
        scene.assertContact("c1", ContactState.CONNECTING);
        scene.pass(2);

        assertEquals(List.of("DeviceAttemptFailed NO_ANSWER", "ContactRequeued DEVICE_FAILED"), scene.happened());
        assertEquals(List.of("ReleaseDevice", "ReturnToWaiting"), scene.asked());
        scene.assertNotReady("agent1", "device-failed");
    }

    @Test
    void anAnswerThatComesTooLateEndsThatLeg() {
        scene.call("c1");
        scene.accept("agent1");
        LegId leg = scene.leg("c1");
        scene.failed("c1", DeviceFailure.NO_ANSWER);

        Turn late = scene.accepted(new Input.DeviceAnswered(leg));

        assertEquals(List.of(), late.events());
        assertEquals(List.of(new Effect.ReleaseDevice(leg)), late.effects());
    }

    @Test
    void reportsOnALegThatIsUpOrOverChangeNothing() {
        scene.talking("c1", "agent1");
        LegId leg = scene.leg("c1");
        assertEquals(List.of(), scene.answered("c1").effects());
        assertEquals(List.of(), scene.failed("c1", DeviceFailure.BUSY).events());
        scene.hangUp("agent1", "c1");
        assertEquals(List.of(), scene.accepted(new Input.DeviceLeft(leg, true)).events());
        assertEquals(
                List.of(),
                scene.accepted(new Input.ConnectFailed(new ContactId("c1"), leg))
                        .events());
        assertEquals(
                List.of(),
                scene.accepted(new Input.DeviceFailed(leg, DeviceFailure.ERROR)).events());
    }

    @Test
    void aDeviceThatLeftBeforeItsAnswerWasHeardOfHasFailed() {
        scene.call("c1");
        scene.accept("agent1");
        scene.deviceLeft("c1", false);
        assertEquals(List.of("DeviceAttemptFailed ERROR", "ContactRequeued DEVICE_FAILED"), scene.happened());
    }

    @Test
    void callerAndDeviceThatCannotBeJoinedArePutBack() {
        scene.talking("c1", "agent1");

        scene.accepted(new Input.ConnectFailed(new ContactId("c1"), scene.leg("c1")));

        assertEquals(List.of("ContactRequeued CONNECT_FAILED"), scene.happened());
        assertEquals(List.of("ReleaseDevice", "ReturnToWaiting"), scene.asked());
        scene.assertNotReady("agent1", "device-failed");
        scene.assertContact("c1", ContactState.WAITING);
    }

    @Test
    void hangingUpThePhoneEndsTheContact() {
        scene.talking("c1", "agent1");

        scene.deviceLeft("c1", true);

        assertEquals(List.of("ContactEnded HANDLED", "WrapUpStarted"), scene.happened());
        assertEquals(List.of("ReleaseCaller", "ReleaseDevice"), scene.asked());
    }

    @Test
    void aLostDeviceIsRungAgainWhileTheCallerIsComforted() {
        scene.talking("c1", "agent1");
        LegId lost = scene.leg("c1");
        Instant talkingSince = scene.contact("c1").connectedAt().orElseThrow();

        scene.pass(30).deviceLeft("c1", false);

        assertEquals(List.of("AgentLost", "ContactConnecting"), scene.happened());
        assertEquals(List.of("ComfortCaller", "RingDevice"), scene.asked());
        assertNotEquals(lost, scene.leg("c1"));
        scene.assertContact("c1", ContactState.AGENT_LOST);
        scene.assertAgent("agent1", AgentState.ON_CONTACT);

        scene.pass(4).answered("c1");
        assertEquals(List.of("ContactConnected"), scene.happened());
        assertEquals(List.of("Connect"), scene.asked());
        scene.assertContact("c1", ContactState.TALKING);
        assertEquals(talkingSince, scene.contact("c1").connectedAt().orElseThrow());
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void aLostDeviceThatDoesNotComeBackSendsTheCallerBackToItsPlace() {
        scene.talking("c1", "agent1");
        scene.deviceLeft("c1", false);

        scene.pass(QueueSettings.DEFAULT_DEVICE_TIMEOUT.plus(Duration.ofSeconds(2)));

        assertEquals(List.of("DeviceAttemptFailed NO_ANSWER", "ContactRequeued DEVICE_FAILED"), scene.happened());
        scene.assertNotReady("agent1", "device-failed");
        scene.assertContact("c1", ContactState.WAITING);
    }

    @Test
    void aDeviceThatIsLostAgainAndAgainIsGivenUp() {
        scene.talking("c1", "agent1");
        for (int loss = 1; loss <= 3; loss++) {
            scene.deviceLeft("c1", false);
            scene.answered("c1");
            scene.assertContact("c1", ContactState.TALKING);
        }

        scene.deviceLeft("c1", false);

        assertEquals(List.of("AgentLost", "ContactRequeued DEVICE_FAILED"), scene.happened());
        scene.assertNotReady("agent1", "device-failed");
    }
}
