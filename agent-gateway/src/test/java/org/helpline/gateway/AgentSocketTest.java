package org.helpline.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The agent's job over the socket, from ready to wrapped up.
class AgentSocketTest {
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
    void aCallIsOfferedWithItsContextAcceptedAndWrappedUp() {
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        server.clock.elapse(Duration.ofSeconds(7));
        DeskClient desk = server.desk("agent1");
        JsonObject welcome = desk.next("welcome");
        assertEquals("agent1", welcome.getJsonObject("agent").getString("agentId"));
        assertFalse(welcome.getBoolean("reset"));

        desk.send(desk.command("set-state", "state", "ready").encode());
        JsonObject offer = desk.next("offer");
        JsonObject contact = offer.getJsonObject("contact");
        assertEquals(20_000, offer.getLong("expiresInMs"));
        assertEquals("offered", contact.getString("state"));
        assertEquals("es", contact.getString("language"));
        assertEquals("snap", contact.getString("need"));
        assertEquals("+12125550147", contact.getJsonObject("caller").getString("number"));
        assertEquals(7_000, contact.getLong("waitedMs"));
        assertEquals("es", contact.getJsonArray("path").getJsonObject(0).getString("value"));
        desk.state("reserved");

        desk.send(desk.command("accept-offer", "offerId", offer.getString("offerId"))
                .encode());
        assertEquals("accepted", desk.next("offer-ended").getString("outcome"));
        assertEquals("connecting", contactState(desk));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        assertEquals("talking", contactState(desk));
        desk.state("on-contact");

        server.clock.elapse(Duration.ofMinutes(3));
        desk.send(desk.command("hang-up", "contactId", "call-1").encode());
        JsonObject after = desk.next("contact").getJsonObject("contact");
        assertEquals("wrap-up", after.getString("state"));
        assertEquals(7_000, after.getLong("waitedMs"), "the wait ended when the talk began");
        desk.state("wrap-up");

        JsonArray inquiries = new JsonArray()
                .add(new JsonObject().put("inquiry", "SNAP - Recertification").put("outcome", "resolved"));
        desk.send(desk.command("complete-wrap-up", "contactId", "call-1", "inquiries", inquiries)
                .encode());
        assertEquals("ended", contactState(desk));
        desk.state("ready");
    }

    private static String contactState(DeskClient desk) {
        return desk.next("contact").getJsonObject("contact").getString("state");
    }

    @Test
    void commandsAreAnsweredByTheirId() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "not-ready", "reason", "lunch");
        assertEquals(
                "lunch",
                server.desk("agent1").next("welcome").getJsonObject("state").getString("reason"));
    }

    @Test
    void everyTabSeesTheSameNumberedMessages() {
        DeskClient first = server.desk("agent1");
        first.next("welcome");
        DeskClient second = server.desk("agent1");
        long seq = second.next("welcome").getLong("seq");
        first.done("set-state", "state", "ready");
        JsonObject told = second.state("ready");
        assertTrue(told.getLong("seq") > seq);
        assertEquals(
                told.getLong("seq"),
                first.find("agent-state", state -> "ready".equals(state.getString("state")))
                        .getLong("seq"));

        second.close();
        first.done("set-state", "state", "not-ready");
        assertTrue(
                server.domain.inputs().stream().noneMatch(Input.AgentDisconnected.class::isInstance),
                "one tab is still there");
    }

    @Test
    void theLastSocketThatDropsIsReported() {
        DeskClient desk = server.desk("agent1");
        desk.next("welcome");
        desk.close();
        await().until(() -> server.domain.inputs().stream().anyMatch(Input.AgentDisconnected.class::isInstance));
    }

    @Test
    void anotherAgentsOfferAndContactAreRefused() {
        DeskClient mine = server.desk("agent1");
        mine.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        String offer = mine.next("offer").getString("offerId");

        DeskClient other = server.desk("agent2");
        JsonObject refused = other.refused("not-yours", "accept-offer", "offerId", offer);
        assertFalse(refused.getString("message").contains("555"), "a refusal tells nothing of the caller");
        other.refused("not-yours", "hang-up", "contactId", "call-1");
        other.refused("unknown-offer", "accept-offer", "offerId", "no-such-offer");
        mine.done("accept-offer", "offerId", offer);
    }

    @Test
    void aRescindedOfferEndsOnce() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        desk.next("offer");
        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        assertEquals("rescinded", desk.next("offer-ended").getString("outcome"));
        JsonObject next = desk.next();
        assertEquals("agent-state", next.getString("type"), "no contact message follows an offer alone");
    }

    @Test
    void signOutEndsEveryTabAndVoidsTheirTokens() {
        String token = server.token("agent1");
        DeskClient first = DeskClient.connect(server, "/v1/agent", token);
        DeskClient second = server.desk("agent1");
        first.next("welcome");
        second.next("welcome");
        first.done("sign-out");
        assertEquals(1000, first.closeCode());
        assertEquals(1000, second.closeCode());
        assertEquals(
                401, server.get("/v1/agent", "Authorization", "Bearer " + token).statusCode());
    }

    @Test
    void signOutWhileTalkingIsRefused() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        desk.done("accept-offer", "offerId", desk.next("offer").getString("offerId"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        desk.refused("on-contact", "sign-out");
        desk.done("hang-up", "contactId", "call-1");
    }

    @Test
    void aTabTooManyIsClosed() {
        for (int i = 0; i < 3; i++) server.desk("agent1").next("welcome");
        assertEquals(4429, server.desk("agent1").closeCode());
    }

    @Test
    void aUserWhoseAgentIsNotConfiguredIsTurnedAway() {
        assertEquals(4403, server.desk("agent3").closeCode());
    }

    @Test
    void aRoutingDomainThatFailsIsSaidSo() {
        DeskClient desk = server.desk("agent1");
        desk.next("welcome");
        server.domain.breakDown();
        desk.refused("failed", "set-state", "state", "ready");
    }
}
