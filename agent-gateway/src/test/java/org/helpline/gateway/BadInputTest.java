package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.helpline.gateway.UserDirectory.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What must be refused on a socket, and must disturb nobody else.
class BadInputTest {
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void malformedMessagesAreRefusedAndTheSocketStays() {
        DeskClient desk = server.desk("agent1");
        desk.next("welcome");
        String[] malformed = {"{\"id\":", "[1,2]", "{\"type\":\"set-state\"}", "{\"id\":{},\"type\":\"sign-out\"}"};
        for (String text : malformed) {
            desk.send(text);
            JsonObject refused = desk.next("refused");
            assertEquals("malformed", refused.getString("reason"), text);
            assertNull(refused.getValue("id"));
        }
        desk.done("set-state", "state", "ready");
        desk.socket().writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3}));
        assertEquals("malformed", desk.next("refused").getString("reason"));
        desk.done("set-state", "state", "not-ready");
    }

    @Test
    void whoSendsNothingButRubbishIsClosed() {
        DeskClient desk = server.desk("agent1");
        for (int i = 0; i < 5; i++) desk.send("rubbish");
        assertEquals(1008, desk.closeCode());
    }

    @Test
    void typesOfLaterIssuesAndOfNoIssueAreUnknown() {
        DeskClient desk = server.desk("agent1");
        String[] unknown = {"request-interpreter", "drop-participant", "send-text", "nonsense"};
        for (String type : unknown) desk.refused("unknown-type", type, "contactId", "call-1");
    }

    @Test
    void aFaultyFieldIsNamedWithWhatIsAllowed() {
        DeskClient desk = server.desk("agent1");
        JsonObject refused = desk.refused("invalid", "set-state", "state", "asleep");
        assertEquals("state", refused.getString("field"));
        assertEquals("asleep", refused.getString("value"));
        assertEquals("ready, not-ready", refused.getString("allowed"));

        assertEquals("device", fault(desk, "set-state", "state", "ready", "device", "phone"));
        assertEquals("reason", fault(desk, "set-state", "state", "ready", "reason", "why"));
        assertEquals("reason", fault(desk, "set-state", "state", "not-ready", "reason", "x".repeat(65)));
        assertEquals("offerId", fault(desk, "accept-offer"));
        assertEquals("offerId", fault(desk, "accept-offer", "offerId", "with space"));
        assertEquals("offerId", fault(desk, "reject-offer", "offerId", 7));
        assertEquals("contactId", fault(desk, "hang-up", "contactId", "x".repeat(71)));
        assertEquals("inquiries", fault(desk, "complete-wrap-up", "contactId", "c", "inquiries", new JsonArray()));
        assertEquals(
                "inquiries[1].outcome",
                fault(desk, "complete-wrap-up", "contactId", "c", "inquiries", inquiries("resolved", "perhaps")));
        assertEquals("type", fault(desk, null));
        for (String type : List.of("hold", "unhold", "complete-transfer", "cancel-transfer", "mark-verified")) {
            assertEquals("contactId", fault(desk, type), type);
            assertEquals("extra", fault(desk, type, "contactId", "c", "extra", 1), type);
        }
        assertEquals("to", fault(desk, "transfer", "contactId", "c", "mode", "cold"));
        assertEquals("to", fault(desk, "transfer", "contactId", "c", "mode", "cold", "to", to()));
        assertEquals(
                "to",
                fault(
                        desk,
                        "transfer",
                        "contactId",
                        "c",
                        "mode",
                        "cold",
                        "to",
                        to().put("queue", "q").put("agent", "a")));
        assertEquals(
                "to.number",
                fault(desk, "transfer", "contactId", "c", "mode", "cold", "to", to().put("number", "1 2")));
        assertEquals(
                "to.extra",
                fault(
                        desk,
                        "transfer",
                        "contactId",
                        "c",
                        "mode",
                        "cold",
                        "to",
                        to().put("queue", "q").put("extra", 1)));
        assertEquals("mode", fault(desk, "transfer", "contactId", "c", "to", to().put("queue", "q")));
    }

    private static String fault(DeskClient desk, String type, Object... fields) {
        return desk.refused("invalid", type, fields).getString("field");
    }

    private static JsonObject to() {
        return new JsonObject();
    }

    private static JsonArray inquiries(String... outcomes) {
        JsonArray inquiries = new JsonArray();
        for (String outcome : outcomes)
            inquiries.add(new JsonObject().put("inquiry", "SNAP").put("outcome", outcome));
        return inquiries;
    }

    @Test
    void aFrameOfOneMebibyteEndsItsSocketAndNoOther() {
        DeskClient big = server.desk("agent1");
        DeskClient tab = server.desk("agent1");
        DeskClient other = server.desk("agent2");
        other.next("welcome");
        big.send("{\"id\":\"" + "x".repeat(1_048_576) + "\"}");
        assertEquals(1009, big.closeCode());
        tab.done("set-state", "state", "ready");
        other.done("set-state", "state", "ready");
    }

    @Test
    void aMessageOfManySmallFramesIsBoundedToo() {
        DeskClient big = server.desk("agent1");
        big.next("welcome");
        big.socket().writeFrame(io.vertx.core.http.WebSocketFrame.textFrame("{\"id\":\"", false));
        for (int i = 0; i < 100; i++) {
            big.socket()
                    .writeFrame(io.vertx.core.http.WebSocketFrame.continuationFrame(
                            Buffer.buffer("x".repeat(1_000)), false));
        }
        assertEquals(1009, big.closeCode());
        server.desk("agent1").done("set-state", "state", "ready");
    }

    @Test
    void aTokenMayComeAsSubprotocolAndIsNotEchoed() {
        DeskClient desk = GatewayServer.await(DeskClient.open(
                server,
                new WebSocketConnectOptions()
                        .setURI("/v1/agent")
                        .addSubProtocol("helpline.v1")
                        .addSubProtocol("token." + server.token("agent1"))));
        assertEquals("helpline.v1", desk.socket().subProtocol());
        desk.next("welcome");
    }

    @Test
    void badHandshakesAreRefusedBeforeTheSocketOpens() {
        String token = server.token("agent1");
        assertEquals(401, refusedWith(new WebSocketConnectOptions().setURI("/v1/agent")));
        assertEquals(401, refusedWith(with("wrong").setURI("/v1/agent")));
        assertEquals(403, refusedWith(with(server.token("supervisor1")).setURI("/v1/agent")));
        WebSocketConnectOptions foreign = with(token).addHeader("Origin", "https://evil.example");
        foreign.setURI("/v1/agent").setAllowOriginHeader(true);
        assertEquals(403, refusedWith(foreign));
        assertEquals(400, refusedWith(with(token).setURI("/v1/agent?after=yesterday")));
        assertEquals(400, refusedWith(with(token).setURI("/v1/agent").addSubProtocol("helpline.v9")));
        assertEquals(401, refusedWith(new WebSocketConnectOptions().setURI("/v1/live")));
    }

    private static WebSocketConnectOptions with(String token) {
        return new WebSocketConnectOptions().addHeader("Authorization", "Bearer " + token);
    }

    private int refusedWith(WebSocketConnectOptions options) {
        return assertThrows(
                        UpgradeRejectedException.class,
                        () -> DeskClient.open(server, options).await(10, TimeUnit.SECONDS))
                .getStatus();
    }

    @Test
    void aSocketEndsWithItsToken() {
        DeskClient desk = server.desk("agent1");
        desk.next("welcome");
        server.clock.elapse(Duration.ofHours(12));
        assertEquals(4401, desk.closeCode());
    }

    @Test
    void aSocketEndsWhenItsUserIsDisabledOrIsNoAgentAnyMore() {
        DeskClient disabled = server.desk("agent1");
        DeskClient promoted = server.desk("agent2");
        disabled.next("welcome");
        promoted.next("welcome");
        server.users(
                GatewayServer.user("agent1", Role.AGENT, true), GatewayServer.user("agent2", Role.SUPERVISOR, false));
        assertEquals(4401, disabled.closeCode());
        assertEquals(4403, promoted.closeCode());
    }
}
