package org.helpline.telephony.simulated;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CarrierWorld;

/// The simulated carrier in virtual time.
final class SimulatedWorld implements CarrierWorld {
    private final VirtualTime time = new VirtualTime();
    private final SimulatedCarrier carrier = new SimulatedCarrier(SimulatedSettings.standard(), time, new Random(1));
    private final List<CallEvent> events = new ArrayList<>();
    private int devices;

    SimulatedWorld() {
        done(() -> carrier.open(events::add));
    }

    @Override
    public CallControl control() {
        return carrier;
    }

    @Override
    public List<CallEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public <T> T done(Supplier<Future<T>> request) {
        Future<T> future = request.get();
        until("an answer", future::isComplete);
        if (future.failed()) {
            if (future.cause() instanceof CallControlException refusal) {
                throw refusal;
            }
            throw new AssertionError(future.cause());
        }
        return future.result();
    }

    @Override
    public void until(String what, BooleanSupplier condition) {
        assertTrue(time.passUntil(condition, Duration.ofMinutes(1)), what);
    }

    @Override
    public void settle() {
        time.pass(Duration.ofMillis(500));
    }

    @Override
    public TestCaller call(String called, Optional<String> number) {
        SimulatedCaller caller = carrier.call(called, number);
        return new Caller(caller);
    }

    private final class Caller implements TestCaller {
        private final SimulatedCaller caller;

        Caller(SimulatedCaller caller) {
            this.caller = caller;
        }

        @Override
        public void press(char key) {
            caller.press(key);
        }

        @Override
        public void hangUp() {
            caller.hangUp();
        }

        @Override
        public boolean answered() {
            return caller.answered();
        }

        @Override
        public boolean over() {
            return caller.over();
        }

        @Override
        public boolean talksWith(TestDevice device) {
            List<String> legs = carrier.device(device.destination()).legs();
            return !legs.isEmpty() && caller.bridgedWith().equals(legs);
        }

        @Override
        public boolean hearsMusic() {
            return caller.hearsMusic();
        }

        @Override
        public boolean hears(TestParty other) {
            return caller.hearsLegs().stream().anyMatch(legsOf(other)::contains);
        }
    }

    private List<String> legsOf(TestParty party) {
        return switch (party) {
            case Caller caller -> List.of(caller.caller.leg());
            case TestDevice device -> carrier.device(device.destination()).legs();
            default -> throw new IllegalArgumentException("no party of this world: " + party);
        };
    }

    @Override
    public boolean calledOutside(String number, TestCaller caller) {
        return ((Caller) caller).caller.heard().contains(new Heard.Referred(number));
    }

    @Override
    public TestDevice device(Answering how) {
        SimulatedDevice device = carrier.device("sim/device" + ++devices);
        device.behaves(
                switch (how) {
                    case ANSWERS -> new DeviceBehaviour.Answers(Duration.ofMillis(200));
                    case ANSWERS_SLOWLY -> new DeviceBehaviour.Answers(Duration.ofSeconds(4));
                    case RINGS_ON -> new DeviceBehaviour.RingsOn();
                    case BUSY -> new DeviceBehaviour.Busy();
                    case REJECTS -> new DeviceBehaviour.Rejects(Duration.ofMillis(300));
                    case ABSENT -> new DeviceBehaviour.Absent();
                });
        return new TestDevice() {
            @Override
            public String destination() {
                return device.destination();
            }

            @Override
            public void hangUp() {
                device.hangUp();
            }

            @Override
            public int calls() {
                return device.calls();
            }

            @Override
            public Optional<String> contactSeen() {
                return device.lastCall().map(CallCommand.Originate::contact);
            }

            @Override
            public boolean hears(TestParty other) {
                return device.hearsLegs().stream().anyMatch(legsOf(other)::contains);
            }

            @Override
            public boolean ringing() {
                return device.legs().stream()
                        .anyMatch(leg -> carrier.truth().legs().stream()
                                .anyMatch(held -> held.leg().equals(leg) && !held.up()));
            }
        };
    }

    @Override
    public void loseConnection() {
        carrier.loseConnection("cut by the test");
    }

    @Override
    public void regainConnection() {
        carrier.regainConnection();
    }

    @Override
    public void replace() {
        carrier.replace();
    }

    @Override
    public void close() {
        carrier.close();
    }
}
