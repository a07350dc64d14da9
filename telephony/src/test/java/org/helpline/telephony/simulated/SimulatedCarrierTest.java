package org.helpline.telephony.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallControl.Capability;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.Census;
import org.junit.jupiter.api.Test;

/// What the simulated carrier promises beyond the contract: seeds, faults, misfortunes, demo callers.
class SimulatedCarrierTest {
    private static final Faults ROUGH = new Faults(0.05, 0.2, Duration.ofSeconds(3), 0.05, 0.02, 0.05);

    private final VirtualTime time = new VirtualTime();
    private final List<CallEvent> events = new ArrayList<>();

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() {
        assertEquals(runDemo(7, ROUGH), runDemo(7, ROUGH));
        assertNotEquals(runDemo(7, ROUGH), runDemo(8, ROUGH));
    }

    @Test
    void faultsReallyHappen() {
        SimulatedCarrier carrier = open(new Faults(0.5, 0, Duration.ZERO, 0, 0, 0));
        for (int i = 0; i < 100; i++) {
            carrier.call("1", Optional.empty());
        }
        time.pass(Duration.ofSeconds(1));
        int arrived = arrived().size();
        assertTrue(arrived > 25 && arrived < 75, () -> "of 100 calls arrived " + arrived);
    }

    @Test
    void aLostEndIsRepairedByTheNextCensus() {
        SimulatedCarrier carrier = open(Faults.NONE);
        SimulatedCaller caller = carrier.call("1", Optional.empty());
        time.pass(Duration.ofSeconds(1));
        carrier.faults(new Faults(1, 0, Duration.ZERO, 0, 0, 0));
        caller.hangUp();
        time.pass(Duration.ofSeconds(1));
        carrier.loseConnection("cut");
        carrier.regainConnection();
        time.pass(Duration.ofSeconds(1));
        assertTrue(events.contains(new CallEvent.LegEnded(caller.leg(), EndCause.NORMAL)));
    }

    @Test
    void aVanishedDeviceEndsAfterTheMediaTimeOut() {
        SimulatedCarrier carrier = open(Faults.NONE);
        carrier.device("d").answersAfter(Duration.ofMillis(10));
        carrier.perform(new CallCommand.Originate(
                "leg", "c", "d", Optional.empty(), Optional.empty(), true, Duration.ofSeconds(5)));
        time.pass(Duration.ofSeconds(1));
        carrier.device("d").vanish();
        time.pass(Duration.ofSeconds(19));
        assertEquals(new CallEvent.LegAnswered("leg"), events.getLast());
        time.pass(Duration.ofSeconds(2));
        assertEquals(new CallEvent.LegEnded("leg", EndCause.MEDIA_LOST), events.getLast());
    }

    @Test
    void aCallWithoutAControllerIsRetriedAndThenHearsAnApology() {
        SimulatedCarrier carrier = open(Faults.NONE);
        carrier.loseConnection("cut");
        SimulatedCaller lucky = carrier.call("1", Optional.empty());
        time.pass(Duration.ofSeconds(3));
        carrier.regainConnection();
        time.pass(Duration.ofSeconds(3));
        assertEquals(List.of(lucky.leg()), arrived());
        carrier.loseConnection("cut");
        SimulatedCaller unlucky = carrier.call("1", Optional.empty());
        time.pass(Duration.ofMinutes(1));
        assertEquals(List.of(new Heard.Apology()), unlucky.heard());
        assertTrue(unlucky.over());
    }

    @Test
    void aRestartEndsEveryLeg() {
        SimulatedCarrier carrier = open(Faults.NONE);
        SimulatedCaller caller = carrier.call("1", Optional.empty());
        time.pass(Duration.ofSeconds(1));
        carrier.restart();
        carrier.regainConnection();
        time.pass(Duration.ofSeconds(1));
        assertEquals(Optional.of(EndCause.CARRIER_LOST), caller.endCause());
        assertEquals(
                List.of(new CallEvent.LegEnded(caller.leg(), EndCause.CARRIER_LOST)),
                events.stream().filter(CallEvent.LegEnded.class::isInstance).toList());
    }

    @Test
    void aCrashIsToldSoonAndCallersBeforeDevices() {
        SimulatedCarrier carrier = open(Faults.NONE);
        carrier.perform(new CallCommand.Originate(
                "device", "c", "d", Optional.empty(), Optional.empty(), true, Duration.ofSeconds(5)));
        SimulatedCaller caller = carrier.call("1", Optional.empty());
        time.pass(Duration.ofSeconds(2));
        carrier.restart();
        time.pass(Duration.ofSeconds(3));
        List<CallEvent> ends = List.of(
                new CallEvent.LegEnded(caller.leg(), EndCause.CARRIER_LOST),
                new CallEvent.LegEnded("device", EndCause.CARRIER_LOST));
        assertEquals(
                ends,
                events.stream().filter(CallEvent.LegEnded.class::isInstance).toList());
        carrier.regainConnection();
        time.pass(Duration.ofSeconds(1));
        assertEquals(
                ends,
                events.stream().filter(CallEvent.LegEnded.class::isInstance).toList());
    }

