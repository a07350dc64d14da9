package org.helpline.telephony.asterisk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SipObjectsTest {
    private static final SipObject AOR = object(SipObject.Type.AOR, "desk-agent1");
    private static final SipObject ENDPOINT = object(SipObject.Type.ENDPOINT, "desk-agent1");

    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private Context context;
    private FakeAri ari;
    private AsteriskCarrier carrier;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
        ari = new FakeAri(vertx);
        carrier = new AsteriskCarrier(vertx, ari.settings(), prompt -> prompt.key(), new Random(1));
    }

    @AfterEach
    void stop() {
        run(carrier::close);
        ari.close();
        vertx.close().await();
    }

    @Test
    void areMadeInTheOrderGiven() {
        run(() -> carrier.open(events::add));
        run(() -> carrier.sipObjects().define(List.of(AOR, ENDPOINT)));
        assertEquals(
                List.of(
                        "PUT asterisk/config/dynamic/res_pjsip/aor/desk-agent1",
                        "PUT asterisk/config/dynamic/res_pjsip/endpoint/desk-agent1"),
                sent());
        assertEquals(
                "{\"fields\":[{\"attribute\":\"some\",\"value\":\"secret\"}]}",
                ari.requests().getLast().getString("message_body"));
    }

    @Test
    void definedWithoutAConnectionAreMadeBeforeItIsTold() {
        run(() -> carrier.sipObjects().define(List.of(AOR, ENDPOINT)));
        run(() -> carrier.open(events::add));
        assertEquals(2, sent().size(), () -> ari.requests().toString());
    }

    @Test
    void areMadeAgainAtEachConnection() {
        run(() -> carrier.open(events::add));
        run(() -> carrier.sipObjects().define(List.of(AOR, ENDPOINT)));
        ari.drop();
        await().until(() -> ari.connections() == 2 && events.getLast() instanceof CallEvent.CarrierConnected);
        assertEquals(4, sent().size());
    }

    @Test
    void thoseThatAreTakenAwayStayAway() {
        run(() -> carrier.open(events::add));
        run(() -> carrier.sipObjects().define(List.of(AOR, ENDPOINT)));
        ari.answers = request -> Optional.of(404);
        run(() -> carrier.sipObjects().remove("desk-agent1"));
        assertEquals("DELETE asterisk/config/dynamic/res_pjsip/endpoint/desk-agent1", sent().get(2));
        assertEquals("DELETE asterisk/config/dynamic/res_pjsip/aor/desk-agent1", sent().get(3));
        ari.answers = request -> Optional.of(204);
        ari.drop();
        await().until(() -> ari.connections() == 2 && events.getLast() instanceof CallEvent.CarrierConnected);
        assertEquals(4, sent().size());
    }

    @Test
    void oneThatIsRefusedIsToldAndNotTriedAgain() {
        run(() -> carrier.open(events::add));
        ari.answers = request -> Optional.of(403);
        CompletionException failure = assertThrows(
                CompletionException.class, () -> run(() -> carrier.sipObjects().define(List.of(AOR))));
        assertEquals(CallControlException.Kind.REFUSED, ((CallControlException) failure.getCause()).kind());
        ari.drop();
        await().until(() -> ari.connections() == 2 && events.getLast() instanceof CallEvent.CarrierConnected);
        assertEquals(1, sent().size());
    }

    @Test
    void moreThanTheBoundAreRefused() {
        List<SipObject> many = new ArrayList<>();
        for (int i = 0; i <= KeptSipObjects.MOST; i++) many.add(object(SipObject.Type.AOR, "a" + i));
        CompletionException failure = assertThrows(
                CompletionException.class, () -> run(() -> carrier.sipObjects().define(many)));
        assertEquals(CallControlException.Kind.OVERLOADED, ((CallControlException) failure.getCause()).kind());
    }

    @Test
    void theirFieldsMayBeSecretAndAreNotShown() {
        assertFalse(AOR.toString().contains("secret"));
        assertTrue(AOR.toString().contains("desk-agent1"));
        assertThrows(IllegalArgumentException.class, () -> object(SipObject.Type.AOR, "a/b"));
    }

    private List<String> sent() {
        return ari.requests().stream()
                .filter(request -> request.getString("uri").startsWith("asterisk/config"))
                .map((JsonObject request) -> request.getString("method") + " " + request.getString("uri"))
                .toList();
    }

    private static SipObject object(SipObject.Type type, String id) {
        return new SipObject(type, id, new TreeMap<>(Map.of("some", "secret")));
    }

    private <T> T run(Supplier<Future<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(go -> request.get().onComplete(result::complete, result::completeExceptionally));
        return result.orTimeout(5, TimeUnit.SECONDS).join();
    }
}
