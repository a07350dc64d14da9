package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.store.InMemoryJournal;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.simulated.Faults;
import org.helpline.telephony.simulated.Heard;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an audit makes good, one by one.
class LostReportsTest {
    private static final Duration AUDIT = Duration.ofSeconds(30);
    private static final Faults NOTHING_IS_TOLD = new Faults(1, 0, Duration.ZERO, 0, 0, 0);
    private static final Faults NOTHING_IS_DONE = new Faults(0, 0, Duration.ZERO, 0, 1, 0);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-02T14:00:00Z"));
    private final SimulatedCarrier carrier =
            new SimulatedCarrier(SimulatedSettings.standard(), time, new SplittableRandom(1));
    private final SwitchState state = new SwitchState();

    @BeforeEach
    void open() {
        List<AgentSettings> agents = DemoLine.agents(2, new Draws(new SplittableRandom(1)));
        DomainOwner owner = new DomainOwner(
                "demo",
                new Switchboard(state, DemoLine.plan(agents)),
                new InMemoryJournal(1_000),
                new JsonEventCodec(),
                carrier,
                time,
                () -> new ContactId("c-1"));
        owner.submit(new Input.Configure(DemoLine.settings(agents)));
        owner.open(AUDIT);
        time.pass(Duration.ofSeconds(1));
    }

    private SimulatedCaller callDuring(Faults faults) {
        carrier.faults(faults);
        SimulatedCaller caller = carrier.call(DemoLine.NUMBER, Optional.empty());
        time.pass(Duration.ofSeconds(1));
        carrier.faults(Faults.NONE);
        return caller;
    }

    /// At the first audit it may still be on its way, so it is the second one that acts.
    @Test
    void aCallerWhoseArrivalWasNeverToldIsNotJustHungUpOn() {
        SimulatedCaller caller = callDuring(NOTHING_IS_TOLD);
        assertTrue(state.calls().isEmpty());
        time.pass(AUDIT);
        assertFalse(caller.over());
        time.pass(AUDIT);
        assertTrue(caller.heard().contains(new Heard.Apology()), "the carrier's own fall-back must speak");
        assertEquals(List.of(), carrier.truth().legs());
    }

    @Test
    void aCallThatWasNotAnsweredIsAnsweredAtTheNextAudit() {
        SimulatedCaller caller = callDuring(NOTHING_IS_DONE);
        assertFalse(caller.answered());
        time.pass(AUDIT);
        assertTrue(caller.answered());
        assertEquals(1, state.calls().size());
    }

    @Test
    void aWaitingCallerWhoseMusicWasLostHearsItAgainAfterTheNextAudit() {
        SimulatedCaller caller = carrier.call(DemoLine.NUMBER, Optional.empty());
        for (int second = 0; second < 300 && !caller.hearsMusic(); second++) time.pass(Duration.ofSeconds(1));
        assertTrue(caller.hearsMusic(), "nobody is signed in, so the caller waits");
        carrier.perform(new CallCommand.StopMusic(caller.leg()));
        time.pass(Duration.ofMillis(100));
        assertFalse(caller.hearsMusic());
        int prompts = caller.promptsHeard().size();
        time.pass(AUDIT.plusSeconds(1));
        assertEquals(prompts, caller.promptsHeard().size(), "no prompt may bring the music back in this test");
        assertTrue(caller.hearsMusic());
    }
}
