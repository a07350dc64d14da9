package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The live figures.
class LiveTest {
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.start(new GatewaySettings(
                TokenKey.of(GatewayServer.KEY),
                GatewaySettings.SignIn.DEFAULT,
                GatewayServer.SETTINGS.sockets(),
                new GatewaySettings.Live(
                        Duration.ofMillis(20),
                        ZoneId.of("America/New_York"),
                        new ServiceLevel(
                                ServiceLevelVariant.ABANDONS_COUNT_AGAINST,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(5)))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFiguresFollowACall() {
        DeskClient wall = DeskClient.connect(server, "/v1/live", server.token("supervisor1"));
        JsonObject first = wall.next();
        assertEquals(0, first.getJsonArray("queues").size());
        assertEquals(2, first.getJsonObject("agents").getInteger("signed-out"));

        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        JsonObject row = queue(wall, queue -> queue.getInteger("waiting") == 1);
        assertEquals("es", row.getString("language"));
        assertEquals("voice", row.getString("modality"));
        assertNull(row.getJsonObject("serviceLevel").getValue("value"));
        server.clock.elapse(Duration.ofSeconds(9));
        assertEquals(
                9_000, queue(wall, queue -> queue.getLong("longestWaitMs") > 0).getLong("longestWaitMs"));

        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-2", server.clock.instant()));
        desk.done("accept-offer", "offerId", offer());
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        row = queue(wall, queue -> queue.getInteger("talking") == 1);
        assertEquals(1, row.getInteger("waiting"));
        assertEquals(1.0, row.getJsonObject("serviceLevel").getDouble("value"));

        server.submit(new Input.CallerLeft(new ContactId("call-2")));
        row = queue(wall, queue -> queue.getInteger("waiting") == 0);
        assertEquals(0.5, row.getJsonObject("serviceLevel").getDouble("value"));
        assertEquals("abandons-count-against", row.getJsonObject("serviceLevel").getString("variant"));
    }

    @Test
    void whatAllShouldKnowIsTold() {
        DeskClient wall = DeskClient.connect(server, "/v1/live", server.token("supervisor1"));
        assertTrue(wall.next().getJsonArray("notices").isEmpty());
        server.notices = List.of(new Notice(Notice.Kind.JOURNAL_AWAY, server.clock.instant()));
        JsonObject notice = wall.next().getJsonArray("notices").getJsonObject(0);
        assertEquals("journal-away", notice.getString("kind"));
        assertEquals(server.clock.instant().toString(), notice.getString("since"));
        server.notices = List.of();
        assertTrue(wall.next().getJsonArray("notices").isEmpty());
    }

    @Test
    void theDaysTrendsComeWholeAndThenByWhatChanged() {
        DeskClient wall = DeskClient.connect(server, "/v1/live", server.token("agent1"));
        assertEquals(0, quarters(wall.next()).size());
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        JsonObject quarter = lastQuarter(wall, one -> one.getInteger("abandoned") == 1);
        assertEquals("2026-11-02T14:00:00Z", quarter.getString("from"));
        assertEquals(1, quarter.getInteger("offered"));
        assertEquals(0.0, quarter.getDouble("serviceLevel"));

        server.clock.elapse(Duration.ofMinutes(20));
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-2", server.clock.instant()));
        desk.done("accept-offer", "offerId", offer());
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        desk.done("hold", "contactId", "call-2");
        assertEquals(1, queue(wall, queue -> queue.getInteger("held") == 1).getInteger("offered") - 1);
        desk.done("hang-up", "contactId", "call-2");
        JsonObject later = lastQuarter(wall, one -> one.getInteger("handled") == 1);
        assertEquals("2026-11-02T14:15:00Z", later.getString("from"));
        assertEquals(0, later.getInteger("abandoned"));

        JsonObject whole =
                DeskClient.connect(server, "/v1/live", server.token("agent1")).next();
        assertEquals(2, quarters(whole).size());
        JsonObject row = whole.getJsonArray("queues").getJsonObject(0);
        assertEquals(2, row.getInteger("offered"));
        assertEquals(1, row.getInteger("handled"));
        assertEquals(1, row.getInteger("abandoned"));
        assertEquals("2026-11-02", whole.getString("day"));
    }

    @Test
    void aClosedQueueIsSeenAsClosed() {
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        DeskClient wall = DeskClient.connect(server, "/v1/live", server.token("agent1"));
        queue(wall, queue -> queue.getBoolean("open"));
        server.submit(new Input.CloseQueue(RoutingDomain.SNAP));
        queue(wall, queue -> !queue.getBoolean("open"));
    }

    private static JsonArray quarters(JsonObject push) {
        return push.getJsonObject("trends").getJsonArray("quarters");
    }

    private static JsonObject lastQuarter(DeskClient wall, Predicate<JsonObject> wanted) {
        for (; ; ) {
            JsonObject push = wall.next();
            if (!push.containsKey("trends") || quarters(push).isEmpty()) continue;
            assertEquals(1, quarters(push).size(), "only what changed");
            JsonObject quarter = quarters(push).getJsonObject(0);
            if (wanted.test(quarter)) return quarter;
        }
    }

    @Test
    void theDayBeginsAtMidnightOfTheZone() {
        DeskClient wall = DeskClient.connect(server, "/v1/live", server.token("agent1"));
        wall.next();
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        JsonObject row = queue(
                wall,
                queue -> queue.getInteger("waiting") == 0
                        && queue.getJsonObject("serviceLevel").getValue("value") != null);
        assertEquals(0.0, row.getJsonObject("serviceLevel").getDouble("value"));
        // 14:00 UTC is 9:00 in New York; ten hours later it is midnight in London alone.
        server.clock.elapse(Duration.ofHours(10));
        DeskClient late = DeskClient.connect(server, "/v1/live", server.token("agent1"));
        assertEquals(1, late.next().getJsonArray("queues").size());
        server.clock.elapse(Duration.ofHours(5));
        DeskClient nextDay = DeskClient.connect(server, "/v1/live", server.token("agent1"));
        assertEquals(0, nextDay.next().getJsonArray("queues").size());
    }

    @Test
    void thisSocketTakesNoMessages() {
        DeskClient wall = DeskClient.connect(server, "/v1/live", server.token("agent1"));
        wall.next();
        wall.send("{\"id\":1,\"type\":\"subscribe\"}");
        assertEquals("malformed", wall.next("refused").getString("reason"));
    }

    @Test
    void watchersAreBounded() {
        for (int i = 0; i < 3; i++)
            DeskClient.connect(server, "/v1/live", server.token("agent1")).next();
        assertEquals(
                4429,
                DeskClient.connect(server, "/v1/live", server.token("agent1")).closeCode());
    }

    private String offer() {
        return server.desk("agent1")
                .next("welcome")
                .getJsonArray("offers")
                .getJsonObject(0)
                .getString("offerId");
    }

    private static JsonObject queue(DeskClient wall, Predicate<JsonObject> wanted) {
        for (; ; ) {
            JsonObject figures = wall.next();
            if (figures.getJsonArray("queues").isEmpty()) continue;
            JsonObject queue = figures.getJsonArray("queues").getJsonObject(0);
            if (wanted.test(queue)) return queue;
        }
    }
}
