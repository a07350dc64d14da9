package org.helpline.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.helpline.gateway.sip.SipSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tickets for browsers as phones, and the WebSocket to the carrier that they open.
class SipPhoneTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final PhoneServer server = PhoneServer.start(SipSettings.DEFAULT);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void ticketOpensOneWayToTheCarrier() {
        JsonObject ticket = ticket("agent1");
        Phone phone = open(ticket);
        assertEquals("sip", phone.socket.subProtocol());
        phone.socket.writeTextMessage("REGISTER");
        assertEquals("heard REGISTER", phone.next());
        String big = "x".repeat(60_000);
        phone.socket.writeTextMessage(big);
        assertEquals("heard " + big, phone.next());
    }

    @Test
    void accountAndServersComeWithTheTicket() {
        JsonObject ticket = ticket("agent1");
        JsonObject sip = ticket.getJsonObject("sip");
        assertTrue(server.phones.accounts.containsKey(sip.getString("user")));
        assertEquals("127.0.0.1", sip.getString("domain"));
        assertEquals("/v1/sip", ticket.getString("websocket"));
        assertEquals(new JsonArray(), ticket.getJsonArray("iceServers"));
    }

    @Test
    void ticketIsGoodOnceAndForAWhile() {
        JsonObject ticket = ticket("agent1");
        open(ticket);
        assertEquals(401, rejected(ticket));
        JsonObject late = ticket("agent1");
        server.clock.elapse(Duration.ofSeconds(31));
        assertEquals(401, rejected(late));
        assertEquals(401, rejected(new JsonObject().put("ticket", "guessed")));
        JsonObject replaced = ticket("agent1");
        ticket("agent1");
        assertEquals(401, rejected(replaced));
    }

    @Test
    void ticketOfASignedOutTokenIsVoid() {
        String token = server.token("agent1");
        JsonObject ticket = ticket(token, new JsonObject());
        server.logout(token);
        assertEquals(401, rejected(ticket));
    }

    @Test
    void foreignPagesAndOtherProtocolsAreRefused() {
        JsonObject ticket = ticket("agent1");
        assertEquals(403, rejected(address(ticket).addHeader("Origin", "https://elsewhere.example.org")));
        assertEquals(
                400,
                rejected(new WebSocketConnectOptions()
                        .setURI("/v1/sip?ticket=" + ticket.getString("ticket"))
                        .setSubProtocols(List.of("helpline.v1"))));
        assertEquals(
                426,
                server.get("/v1/sip?ticket=" + ticket.getString("ticket"), "Sec-WebSocket-Protocol", "sip")
                        .statusCode());
        open(ticket);
    }

    @Test
    void ticketsAreForAgentsAndSupervisors() {
        assertEquals(
                401,
                server.post("/v1/sip-ticket", "{}", "Authorization", "Bearer nonsense")
                        .statusCode());
        assertEquals(401, server.post("/v1/sip-ticket", "{}").statusCode());
        ticket("supervisor1");
        assertEquals(403, answer(server.token("admin1"), "{}").statusCode());
        assertEquals(400, answer(server.token("agent1"), "[]").statusCode());
        assertEquals(400, answer(server.token("agent1"), "{\"other\":1}").statusCode());
        assertEquals(400, answer(server.token("agent1"), "{\"keep\":7}").statusCode());
    }

    @Test
    void signingOutEndsTheSocketAndTheAccount() {
        String token = server.token("agent1");
        Phone phone = open(ticket(token, new JsonObject()));
        server.logout(token);
        assertEquals(4401, phone.closeCode());
        await().atMost(SOON).until(() -> server.phones.accounts.isEmpty());
    }

    @Test
    void pageThatComesBackKeepsItsAccount() {
        String token = server.token("agent1");
        JsonObject first = ticket(token, new JsonObject());
        open(first).socket.close();
        JsonObject second = ticket(token, new JsonObject().put("keep", user(first)));
        assertEquals(first.getJsonObject("sip"), second.getJsonObject("sip"));
        assertNotEquals(first.getString("ticket"), second.getString("ticket"));
        Phone again = open(second);
        again.socket.writeTextMessage("REGISTER");
        assertEquals("heard REGISTER", again.next());
    }

    @Test
    void newPageTakesThePhoneOver() {
        String token = server.token("agent1");
        JsonObject first = ticket(token, new JsonObject());
        Phone former = open(first);
        JsonObject second = ticket(token, new JsonObject());
        assertEquals(4409, former.closeCode());
        assertNotEquals(user(first), user(second));
        assertEquals(java.util.Set.of(user(second)), server.phones.accounts.keySet());
    }

    @Test
    void accountWithoutAConnectionIsTakenAwayInTheEnd() {
        Phone phone = open(ticket("agent1"));
        server.clock.elapse(Duration.ofHours(1));
        phone.socket.writeTextMessage("still here");
        assertEquals("heard still here", phone.next());
        assertFalse(server.phones.accounts.isEmpty());
        phone.socket.close();
        await().atMost(SOON).until(() -> {
            server.clock.elapse(Duration.ofMinutes(1));
            return server.phones.accounts.isEmpty();
        });
    }

    @Test
    void tooManyTicketsAreRefused() {
        String token = server.token("agent1");
        for (int i = 0; i < SipSettings.DEFAULT.ticketsPerMinute(); i++) ticket(token, new JsonObject());
        HttpResponse<String> refused = answer(token, "{}");
        assertEquals(429, refused.statusCode());
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());
        ticket("agent2");
        server.clock.elapse(Duration.ofMinutes(2));
        ticket(server.token("agent1"), new JsonObject());
    }

    @Test
    void longMessagesAndBinaryOnesEndTheSocket() {
        Phone tooLong = open(ticket("agent1"));
        tooLong.socket.writeTextMessage("x".repeat(65_537));
        assertEquals(1009, tooLong.closeCode());
        Phone binary = open(ticket("agent2"));
        binary.socket.writeBinaryMessage(Buffer.buffer("REGISTER"));
        assertEquals(1003, binary.closeCode());
    }

    @Test
    void pageThatReadsNothingStopsTheCarrierFromFillingOurMemory() {
        Phone slow = open(ticket("agent1"));
        slow.socket.pause();
        slow.socket.writeTextMessage("flood");
        await().atMost(SOON).until(() -> server.carrier.stalled);
        slow.socket.resume();
        await().atMost(SOON).until(() -> server.carrier.flooded);
        for (int i = 0; i < server.carrier.sent(); i++) slow.next();
    }

    @Test
    void lossOfTheCarrierIsToldToThePage() {
        Phone phone = open(ticket("agent1"));
        phone.socket.writeTextMessage("REGISTER");
        phone.next();
        server.carrier.hangUp();
        assertEquals(1013, phone.closeCode());
    }

    @Test
    void carrierThatCannotMakeAccountsIsTriedAgain() {
        server.phones.failing = true;
        HttpResponse<String> refused = answer(server.token("agent1"), "{}");
        assertEquals(503, refused.statusCode());
        assertTrue(refused.body().contains("phone-unavailable"));
    }

    @Test
    void gatewayWithoutBrowserPhonesSaysSo() {
        try (GatewayServer plain = GatewayServer.start()) {
            HttpResponse<String> refused =
                    plain.post("/v1/sip-ticket", "{}", "Authorization", "Bearer " + plain.token("agent1"));
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("no-browser-phones"));
        }
    }

    @Test
    void iceServersAreReadOrRefused() {
        JsonArray read = SipSettings.iceServers("[{\"urls\":\"turn:turn.example.org\",\"credential\":\"secret\"}]");
        assertEquals(1, read.size());
        assertFalse(SipSettings.DEFAULT.withIceServers(read).toString().contains("secret"));
        for (String wrong : List.of("", "{}", "[1]", "[{\"urls\":\"http://x\"}]", "[{}]")) {
            assertThrows(IllegalArgumentException.class, () -> SipSettings.iceServers(wrong), wrong);
        }
    }

    // ----

    private static String user(JsonObject ticket) {
        return ticket.getJsonObject("sip").getString("user");
    }

    private JsonObject ticket(String user) {
        return ticket(server.token(user), new JsonObject());
    }

    private JsonObject ticket(String token, JsonObject body) {
        HttpResponse<String> response = answer(token, body.encode());
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
        JsonObject ticket = new JsonObject(response.body());
        assertEquals(List.of(), Documents.checkHttp("SipTicket", ticket.encode()));
        return ticket;
    }

    private HttpResponse<String> answer(String token, String body) {
        return server.post(
                "/v1/sip-ticket", body, "Authorization", "Bearer " + token, "Content-Type", "application/json");
    }

    private static WebSocketConnectOptions address(JsonObject ticket) {
        return new WebSocketConnectOptions()
                .setURI("/v1/sip?ticket=" + ticket.getString("ticket"))
                .setSubProtocols(List.of("sip"));
    }

    private Phone open(JsonObject ticket) {
        Phone phone = new Phone(server.sockets.webSocket());
        GatewayServer.await(
                phone.socket.connect(address(ticket).setHost("127.0.0.1").setPort(server.port())));
        return phone;
    }

    private int rejected(JsonObject ticket) {
        return rejected(address(ticket));
    }

    private int rejected(WebSocketConnectOptions options) {
        try {
            server.sockets
                    .connect(options.setHost("127.0.0.1").setPort(server.port()))
                    .await();
        } catch (UpgradeRejectedException e) {
            return e.getStatus();
        }
        throw new AssertionError("was let in");
    }

    private static final class Phone {
        final ClientWebSocket socket;
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Short> closed = new CompletableFuture<>();

        Phone(ClientWebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(heard::add);
            socket.closeHandler(ignored -> closed.complete(socket.closeStatusCode()));
            socket.exceptionHandler(ignored -> {});
        }

        String next() {
            try {
                String message = heard.poll(10, TimeUnit.SECONDS);
                if (message == null) throw new AssertionError("nothing heard");
                return message;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        int closeCode() {
            return closed.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
