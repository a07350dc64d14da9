package org.helpline.telephony.asterisk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.helpline.telephony.SwitchReport;
import org.helpline.telephony.SwitchWatchContract;
import org.helpline.telephony.SwitchWatchWorld;
import org.helpline.telephony.asterisk.AsteriskInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class AsteriskSwitchWatchTest extends SwitchWatchContract {
    private static Vertx vertx;
    private static AsteriskInstance asterisk;

    @BeforeAll
    static void startAsterisk(@TempDir Path folder) {
        vertx = Vertx.vertx();
        asterisk = AsteriskInstance.start(folder);
    }

    @AfterAll
    static void stopAsterisk() {
        if (asterisk != null) {
            asterisk.close();
        }
        vertx.close().await();
    }

    @Override
    protected SwitchWatchWorld newWorld() {
        return new AsteriskWatchWorld(asterisk, vertx);
    }

    /// A phone that falls and rises, a call with sound, a hang-up: of all that happens in Asterisk, these
    /// events reach us.
    @Test
    void onlyTheEventsThatAreNeededArrive() throws Exception {
        WatchSettings settings = asterisk.watchSettings();
        Map<String, AtomicInteger> types = new ConcurrentHashMap<>();
        DefaultManagerConnection connection =
                new DefaultManagerConnection(settings.host(), settings.port(), settings.user(), settings.password());
        connection.addEventListener(
                event -> types.computeIfAbsent(event.getClass().getSimpleName(), _ -> new AtomicInteger())
                        .incrementAndGet());
        connection.login();
        try (AsteriskWatchWorld world = new AsteriskWatchWorld(asterisk, vertx)) {
            AsteriskWatchWorld.Phone phone = world.phone();
            SwitchWatchWorld.TestCall call = world.call();
            world.until(
                    "the phone and the call are heard of",
                    () -> types.keySet().containsAll(Set.of("ContactStatusEvent", "RtcpSentEvent")));
            phone.falls();
            world.until(
                    "the fall is heard of",
                    () -> types.get("ContactStatusEvent").get() >= 2);
            call.end();
            world.settle();
        } finally {
            connection.logoff();
        }
        SortedMap<String, AtomicInteger> sorted = new TreeMap<>(types);
        sorted.keySet()
                .removeAll(Set.of(
                        "ConnectEvent",
                        "DisconnectEvent",
                        "ProtocolIdentifierReceivedEvent",
                        // Once, in answer to signing in, whatever the filters say.
                        "FullyBootedEvent",
                        "ContactStatusEvent",
                        "RtcpSentEvent",
                        "RtcpReceivedEvent"));
        assertEquals(Map.of(), sorted);
    }

    @Test
    void theAccountCanMoveNoCallAndRunNothing() throws Exception {
        WatchSettings settings = asterisk.watchSettings();
        DefaultManagerConnection connection =
                new DefaultManagerConnection(settings.host(), settings.port(), settings.user(), settings.password());
        connection.login();
        try {
            assertEquals(
                    "Error",
                    connection
                            .sendAction(new CommandAction("core show version"))
                            .getResponse());
            OriginateAction originate = new OriginateAction();
            originate.setChannel("PJSIP/desk/sip:someone@127.0.2.1:9");
            originate.setApplication("Echo");
            assertEquals("Error", connection.sendAction(originate).getResponse());
        } finally {
            connection.logoff();
        }
    }

    @Test
    void aRestartedAsteriskIsWatchedAgain() {
        try (AsteriskWatchWorld world = new AsteriskWatchWorld(asterisk, vertx)) {
            AsteriskWatchWorld.Phone phone = world.phone();
            world.open();
            world.until("the phone is reachable", () -> reachable(world, phone, 0));
            asterisk.restart();
            world.until(
                    "the loss is told",
                    () -> world.reports().stream().anyMatch(SwitchReport.WatchLost.class::isInstance));
            int lost = world.reports().stream()
                    .map(SwitchReport.WatchLost.class::isInstance)
                    .toList()
                    .indexOf(true);
            world.until("the phone is watched again", () -> reachable(world, phone, lost));
        }
    }

    private static boolean reachable(AsteriskWatchWorld world, AsteriskWatchWorld.Phone phone, int from) {
        return world.reports().stream()
                .skip(from)
                .anyMatch(report -> report instanceof SwitchReport.PhoneReachable reachable
                        && reachable.endpoint().equals(phone.endpoint()));
    }

    @Test
    void aPhoneThatIsAskedForIsProbedAtOnce() {
        try (AsteriskWatchWorld world = new AsteriskWatchWorld(asterisk, vertx)) {
            world.open();
            AsteriskWatchWorld.Phone phone = world.phone(Duration.ofHours(1));
            world.done(() -> world.watch().probe(phone.endpoint()));
            world.until("the phone is reachable", () -> reachable(world, phone, 0));
        }
    }
}
