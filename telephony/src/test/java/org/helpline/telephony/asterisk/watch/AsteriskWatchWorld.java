package org.helpline.telephony.asterisk.watch;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.SwitchReport;
import org.helpline.telephony.SwitchWatch;
import org.helpline.telephony.SwitchWatchWorld;
import org.helpline.telephony.asterisk.AsteriskCarrier;
import org.helpline.telephony.asterisk.AsteriskInstance;
import org.helpline.telephony.asterisk.CuttableProxy;
import org.helpline.telephony.asterisk.SipObject;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// A real Asterisk with telephones that answer its probes, watched through a proxy that can be cut.
final class AsteriskWatchWorld implements SwitchWatchWorld {
    private final AsteriskInstance asterisk;
    private final Context context;
    private final CuttableProxy proxy;
    private final AsteriskWatch watch;
    private final AsteriskCarrier carrier;
    private final List<SwitchReport> reports = new CopyOnWriteArrayList<>();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final List<Phone> phones = new ArrayList<>();
    private final List<AutoCloseable> callers = new ArrayList<>();
    private boolean open = true;

    AsteriskWatchWorld(AsteriskInstance asterisk, Vertx vertx) {
        this.asterisk = asterisk;
        context = vertx.getOrCreateContext();
        WatchSettings real = asterisk.watchSettings();
        proxy = new CuttableProxy(real.port());
        watch = new AsteriskWatch(
                vertx,
                WatchSettings.of(URI.create("tcp://127.0.0.1:" + proxy.port()), real.user(), real.password())
                        .withCensusEvery(Duration.ofSeconds(1)));
        carrier = new AsteriskCarrier(vertx, asterisk.settings(), prompt -> prompt.key(), new Random(1));
        done(() -> carrier.open(events::add));
    }

    <T> T done(Supplier<Future<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(go -> request.get().onComplete(result::complete, result::completeExceptionally));
        return result.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public SwitchWatch watch() {
        return watch;
    }

    @Override
    public List<SwitchReport> reports() {
        return List.copyOf(reports);
    }

    @Override
    public void open() {
        done(() -> watch.open(reports::add));
    }

    @Override
    public void until(String what, BooleanSupplier condition) {
        await(what)
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    /// Longer than two probes are apart.
    @Override
    public void settle() {
        await().pollDelay(Duration.ofMillis(2500)).until(() -> true);
    }

    @Override
    public Phone phone() {
        return phone(Duration.ofSeconds(1));
    }

    /// @param probed so often by Asterisk itself
    Phone phone(Duration probed) {
        Phone phone = new Phone("phone-" + phones.size(), probed);
        phones.add(phone);
        return phone;
    }

    final class Phone implements TestPhone {
        private final String endpoint;
        private final int port;
        private SipPeer peer;

        Phone(String endpoint, Duration probed) {
            this.endpoint = endpoint;
            peer = peer(0);
            port = Integer.parseInt(peer.address().split(":", 2)[1]);
            done(() -> carrier.sipObjects()
                    .define(List.of(
                            object(
                                    SipObject.Type.AOR,
                                    Map.of(
                                            "contact",
                                            "sip:someone@" + peer.address(),
                                            "qualify_frequency",
                                            Long.toString(probed.toSeconds()),
                                            "qualify_timeout",
                                            "1")),
                            object(
                                    SipObject.Type.ENDPOINT,
                                    Map.of("aors", endpoint, "context", "no-calls", "identify_by", "ip")))));
        }

        private SipObject object(SipObject.Type type, Map<String, String> fields) {
            return new SipObject(type, endpoint, new TreeMap<>(fields));
        }

        private static SipPeer peer(int port) {
            return new SipPeer("127.0.2.1", port, call -> call.refuse(486, "Busy Here"));
        }

        @Override
        public String endpoint() {
            return endpoint;
        }

        @Override
        public void falls() {
            peer.close();
        }

        @Override
        public void rises() {
            peer = peer(port);
        }
    }

    @Override
    public TestCall call() {
        int before = arrivals().size();
        SipPeer telephone = SipPeer.caller("127.0.1.1");
        callers.add(telephone);
        SipCall call = telephone.call(asterisk.sip(), "18005550100", Optional.of("12125550001"));
        callers.add(call::hangUp);
        call.media().tone(700);
        until("the call has arrived", () -> arrivals().size() > before);
        String leg = arrivals().getLast().leg();
        done(() -> carrier.perform(new CallCommand.Answer(leg, "c-1")));
        // What Asterisk sends has a clock that tells how fast it ticks.
        done(() -> carrier.perform(new CallCommand.StartMusic(leg)));
        return new TestCall() {
            @Override
            public String leg() {
                return leg;
            }

            @Override
            public void end() {
                call.hangUp();
            }
        };
    }

    private List<CallEvent.CallArrived> arrivals() {
        return events.stream()
                .filter(CallEvent.CallArrived.class::isInstance)
                .map(CallEvent.CallArrived.class::cast)
                .toList();
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
    public void closeWatch() {
        if (open) done(watch::close);
        open = false;
    }

    @Override
    public void close() {
        callers.reversed().forEach(AsteriskWatchWorld::close);
        phones.forEach(phone -> {
            phone.falls();
            done(() -> carrier.sipObjects().remove(phone.endpoint));
        });
        until("no channel is left", () -> !asterisk.hasChannels());
        closeWatch();
        done(carrier::close);
        proxy.close();
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
