package org.helpline.app.switchboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.DomainSettings.DisconnectGraces;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl.Capability;
import org.helpline.telephony.CallEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A domain that drains takes no new calls and serves those it has.
class DrainTest {
    private final Switchboard switchboard = new Switchboard(new SwitchState(), plan());
    private final Instant now = Instant.parse("2026-11-02T09:00:00Z");

    private static CallPlan plan() {
        CallFlow flow = new CallFlow(
                "line",
                "ring",
                new SpokenLanguage("en"),
                new TreeMap<>(Map.of(
                        "ring",
                        new Node.Queue("q", List.of(), Duration.ofMinutes(1), List.of(), "over"),
                        "over",
                        new Node.HangUp(List.of()))),
                CallFlow.Limits.DEFAULT);
        return new CallPlan(new TreeMap<>(Map.of("line", flow)), new TreeMap<>(), "line", new TreeMap<>());
    }

    @BeforeEach
    void oneQueue() {
        QueueSettings queue = QueueSettings.of(new QueueId("q"), new HelplineId("line"), List.of());
        step(new SwitchInput.Command(
                new Input.Configure(new DomainSettings("demo", List.of(queue), List.of(), DisconnectGraces.DEFAULT))));
    }

    private Switchboard.Outcome step(SwitchInput input) {
        Switchboard.Outcome outcome = switchboard.step(input, now);
        assertEquals(Optional.empty(), outcome.defect());
        return outcome;
    }

    private Switchboard.Outcome call(String leg) {
        return step(new SwitchInput.NewCall(
                new ContactId("c-" + leg),
                new CallEvent.CallArrived(leg, "1", Optional.empty(), Set.of(Capability.VOICE))));
    }

    @Test
    void newCallsAreHandedBackAndOthersGoOn() {
        call("before");
        assertEquals(
                List.of(new DomainEvent.DrainStarted(now)),
                step(new SwitchInput.Drain(true)).events());
        Switchboard.Outcome handedBack = call("after");
        assertEquals(List.of(), handedBack.events(), "it leaves no trace");
        assertEquals(
                List.of(new CallCommand.HandBack("after")),
                handedBack.actions().stream()
                        .map(action -> ((Action.Tell) action).command())
                        .toList());
        assertTrue(switchboard.state().callOfLeg("before").isPresent());
    }

    @Test
    void drainingIsStateAndSaidOnce() {
        step(new SwitchInput.Drain(true));
        assertEquals(List.of(), step(new SwitchInput.Drain(true)).events());
        SwitchState recovered = SwitchState.restore(switchboard.state().snapshot());
        assertEquals(Optional.of(now), recovered.drainingSince());
        assertEquals(switchboard.state().digest(), recovered.digest());
    }

    @Test
    void callsAreTakenAgain() {
        String before = switchboard.state().digest();
        step(new SwitchInput.Drain(true));
        step(new SwitchInput.Drain(false));
        assertEquals(before, switchboard.state().digest());
        call("after");
        assertTrue(switchboard.state().callOfLeg("after").isPresent());
    }
}
