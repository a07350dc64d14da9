package org.helpline.telephony.asterisk;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CarrierWorld;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// A real Asterisk with SIP telephones around it; the connection to it runs through a proxy that can be cut.
final class AsteriskWorld implements CarrierWorld {
    private static final double CALLER_HZ = 700;
    /// Each device has a voice of its own.
    private static final double FIRST_DEVICE_HZ = 1100;

    private static final double NEXT_DEVICE_HZ = 400;

    private final AsteriskInstance asterisk;
    private final AsteriskTrunk trunk;
    private final boolean keysByInfo;
    private final Vertx vertx;
    private final Context context;
    private final CuttableProxy proxy;
    private final AsteriskSettings settings;
    private final AsteriskCarrier carrier;
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final List<SipCall> calls = new CopyOnWriteArrayList<>();

    /// @param keysByInfo callers press keys by SIP INFO and offer nothing else; otherwise by RFC 4733
    AsteriskWorld(AsteriskInstance asterisk, AsteriskTrunk trunk, Vertx vertx, boolean keysByInfo) {
        this.trunk = trunk;
        this.keysByInfo = keysByInfo;
        this.asterisk = asterisk;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.proxy = new CuttableProxy(asterisk.settings().port());
        AsteriskSettings real = asterisk.settings();
        this.settings =
                AsteriskSettings.of(URI.create("http://127.0.0.1:" + proxy.port()), real.user(), real.password());
        this.carrier = new AsteriskCarrier(vertx, settings, AsteriskWorld::sound, new Random(1));
        done(() -> carrier.open(events::add));
    }

    static String sound(PromptRef prompt) {
        return "helpline/" + prompt.language() + "/" + prompt.key();
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
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(go -> request.get().onComplete(result::complete, result::completeExceptionally));
        try {
            return result.orTimeout(15, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof CallControlException refusal) {
                throw refusal;
            }
            throw new AssertionError(failure.getCause());
        }
    }

    @Override
    public void until(String what, BooleanSupplier condition) {
        await(what)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    @Override
    public void settle() {
        await().pollDelay(Duration.ofMillis(400)).until(() -> true);
    }

    @Override
    public TestCaller call(String called, Optional<String> number) {
        SipPeer telephone = SipPeer.caller("127.0.1.1");
        open.add(telephone);
        SipCall call = telephone.call(asterisk.sip(), called, number, !keysByInfo);
        call.media().tone(CALLER_HZ);
        calls.add(call);
        return new Caller(call);
    }

    @Override
    public boolean calledOutside(String number, TestCaller caller) {
        return trunk.latest()
                .filter(call -> call.invite().startLine().contains("sip:" + number + "@") && call.up())
                .filter(call -> call.media().hears(CALLER_HZ))
                .isPresent();
    }

    /// What one hears of the other's voice.
    private static boolean hears(SipCall call, TestParty other) {
        return call.media()
                .hearsAmongOthers(
                        switch (other) {
                            case Caller caller -> CALLER_HZ;
                            case Device device -> device.hz;
                            default -> throw new IllegalArgumentException("no party of this world: " + other);
                        });
    }

    private final class Caller implements TestCaller {
        private final SipCall call;

        Caller(SipCall call) {
            this.call = call;
        }

        @Override
        public void press(char key) {
            if (keysByInfo) {
                call.info(key);
            } else {
                call.media().press(key);
            }
        }

        @Override
        public void hangUp() {
            call.hangUp();
        }

        @Override
        public boolean answered() {
            return call.up();
        }

        @Override
        public boolean over() {
            return call.over();
        }

        @Override
        public boolean talksWith(TestDevice device) {
            SipCall other = ((Device) device).peer.received().getLast();
            until("the device hears the caller", () -> other.media().hears(CALLER_HZ));
            until("the caller hears the device", () -> call.media().hears(((Device) device).hz));
            return true;
        }

        @Override
        public boolean hears(TestParty other) {
            return AsteriskWorld.hears(call, other);
        }

        @Override
        public boolean hearsMusic() {
            return call.media().hearsAnythingWithin(Duration.ofMillis(700))
                    && devices.stream().noneMatch(device -> call.media().hears(device.hz));
        }
    }

    @Override
    public TestDevice device(Answering how) {
        Device device = new Device(how);
        open.add(device.peer);
        devices.add(device);
        return device;
    }

    private final class Device implements TestDevice {
        final SipPeer peer;
        private final String destination;
        private final double hz = FIRST_DEVICE_HZ + NEXT_DEVICE_HZ * devices.size();

        Device(Answering how) {
            peer = new SipPeer("127.0.2.1", 0, call -> {
                calls.add(call);
                call.media().tone(hz);
                switch (how) {
                    case ANSWERS -> ringThen(call, 200, call::answer);
                    case ANSWERS_SLOWLY -> ringThen(call, 4000, call::answer);
                    case RINGS_ON -> call.ring();
                    case BUSY -> call.refuse(486, "Busy Here");
                    case REJECTS -> ringThen(call, 200, () -> call.refuse(603, "Decline"));
                    case ABSENT -> call.refuse(404, "Not Found");
                }
            });
            destination = "PJSIP/desk/sip:agent1@" + (how == Answering.ABSENT ? "127.0.2.9:9" : peer.address());
        }

        private void ringThen(SipCall call, long afterMs, Runnable next) {
            call.ring();
            vertx.setTimer(afterMs, timer -> next.run());
        }

        @Override
        public String destination() {
            return destination;
        }

        @Override
        public void hangUp() {
            peer.received().getLast().hangUp();
        }

        @Override
        public int calls() {
            return peer.received().size();
        }

        @Override
        public Optional<String> contactSeen() {
            return peer.received().getLast().invite().header("X-Helpline-Contact");
        }

        @Override
        public boolean hears(TestParty other) {
            return AsteriskWorld.hears(peer.received().getLast(), other);
        }

        @Override
        public boolean ringing() {
            return peer.received().stream().anyMatch(call -> call.state() == SipCall.State.RINGING);
        }
    }

    @Override
    public void loseConnection() {
        proxy.cut();
    }

    @Override
    public void regainConnection() {
        proxy.restore();
    }

    @Override
    public void replace() {
        connectAnother(event -> {});
    }

    /// A second client under the same name, as another process would be.
    AsteriskCarrier connectAnother(Consumer<CallEvent> listener) {
        AsteriskCarrier another = new AsteriskCarrier(vertx, asterisk.settings(), AsteriskWorld::sound, new Random(2));
        open.add(() -> done(another::close));
        done(() -> another.open(listener));
        return another;
    }

    /// The latest call that a caller made or a device got.
    SipCall lastCall() {
        return calls.getLast();
    }

    @Override
    public void close() {
        calls.forEach(SipCall::hangUp);
        // The next test begins with an empty Asterisk.
        until("no channel is left", () -> !asterisk.hasChannels());
        done(carrier::close);
        proxy.close();
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
