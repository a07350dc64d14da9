package org.helpline.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.SupervisorId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// After the server was killed desks, supervisors and wallboards see what they would have seen.
class RecoveredTest {
    private GatewayServer server;
    private GatewayServer again;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        if (again != null) again.close();
    }

    /// Agent 1 talks with a caller.
    private DeskClient talking() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        desk.done("accept-offer", "offerId", desk.find("offer", _ -> true).getString("offerId"));
        server.clock.elapse(Duration.ofSeconds(3));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        contactIn(desk, "talking");
        return desk;
    }

    private static JsonObject contactIn(DeskClient desk, String state) {
        return desk.find(
                "contact",
                message -> message.getJsonObject("contact").getString("state").equals(state));
    }

    private DeskClient resumed(long after) {
        return DeskClient.connect(again, "/v1/agent?after=" + after, again.token("agent1"));
    }

    private int entries() {
        return server.domain.journalled().size();
    }

    @Test
    void aDeskGetsExactlyWhatItMissed() {
        DeskClient all = server.desk("agent1");
        DeskClient some = server.desk("agent1");
        some.done("set-state", "state", "ready");
        int snapshot = entries() - 1;
        long seen = all.state("ready").getLong("seq");
        some.close();
        DeskClient desk = talking();
        desk.done("hold", "contactId", "call-1");
        List<JsonObject> missed = new ArrayList<>();
        do missed.add(all.next());
        while (!isContact(missed.getLast(), "held"));

        again = GatewayServer.recovered(server, snapshot);
        DeskClient back = resumed(seen);
        JsonObject welcome = back.next("welcome");
        assertFalse(welcome.getBoolean("reset"));
        assertEquals(seen, welcome.getLong("seq"));
        assertEquals(missed.getLast().getLong("seq"), welcome.getLong("snapshotSeq"));
        for (JsonObject message : missed) assertEquals(untimed(message), untimed(back.next()));
        back.done("unhold", "contactId", "call-1");
    }

    private static boolean isContact(JsonObject message, String state) {
        return message.getString("type").equals("contact")
                && message.getJsonObject("contact").getString("state").equals(state);
    }

    /// Without what the moment of sending says.
    private static JsonObject untimed(JsonObject message) {
        JsonObject copy = message.copy();
        copy.remove("expiresInMs");
        if (copy.containsKey("contact")) {
            copy.getJsonObject("contact").remove("sinceMs");
            copy.getJsonObject("contact").remove("waitedMs");
        }
        return copy;
    }

    @Test
    void whoSawEverythingGetsNothingAgain() {
        DeskClient desk = talking();
        desk.done("hold", "contactId", "call-1");
        long seen = contactIn(desk, "held").getLong("seq");
        again = GatewayServer.recovered(server, entries() - 1);
        DeskClient back = resumed(seen);
        JsonObject welcome = back.next("welcome");
        assertFalse(welcome.getBoolean("reset"));
        assertEquals(seen, welcome.getLong("snapshotSeq"));
        back.done("unhold", "contactId", "call-1");
        assertTrue(contactIn(back, "talking").getLong("seq") > seen);
    }

    @Test
    void aSnapshotThatIsTooYoungIsAReset() {
        DeskClient desk = talking();
        long seen = server.desk("agent1").next("welcome").getLong("seq");
        desk.done("hold", "contactId", "call-1");
        contactIn(desk, "held");
        again = GatewayServer.recovered(server, entries());
        JsonObject welcome = resumed(seen).next("welcome");
        assertTrue(welcome.getBoolean("reset"));
        assertEquals("held", welcome.getJsonArray("contacts").getJsonObject(0).getString("state"));
        assertFalse(
                welcome.getJsonArray("contacts").getJsonObject(0).containsKey("sinceMs"),
                "since when is not in the snapshot");
    }

    @Test
    void whatTheStoreLostIsAReset() {
        DeskClient desk = talking();
        again = GatewayServer.recovered(server, 1);
        desk.done("hold", "contactId", "call-1");
        long lost = contactIn(desk, "held").getLong("seq");
        assertTrue(resumed(lost).next("welcome").getBoolean("reset"), "not known here");
    }

    @Test
    void aWrapUpKeepsItsEndAndAConsultItsPlace() {
        DeskClient desk = talking();
        DeskClient other = server.desk("agent2");
        other.done("set-state", "state", "ready");
        desk.done("transfer", "contactId", "call-1", "to", new JsonObject().put("agent", "agent2"), "mode", "warm");
        JsonObject told =
                desk.find("contact", message -> message.getJsonObject("contact").containsKey("consult"));
        again = GatewayServer.recovered(server, entries());
        JsonObject contact = DeskClient.connect(again, "/v1/agent", again.token("agent1"))
                .next("welcome")
                .getJsonArray("contacts")
                .getJsonObject(0);
        JsonObject consult = told.getJsonObject("contact").getJsonObject("consult");
        assertEquals(
                consult.getJsonObject("to"), contact.getJsonObject("consult").getJsonObject("to"));
        assertEquals(
                consult.getString("consultId"), contact.getJsonObject("consult").getString("consultId"));
        again.close();

        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        JsonObject wrapUp = contactIn(desk, "wrap-up").getJsonObject("contact");
        again = GatewayServer.recovered(server, entries());
        contact = DeskClient.connect(again, "/v1/agent", again.token("agent1"))
                .next("welcome")
                .getJsonArray("contacts")
                .getJsonObject(0);
        assertEquals("wrap-up", contact.getString("state"));
        assertEquals(wrapUp.getLong("expiresInMs"), contact.getLong("expiresInMs"));
        assertEquals(wrapUp.getLong("sinceMs"), contact.getLong("sinceMs"));
    }

    @Test
    void supervisorsAndWallboardsStartWithWhatIs() {
        talking();
        server.submit(RoutingDomain.spanishCaller("call-2", server.clock.instant()));
        again = GatewayServer.recovered(server, entries());
        DeskClient supervisor = again.supervisor("supervisor1");
        supervisor.send(supervisor.command("subscribe").encode());
        JsonObject floor = supervisor.next("floor");
        assertEquals(2, floor.getJsonArray("contacts").size());
        assertEquals(2, floor.getJsonArray("agents").size());

        JsonObject live = DeskClient.connect(again, "/v1/live", again.token("supervisor1"))
                .next();
        JsonObject row = live.getJsonArray("queues").getJsonObject(0);
        assertEquals(1, row.getInteger("talking"));
        assertEquals(1, row.getInteger("waiting"));
        assertEquals(2, row.getInteger("offered"), "as many as are there");
        assertEquals(again.clock.instant().toString(), live.getString("since"), "and counted from now on");
    }

    @Test
    void whoCallsIsStillKnown() {
        DeskClient desk = talking();
        desk.done("mark-verified", "contactId", "call-1");
        again = GatewayServer.recovered(server, entries());
        JsonObject contact = DeskClient.connect(again, "/v1/agent", again.token("agent1"))
                .next("welcome")
                .getJsonArray("contacts")
                .getJsonObject(0);
        assertEquals("passed", contact.getJsonObject("caller").getString("verification"));
    }

    @Test
    void anOfferHasMoreTimeAfterARestart() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        long seen = desk.next("offer").getLong("seq");
        server.clock.elapse(Duration.ofSeconds(12));
        again = GatewayServer.recovered(server, 1);
        again.submit(new Input.Restarted());
        DeskClient back = resumed(seen);
        JsonObject offer = back.next("welcome").getJsonArray("offers").getJsonObject(0);
        JsonObject extended = back.next("offer");
        assertEquals(offer.getString("offerId"), extended.getString("offerId"));
        assertEquals(15_000, extended.getLong("expiresInMs"));
        back.done("accept-offer", "offerId", offer.getString("offerId"));
    }

    @Test
    void whoListensInAndDoesNotComeBackListensNoLonger() {
        talking();
        DeskClient supervisor = server.supervisor("supervisor1");
        supervisor.done("monitor", "contactId", "call-1");
        again = GatewayServer.recovered(server, entries());
        await().until(() -> again.domain.inputs().contains(new Input.EndSupervision(new SupervisorId("supervisor1"))));
    }
}
