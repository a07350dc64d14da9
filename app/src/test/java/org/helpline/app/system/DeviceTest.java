package org.helpline.app.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A device that cannot be reached is never taken for an agent who does not want to work: the contact is back
/// at its place, the agent is not ready `device-failed`, and the next agent gets the call.
@Tag("system")
class DeviceTest {
    private static final String FIRST = "12125550201";
    private static final String SECOND = "12125550202";

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy()
            .change("helplines/social-services.yaml", "offer-timeout: 20 s", "offer-timeout: 5 s")
            .change("helplines/social-services.yaml", "device-timeout: 10 s", "device-timeout: 3 s"));

    @Test
    void busy() {
        helpline.busyPhone(1);
        deviceFails("agent1", "21");
    }

    @Test
    void absent() {
        // Nothing at all listens where the phone should be. It is a phone that no other test uses: an
        // unanswered INVITE is sent again for half a minute, whatever becomes of the call.
        deviceFails("agent4", "11");
    }

    @Test
    void slow() {
        DeskPhone phone = helpline.ringingPhone(1);
        deviceFails("agent1", "21");
        Patience.until("the desk phone is given up", phone.call(1)::over);
        assertEquals(1, phone.calls().size());
    }

    private static void deviceFails(String agent, String keys) {
        double timedOut = helpline.metric("helpline_offers_total", "outcome=\"timed-out\"");
        Desktop first = helpline.desktop(agent).ready();
        Caller caller = helpline.caller(FIRST).chooses(keys);
        JsonObject offer = first.offer();
        // Somebody comes later and must not be served before.
        helpline.caller(SECOND).chooses(keys);
        Patience.until("both wait", () -> helpline.metric("helpline_contacts_waiting") == 2);
        first.accept(offer);
        first.state("not-ready device-failed");
        assertEquals(
                List.of(
                        "agent-state ready",
                        "offer",
                        "agent-state reserved",
                        "offer-ended accepted",
                        "contact connecting",
                        "contact ended",
                        "agent-state not-ready device-failed"),
                first.story());
        secondAgentTakes(caller, offer);
        assertEquals(timedOut, helpline.metric("helpline_offers_total", "outcome=\"timed-out\""));
    }

    @Test
    void anUnansweredOfferIsRingNoAnswerAndTheNextAgentGetsTheContact() {
        double timedOut = helpline.metric("helpline_offers_total", "outcome=\"timed-out\"");
        Desktop first = helpline.desktop("agent1").ready();
        Caller caller = helpline.snapCaller(FIRST);
        JsonObject offer = first.offer();
        helpline.snapCaller(SECOND);
        first.offerEnded("timed-out");
        first.state("not-ready ring-no-answer");
        secondAgentTakes(caller, offer);
        assertEquals(timedOut + 1, helpline.metric("helpline_offers_total", "outcome=\"timed-out\""));
    }

    private static void secondAgentTakes(Caller caller, JsonObject before) {
        assertTrue(caller.call().up());
        assertTrue(caller.media().hearsAnythingWithin(Duration.ofSeconds(5)), "the caller hears nothing");
        Desktop second = helpline.desktop("agent2").ready();
        DeskPhone phone = helpline.answeringPhone(2);
        JsonObject offer = second.offer();
        JsonObject contact = offer.getJsonObject("contact");
        assertEquals(
                before.getJsonObject("contact").getString("contactId"), contact.getString("contactId"), "the place");
        assertTrue(contact.getLong("waitedMs") > before.getJsonObject("contact").getLong("waitedMs"));
        second.accept(offer);
        phone.talksWith(caller);
    }
}