    @Test
    void anotherProcessTakesCallsOver() {
        SimulatedCarrier carrier = open(Faults.NONE);
        SimulatedCaller caller = carrier.call("1", Optional.empty());
        time.pass(Duration.ofSeconds(1));
        carrier.perform(new CallCommand.Answer(caller.leg(), "c"));
        carrier.perform(new CallCommand.Play(caller.leg(), "p", List.of(new PromptRef("en", "x"))));
        carrier.device("d").behaves(new DeviceBehaviour.RingsOn());
        carrier.perform(new CallCommand.Originate(
                "device", "c", "d", Optional.empty(), Optional.empty(), true, Duration.ofSeconds(5)));
        time.pass(Duration.ofMillis(500));
        carrier.controllerDies();
        SimulatedCaller late = carrier.call("1", Optional.empty());
        time.pass(Duration.ofMillis(500));
        List<CallEvent> heard = new ArrayList<>();
        carrier.open(heard::add);
        time.pass(Duration.ofSeconds(6));
        Census census = ((CallEvent.CarrierConnected) heard.getFirst()).census();
        assertEquals(
                List.of(
                        new Census.Leg(caller.leg(), Optional.of("c"), true),
                        new Census.Leg("device", Optional.of("c"), false)),
                census.legs());
        assertEquals(
                List.of(
                        new CallEvent.PlayFinished(caller.leg(), "p", CallEvent.PlayOutcome.COMPLETED),
                        new CallEvent.CallArrived(late.leg(), "1", Optional.empty(), Set.of(Capability.VOICE)),
                        new CallEvent.LegEnded("device", EndCause.NO_ANSWER)),
                heard.subList(1, heard.size()));
    }

    @Test
    void demoCallersCallChooseAndLeave() {
        List<String> run = runDemo(1, Faults.NONE);
        assertTrue(run.stream().filter(line -> line.startsWith("CallArrived")).count() > 20, run::toString);
        assertTrue(run.stream().filter(line -> line.startsWith("DigitPressed")).count() > 20, run::toString);
        assertTrue(run.stream().filter(line -> line.startsWith("LegEnded")).count() > 15, run::toString);
    }

    @Test
    void aCarrierThatCannotListenSaysSo() {
        SimulatedCarrier carrier = new SimulatedCarrier(
                SimulatedSettings.standard().withCapabilities(Set.of(Capability.VOICE, Capability.MUSIC)),
                time,
                new Random(3));
        carrier.open(events::add);
        time.pass(Duration.ofMillis(10));
        Future<Void> answer = carrier.perform(new CallCommand.Snoop("s", "a", "b", false));
        assertEquals(Kind.UNSUPPORTED, ((CallControlException) answer.cause()).kind());
    }

    private SimulatedCarrier open(Faults faults) {
        SimulatedCarrier carrier =
                new SimulatedCarrier(SimulatedSettings.standard().withFaults(faults), time, new Random(3));
        carrier.open(events::add);
        time.pass(Duration.ofMillis(10));
        return carrier;
    }

    private List<String> arrived() {
        return events.stream()
                .filter(CallEvent.CallArrived.class::isInstance)
                .map(event -> ((CallEvent.CallArrived) event).leg())
                .toList();
    }

    /// Five minutes of demo callers whom a small controller answers with prompts.
    private static List<String> runDemo(long seed, Faults faults) {
        VirtualTime clock = new VirtualTime();
        Random random = new Random(seed);
        SimulatedCarrier carrier =
                new SimulatedCarrier(SimulatedSettings.standard().withFaults(faults), clock, random);
        List<String> seen = new ArrayList<>();
        carrier.open(event -> {
            seen.add(event.getClass().getSimpleName() + event);
            if (event instanceof CallEvent.CallArrived call) {
                carrier.perform(new CallCommand.Answer(call.leg(), call.leg()));
                carrier.perform(new CallCommand.Play(call.leg(), "p1", List.of(new PromptRef("en", "a"))));
            } else if (event instanceof CallEvent.DigitPressed digit) {
                carrier.perform(new CallCommand.Play(digit.leg(), "p2", List.of(new PromptRef("en", "b"))));
            }
        });
        DemoCallers callers = new DemoCallers(carrier, clock, random, DemoSettings.standard());
        callers.start();
        clock.pass(Duration.ofMinutes(5));
        callers.stop();
        clock.pass(Duration.ofMinutes(1));
        return seen;
    }
}
