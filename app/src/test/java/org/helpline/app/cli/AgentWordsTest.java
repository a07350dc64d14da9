package org.helpline.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.helpline.app.cli.AgentWords.AtHand;
import org.helpline.app.cli.AgentWords.Typed;
import org.junit.jupiter.api.Test;

class AgentWordsTest {
    private static final AtHand NOTHING = new AtHand(Optional.empty(), Optional.empty());
    private static final AtHand BOTH = new AtHand(Optional.of("o1"), Optional.of("c1"));

    @Test
    void wordsBecomeMessages() {
        assertEquals("{\"type\":\"set-state\",\"state\":\"ready\"}", sent("ready", NOTHING));
        assertEquals(
                "{\"type\":\"set-state\",\"state\":\"not-ready\",\"reason\":\"out to lunch\"}",
                sent("  not-ready  out to lunch ", NOTHING));
        assertEquals("{\"type\":\"accept-offer\",\"offerId\":\"o1\"}", sent("accept", BOTH));
        assertEquals("{\"type\":\"reject-offer\",\"offerId\":\"o1\"}", sent("reject", BOTH));
        assertEquals("{\"type\":\"hang-up\",\"contactId\":\"c1\"}", sent("hang-up", BOTH));
        assertEquals("{\"type\":\"sign-out\"}", sent("sign-out", NOTHING));
    }

    @Test
    void callsAreHeldAndHandedOn() {
        assertEquals("{\"type\":\"hold\",\"contactId\":\"c1\"}", sent("hold", BOTH));
        assertEquals("{\"type\":\"unhold\",\"contactId\":\"c1\"}", sent("unhold", BOTH));
        assertEquals("{\"type\":\"complete-transfer\",\"contactId\":\"c1\"}", sent("complete", BOTH));
        assertEquals("{\"type\":\"cancel-transfer\",\"contactId\":\"c1\"}", sent("cancel", BOTH));
        assertEquals(
                "{\"type\":\"transfer\",\"contactId\":\"c1\",\"to\":{\"queue\":\"medicaid\"},\"mode\":\"cold\"}",
                sent("transfer medicaid", BOTH));
        assertEquals(
                "{\"type\":\"transfer\",\"contactId\":\"c1\",\"to\":{\"agent\":\"agent2\"},\"mode\":\"warm\"}",
                sent("consult agent agent2", BOTH));
        assertEquals(
                "{\"type\":\"transfer\",\"contactId\":\"c1\",\"to\":{\"number\":\"18005550311\"},\"mode\":\"cold\"}",
                sent("transfer number 18005550311", BOTH));
        assertInstanceOf(Typed.Unclear.class, AgentWords.read("transfer", BOTH));
        assertInstanceOf(Typed.Unclear.class, AgentWords.read("transfer to medicaid", BOTH));
        assertInstanceOf(Typed.Unclear.class, AgentWords.read("hold", NOTHING));
    }

    @Test
    void wrapUpTakesSeveralWordsAndAnOutcome() {
        assertEquals("SNAP - Recertification/escalated", inquiry("wrap-up SNAP - Recertification escalated"));
        assertEquals("SNAP/resolved", inquiry("wrap-up SNAP"));
        assertEquals("resolved/resolved", inquiry("wrap-up resolved"));
        assertInstanceOf(Typed.Unclear.class, AgentWords.read("wrap-up", BOTH));
    }

    @Test
    void whatCannotBeDoneNowIsSaid() {
        assertInstanceOf(Typed.Unclear.class, AgentWords.read("accept", NOTHING));
        assertInstanceOf(Typed.Unclear.class, AgentWords.read("hang-up", NOTHING));
        assertInstanceOf(Typed.Unclear.class, AgentWords.read("dance", BOTH));
        assertInstanceOf(Typed.Nothing.class, AgentWords.read("   ", BOTH));
    }

    private static String inquiry(String line) {
        JsonObject inquiry =
                new JsonObject(sent(line, BOTH)).getJsonArray("inquiries").getJsonObject(0);
        return inquiry.getString("inquiry") + "/" + inquiry.getString("outcome");
    }

    private static String sent(String line, AtHand atHand) {
        return assertInstanceOf(Typed.Send.class, AgentWords.read(line, atHand))
                .message()
                .encode();
    }
}
