package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Predicate;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holding a call and handing it on, as both agents' desks see it.
class TransferTest {
    private GatewayServer server;
    private DeskClient first;
    private DeskClient second;

    @BeforeEach
    void talk() {
        server = GatewayServer.start();
        first = server.desk("agent1");
        second = server.desk("agent2");
        first.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        accept(first);
        contact(first, "call-1", contact -> contact.getString("state").equals("talking"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void accept(DeskClient desk) {
        desk.done("accept-offer", "offerId", desk.next("offer").getString("offerId"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
    }

    private static JsonObject contact(DeskClient desk, String id, Predicate<JsonObject> wanted) {
        return desk.find(
                        "contact",
                        message -> message.getJsonObject("contact")
                                        .getString("contactId")
                                        .equals(id)
                                && wanted.test(message.getJsonObject("contact")))
                .getJsonObject("contact");
    }

    private static Predicate<JsonObject> state(String state) {
        return contact -> contact.getString("state").equals(state);
    }

    private static Predicate<JsonObject> consult(String state) {
        return contact -> contact.containsKey("consult")
                && contact.getJsonObject("consult").getString("state").equals(state);
    }

    private static JsonObject to(String kind, String target) {
        return new JsonObject().put(kind, target);
    }

    private static String participants(JsonObject contact) {
        StringBuilder text = new StringBuilder();
        contact.getJsonArray("participants").forEach(each -> {
            JsonObject one = (JsonObject) each;
            text.append(one.getString("role"))
                    .append(' ')
                    .append(one.getString("state"))
                    .append(' ');
        });
        return text.toString().strip();
    }

    @Test
    void aHeldCallerIsSeenHeldAndForHowLong() {
        first.done("hold", "contactId", "call-1");
        JsonObject held = contact(first, "call-1", state("held"));
        assertEquals(0, held.getLong("sinceMs"));
        assertEquals("caller held agent talking", participants(held));
        first.refused("wrong-state", "hold", "contactId", "call-1");
        server.clock.elapse(Duration.ofSeconds(30));
        JsonObject again =
                server.desk("agent1").next("welcome").getJsonArray("contacts").getJsonObject(0);
        assertEquals("held", again.getString("state"));
        assertEquals(30_000, again.getLong("sinceMs"));
        first.done("unhold", "contactId", "call-1");
        assertEquals(0, contact(first, "call-1", state("talking")).getLong("sinceMs"));
    }

    @Test
    void aConsultIsSeenFromBothDesksAndCompleted() {
        second.done("set-state", "state", "ready");
        first.done("transfer", "contactId", "call-1", "to", to("agent", "agent2"), "mode", "warm");
        JsonObject asked = contact(first, "call-1", consult("offered"));
        assertEquals("held", asked.getString("state"));
        assertEquals("agent2", asked.getJsonObject("consult").getString("agent"));
        first.refused("not-answered", "complete-transfer", "contactId", "call-1");
        first.refused("consulting", "unhold", "contactId", "call-1");

        JsonObject offer = second.next("offer");
        JsonObject offered = offer.getJsonObject("contact");
        String consult = offered.getString("contactId");
        assertEquals("call-1", offered.getString("consultOf"));
        assertEquals("snap", offered.getString("need"));
        second.done("accept-offer", "offerId", offer.getString("offerId"));
        contact(first, "call-1", consult("connecting"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        JsonObject talks = contact(first, "call-1", consult("talking"));
        assertEquals("caller held agent talking consulted talking", participants(talks));
        JsonObject asksMe = contact(second, consult, state("talking"));
        assertEquals("caller held agent talking consulted talking", participants(asksMe));

        JsonObject reconnected =
                server.desk("agent1").next("welcome").getJsonArray("contacts").getJsonObject(0);
        assertEquals("talking", reconnected.getJsonObject("consult").getString("state"));
        JsonObject other =
                server.desk("agent2").next("welcome").getJsonArray("contacts").getJsonObject(0);
        assertEquals("call-1", other.getString("consultOf"));

        first.done("complete-transfer", "contactId", "call-1");
        JsonObject wrapUp = contact(first, "call-1", state("wrap-up"));
        assertTrue(wrapUp.getBoolean("goesOn"));
        assertEquals("completed", wrapUp.getJsonObject("transfer").getString("outcome"));
        assertNull(wrapUp.getJsonObject("consult"));
        assertTrue(wrapUp.getLong("expiresInMs") > 0);
        contact(second, consult, state("ended"));
        JsonObject mine = contact(second, "call-1", state("talking"));
        assertFalse(mine.containsKey("consultOf"));
        assertEquals("caller talking agent talking", participants(mine));

        second.done("hang-up", "contactId", "call-1");
        contact(second, "call-1", state("wrap-up"));
        assertFalse(contact(first, "call-1", state("wrap-up")).containsKey("goesOn"));
    }

    @Test
    void aConsultIsTakenBack() {
        second.done("set-state", "state", "ready");
        first.done("transfer", "contactId", "call-1", "to", to("agent", "agent2"), "mode", "warm");
        accept(second);
        contact(first, "call-1", consult("talking"));
        first.done("cancel-transfer", "contactId", "call-1");
        JsonObject back = contact(first, "call-1", contact -> contact.containsKey("transfer"));
        assertEquals("held", back.getString("state"));
        assertEquals("cancelled", back.getJsonObject("transfer").getString("outcome"));
        second.state("ready");
        first.refused("no-consult", "cancel-transfer", "contactId", "call-1");
        first.done("unhold", "contactId", "call-1");
    }

    @Test
    void whoIsAskedAndSaysNoIsSeen() {
        second.done("set-state", "state", "ready");
        first.done("transfer", "contactId", "call-1", "to", to("agent", "agent2"), "mode", "warm");
        second.done("reject-offer", "offerId", second.next("offer").getString("offerId"));
        JsonObject back = contact(first, "call-1", contact -> contact.containsKey("transfer"));
        assertEquals("refused", back.getJsonObject("transfer").getString("outcome"));
        assertEquals("held", back.getString("state"));
    }

    @Test
    void aColdTransferLeavesTheWrapUpBehind() {
        first.done("transfer", "contactId", "call-1", "to", to("queue", "snap"), "mode", "cold");
        JsonObject wrapUp = contact(first, "call-1", state("wrap-up"));
        assertTrue(wrapUp.getBoolean("goesOn"));
        assertEquals("cold", wrapUp.getJsonObject("transfer").getString("mode"));
        second.done("set-state", "state", "ready");
        JsonObject offered = second.find("offer", message -> true).getJsonObject("contact");
        assertEquals("call-1", offered.getString("contactId"));
    }

    @Test
    void numbersAreCalledOnlyWhereAllowed() {
        first.refused(
                "number-not-allowed",
                "transfer",
                "contactId",
                "call-1",
                "to",
                to("number", "+19005550100"),
                "mode",
                "cold");
        first.refused(
                "warm-to-number",
                "transfer",
                "contactId",
                "call-1",
                "to",
                to("number", "+18005550100"),
                "mode",
                "warm");
        first.done("transfer", "contactId", "call-1", "to", to("number", "+18005550100"), "mode", "cold");
        JsonObject wrapUp = contact(first, "call-1", state("wrap-up"));
        assertFalse(wrapUp.containsKey("goesOn"), "our part of it is over");
    }

    @Test
    void whoHasNothingToDoWithItCannotHandItOn() {
        for (String type : new String[] {"hold", "unhold", "complete-transfer", "cancel-transfer", "mark-verified"}) {
            second.refused("not-yours", type, "contactId", "call-1");
            second.refused("unknown-contact", type, "contactId", "no-such-call");
        }
        second.refused("not-yours", "transfer", "contactId", "call-1", "to", to("queue", "snap"), "mode", "cold");
        first.done("hold", "contactId", "call-1");
    }

    @Test
    void theCallerLeavesDuringAConsult() {
        second.done("set-state", "state", "ready");
        first.done("transfer", "contactId", "call-1", "to", to("agent", "agent2"), "mode", "warm");
        accept(second);
        contact(first, "call-1", consult("talking"));
        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        JsonObject wrapUp = contact(first, "call-1", state("wrap-up"));
        assertEquals("caller-left", wrapUp.getJsonObject("transfer").getString("outcome"));
        second.state("ready");
    }
}
