package org.helpline.app.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.helpline.app.owner.CallerWatch.Answer;
import org.helpline.app.switchboard.KnownCaller;
import org.helpline.store.CallerMemory;
import org.helpline.store.CallerMemory.Arrival;
import org.helpline.store.CallerMemory.Known;
import org.helpline.store.CallerMemory.Limit;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallerGateTest {
    private static final KnownCaller STRANGER = KnownCaller.STRANGER;

    private final ManualTime time = new ManualTime();
    private final Slow memory = new Slow();
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> watched = new ArrayList<>();
    private final List<String> recent = new ArrayList<>();
    private final CallerGate gate = new CallerGate(
            memory,
            time,
            number -> Optional.of("key of " + number),
            new CallerWatch() {
                @Override
                public void asked(Answer how, Duration took) {
                    watched.add(how + " " + took.toMillis());
                }

                @Override
                public void remembered(boolean kept) {}
            },
            (caller, contacts) -> recent.add(caller + " " + contacts.size()));

    private record Heard(CallEvent event, KnownCaller caller) {}

    /// Answers when the test says so.
    private static final class Slow implements CallerMemory {
        private final List<Optional<String>> asked = new ArrayList<>();
        private final List<Promise<Arrival>> answers = new ArrayList<>();
        private Optional<RuntimeException> broken = Optional.empty();

        @Override
        public Future<Void> tidy() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Arrival> arrived(Optional<String> caller) {
            if (broken.isPresent()) throw broken.get();
            asked.add(caller);
            answers.add(Promise.promise());
            return answers.getLast().future();
        }

        @Override
        public Future<Void> remember(String caller, Contact contact, Optional<String> chosen) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @BeforeEach
    void lead() {
        gate.leadTo((event, caller) -> heard.add(new Heard(event, caller)));
    }

    @Test
    void aCallGoesOnWithWhatIsKnown() {
        gate.take(call("a"));
        assertEquals(List.of(), heard);
        assertEquals(List.of(Optional.of("key of 12125550001")), memory.asked);
        time.pass(Duration.ofMillis(3));
        memory.answers
                .getFirst()
                .complete(new Arrival(Optional.of(Limit.NUMBER), new Known(Optional.of("es"), List.of())));
        assertEquals(
                List.of(new Heard(call("a"), new KnownCaller(Optional.of("es"), Optional.of("limit-number")))), heard);
        assertEquals(List.of("KNOWN 3"), watched);
        assertEquals(List.of("key of 12125550001 0"), recent);
        time.pass(CallerGate.PATIENCE.multipliedBy(2));
        assertEquals(1, heard.size());
    }

    @Test
    void aWithheldNumberIsNoKey() {
        gate.take(new CallEvent.CallArrived("a", "18005550100", Optional.empty(), Set.of()));
        assertEquals(List.of(Optional.empty()), memory.asked);
    }

    @Test
    void noCallWaitsLongerThanThat() {
        gate.take(call("a"));
        time.pass(CallerGate.PATIENCE.minusMillis(1));
        assertEquals(List.of(), heard);
        time.pass(Duration.ofMillis(1));
        assertEquals(List.of(new Heard(call("a"), STRANGER)), heard);
        assertEquals(List.of("LATE 250"), watched);
        memory.answers.getFirst().complete(new Arrival(Optional.of(Limit.ALL), Known.NOTHING));
        assertEquals(1, heard.size(), "an answer that is late changes nothing");
        assertEquals(1, watched.size());
    }

    @Test
    void aMemoryThatFailsHoldsNobodyUp() {
        gate.take(call("a"));
        memory.answers.getFirst().fail("away");
        memory.broken = Optional.of(new IllegalStateException("broken"));
        gate.take(call("b"));
        assertEquals(List.of(new Heard(call("a"), STRANGER), new Heard(call("b"), STRANGER)), heard);
        assertEquals(List.of("FAILED 0", "FAILED 0"), watched);
    }

    @Test
    void whatHappensToALegMeanwhileComesAfterItsCall() {
        gate.take(call("a"));
        gate.take(call("b"));
        gate.take(new CallEvent.DigitPressed("a", '2'));
        gate.take(new CallEvent.LegEnded("a", EndCause.NORMAL));
        gate.take(new CallEvent.DigitPressed("c", '1'));
        memory.answers.getFirst().complete(new Arrival(Optional.empty(), Known.NOTHING));
        assertEquals(
                List.of(
                        new CallEvent.DigitPressed("c", '1'),
                        call("a"),
                        new CallEvent.DigitPressed("a", '2'),
                        new CallEvent.LegEnded("a", EndCause.NORMAL)),
                heard.stream().map(Heard::event).toList());
    }

    @Test
    void newsOfTheCarrierComesBehindTheCallsThatAreThere() {
        CallEvent lost = new CallEvent.CarrierLost("gone");
        gate.take(call("a"));
        gate.take(lost);
        assertEquals(List.of(call("a"), lost), heard.stream().map(Heard::event).toList());
        memory.answers.getFirst().complete(new Arrival(Optional.empty(), Known.NOTHING));
        assertEquals(2, heard.size());
    }

    @Test
    void aFloodIsNotHeldUp() {
        for (int n = 0; n < CallerGate.MOST_WAITING; n++) gate.take(call("n" + n));
        assertEquals(List.of(), heard);
        gate.take(call("one more"));
        assertEquals(List.of(new Heard(call("one more"), STRANGER)), heard);
        assertEquals(List.of("CROWDED 0"), watched);
        assertEquals(CallerGate.MOST_WAITING, memory.asked.size());
    }

    @Test
    void aCallThatIsToldTwiceIsAskedAboutOnce() {
        gate.take(call("a"));
        gate.take(call("a"));
        memory.answers.getFirst().complete(new Arrival(Optional.empty(), Known.NOTHING));
        assertEquals(1, memory.asked.size());
        assertEquals(1, heard.size());
    }

    private static CallEvent.CallArrived call(String leg) {
        return new CallEvent.CallArrived(
                leg, "18005550100", Optional.of("12125550001"), Set.of(CallControl.Capability.VOICE));
    }
}
