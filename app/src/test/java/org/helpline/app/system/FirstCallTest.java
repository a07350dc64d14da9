package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The main job on real parts and the shipped configuration: a caller chooses, an agent is offered the call
/// with its context, takes it, both talk, it ends, the agent wraps up.
@Tag("system")
class FirstCallTest {
    private static final String NUMBER = "12125550147";
    private static final String[] SNAP_IN_SPANISH = {"queue=\"snap\"", "language=\"es\"", "modality=\"voice\""};

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.shipped().watched();

    private enum Keys {
        INFO,
        RFC_4733
    }

    /// Who ends the talk.
    private interface Ending {
        void end(Desktop desktop, DeskPhone phone, String contact);
    }

    @Test
    void keysBySipInfoAndTheAgentHangsUpAtTheDesktop() {
        firstCall(Keys.INFO, (desktop, _, contact) -> desktop.done("hang-up", "contactId", contact));
    }

    @Test
    void keysByRfc4733AndTheAgentHangsUpAtThePhone() {
        firstCall(Keys.RFC_4733, (_, phone, _) -> phone.hangUp());
    }

    private static void firstCall(Keys keys, Ending ending) {
        double handled = helpline.metric("helpline_contacts_handled_total", SNAP_IN_SPANISH);
        Desktop desktop = helpline.desktop("agent1");
        assertEquals("not-ready signed-in", desktop.welcomeState());
        DeskPhone phone = helpline.ringingPhone(1);
        until(
                "the phone is known to answer",
                () -> desktop.ask("set-state", "state", "ready")
                        .getString("type")
                        .equals("done"));
        desktop.state("ready");

        try (SippCaller caller = SippCaller.calls(helpline.sip(), NUMBER, keys == Keys.INFO)) {
            if (keys == Keys.RFC_4733) caller.presses("21");
            JsonObject offer = desktop.offer();
            String contact = hasItsContext(offer);
            desktop.accept(offer);
            SipCall device = phone.call(1);
            assertEquals(contact, HelplineSystem.contactOf(device));
            assertEquals("talking", answered(device, desktop));

            until("the agent hears the caller", () -> device.media().hears(Caller.HZ));
            until("the caller hears the agent", () -> caller.media().hears(DeskPhone.HZ));
            ending.end(desktop, phone, contact);
            caller.endsWithBye();
            until("the desk phone is on hook", device::over);
            helpline.nothingLeft();
            desktop.state("wrap-up");
            desktop.wrapUp(contact);
            desktop.state("ready");
        }
        assertEquals(
                List.of(
                        "agent-state ready",
                        "offer",
                        "agent-state reserved",
                        "offer-ended accepted",
                        "contact connecting",
                        "contact talking",
                        "agent-state on-contact",
                        "contact wrap-up",
                        "agent-state wrap-up",
                        "contact ended",
                        "agent-state ready"),
                desktop.story());
        assertEquals(handled + 1, helpline.metric("helpline_contacts_handled_total", SNAP_IN_SPANISH));
        assertEquals(0, helpline.metric("helpline_contacts_waiting", SNAP_IN_SPANISH));
    }

    private static String answered(SipCall device, Desktop desktop) {
        until("the desk phone rings", () -> device.state() == SipCall.State.RINGING);
        device.answer();
        return desktop.contact("talking").getString("state");
    }

    private static String hasItsContext(JsonObject offer) {
        JsonObject contact = offer.getJsonObject("contact");
        assertEquals("es", contact.getString("language"));
        assertEquals("snap", contact.getString("need"));
        assertEquals("snap", contact.getString("queue"));
        assertEquals("social-services", contact.getString("helpline"));
        assertEquals("voice", contact.getString("modality"));
        assertEquals("offered", contact.getString("state"));
        assertEquals(NUMBER, contact.getJsonObject("caller").getString("number"));
        assertTrue(contact.getLong("waitedMs") >= 0 && contact.getLong("waitedMs") < 5_000, contact::encode);
        assertTrue(offer.getLong("expiresInMs") > 10_000, offer::encode);
        JsonArray path = contact.getJsonArray("path");
        List<String> steps = path.stream()
                .map(JsonObject.class::cast)
                .map(step -> step.getString("step") + " " + step.getString("value"))
                .toList();
        assertEquals(List.of("language es", "opening open", "need snap"), steps);
        return contact.getString("contactId");
    }
}
