package org.helpline.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.gateway.CallerHistory.Detail;
import org.helpline.gateway.CallerHistory.Previous;
import org.helpline.router.Input;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Earlier contacts of a caller: with the offer or after it, and in full only when the agent knows who calls.
class PreviousTest {
    private static final Instant EARLIER = Instant.parse("2026-10-05T15:00:00Z");
    private static final List<Previous> ONE = List.of(new Previous(
            EARLIER,
            List.of("SNAP - Recertification"),
            Optional.of(new Detail(
                    RoutingDomain.SNAP,
                    new Language("es"),
                    Duration.ofMinutes(4),
                    List.of(new Inquiry(
                            "SNAP - Recertification",
                            InquiryOutcome.ESCALATED,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("Sent the form again.")))))));

    private GatewayServer server;
    private DeskClient desk;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
        desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void call() {
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
    }

    @Test
    void whatComesLateFollowsTheOffer() {
        Promise<List<Previous>> records = Promise.promise();
        server.history = number -> number.equals("+12125550147") ? records.future() : Future.failedFuture("no");
        call();
        JsonObject offer = desk.next("offer");
        assertEquals(new JsonArray(), offer.getJsonObject("contact").getJsonArray("previous"));
        records.complete(ONE);
        JsonObject contact = desk.next("contact").getJsonObject("contact");
        assertEquals("offered", contact.getString("state"));
        JsonObject previous = contact.getJsonArray("previous").getJsonObject(0);
        assertEquals("SNAP - Recertification", previous.getString("topic"));
        assertEquals(EARLIER.toString(), previous.getString("at"));
        assertEquals(2, previous.size(), "date and topic, nothing else");
    }

    @Test
    void anAgentWhoHasMadeSureWhoCallsSeesMore() {
        server.history = number -> Future.succeededFuture(ONE);
        desk.done("set-state", "state", "not-ready");
        call();
        desk.done("set-state", "state", "ready");
        JsonObject offer = desk.find("offer", message -> true);
        desk.refused("wrong-state", "mark-verified", "contactId", "call-1");
        desk.done("accept-offer", "offerId", offer.getString("offerId"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        JsonObject contact = desk.find("contact", message -> true).getJsonObject("contact");
        assertFalse(contact.getJsonArray("previous").getJsonObject(0).containsKey("notes"));
        desk.done("mark-verified", "contactId", "call-1");
        JsonObject verified =
                server.desk("agent1").next("welcome").getJsonArray("contacts").getJsonObject(0);
        assertEquals("passed", verified.getJsonObject("caller").getString("verification"));
        JsonObject previous = verified.getJsonArray("previous").getJsonObject(0);
        assertEquals("Sent the form again.", previous.getString("notes"));
        assertEquals("escalated", previous.getString("outcome"));
        assertEquals(240_000, previous.getLong("talkedMs"));
        desk.done("hang-up", "contactId", "call-1");
        desk.refused("wrong-state", "mark-verified", "contactId", "call-1");
    }

    @Test
    void recordsThatFailedAreAskedOnceMoreWithTheOffer() {
        desk.done("set-state", "state", "not-ready");
        AtomicInteger asked = new AtomicInteger();
        server.history = number ->
                asked.getAndIncrement() == 0 ? Future.failedFuture("too many at once") : Future.succeededFuture(ONE);
        call();
        await().until(() -> asked.get() == 1);
        desk.done("set-state", "state", "ready");
        JsonObject contact = desk.find("contact", message -> true).getJsonObject("contact");
        assertEquals(1, contact.getJsonArray("previous").size());
    }

    @Test
    void recordsThatFailKeepNoOffer() {
        server.history = number -> Future.failedFuture("the database is gone");
        call();
        assertEquals(
                new JsonArray(), desk.next("offer").getJsonObject("contact").getJsonArray("previous"));
    }
}
