package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The caller hangs up, at each step of a call: nothing stays behind in Asterisk, no agent stays reserved.
@Tag("system")
class HangUpTest {
    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy());

    @Test
    void inTheMenu() {
        Desktop desktop = helpline.desktop("agent1").ready();
        double entered = helpline.metric("helpline_contacts_offered_total");
        Caller caller = helpline.caller().hearsMenu();
        caller.hangUp();
        helpline.nothingLeft();
        assertEquals(entered, helpline.metric("helpline_contacts_offered_total"));
        assertEquals(List.of("agent-state ready"), desktop.story());
    }

    @Test
    void inTheQueue() {
        double abandoned = helpline.metric("helpline_contacts_abandoned_total");
        Caller caller = helpline.snapCaller("12125550102");
        until("the caller waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        caller.hangUp();
        until("nobody waits", () -> helpline.metric("helpline_contacts_waiting") == 0);
        helpline.nothingLeft();
        assertEquals(abandoned + 1, helpline.metric("helpline_contacts_abandoned_total"));
        // Whoever comes ready now gets nothing of that call.
        Desktop desktop = helpline.desktop("agent1").ready();
        assertEquals(List.of("agent-state ready"), desktop.story());
    }

    @Test
    void whileTheOfferIsOut() {
        Desktop desktop = helpline.desktop("agent1").ready();
        Caller caller = helpline.snapCaller("12125550103");
        JsonObject offer = desktop.offer();
        caller.hangUp();
        desktop.offerEnded("rescinded");
        desktop.state("ready");
        helpline.nothingLeft();
        desktop.refused("offer-over", "accept-offer", "offerId", offer.getString("offerId"));
        assertEquals(
                List.of(
                        "agent-state ready",
                        "offer",
                        "agent-state reserved",
                        "offer-ended rescinded",
                        "agent-state ready"),
                desktop.story());
    }

    @Test
    void whileTheDeviceRings() {
        DeskPhone phone = helpline.ringingPhone(1);
        Desktop desktop = helpline.desktop("agent1").ready();
        Caller caller = helpline.snapCaller("12125550104");
        desktop.accept(desktop.offer());
        SipCall device = phone.call(1);
        until("the desk phone rings", () -> device.state() == SipCall.State.RINGING);
        caller.hangUp();
        until("the desk phone stops ringing", device::over);
        assertEquals(487, device.status());
        desktop.state("ready");
        helpline.nothingLeft();
        assertEquals(
                List.of(
                        "agent-state ready",
                        "offer",
                        "agent-state reserved",
                        "offer-ended accepted",
                        "contact connecting",
                        "contact ended",
                        "agent-state ready"),
                desktop.story());
    }

    @Test
    void whileTalking() {
        DeskPhone phone = helpline.answeringPhone(1);
        Desktop desktop = helpline.desktop("agent1").ready();
        Caller caller = helpline.snapCaller("12125550105");
        desktop.accept(desktop.offer());
        phone.talksWith(caller);
        caller.hangUp();
        until("the desk phone is on hook", phone.call(1)::over);
        helpline.nothingLeft();
        String contact = desktop.contact("wrap-up").getString("contactId");
        desktop.state("wrap-up");
        desktop.wrapUp(contact);
        desktop.state("ready");
    }

    @Test
    void beforeTheAnswer() {
        Desktop desktop = helpline.desktop("agent1").ready();
        helpline.caller("12125550106").hangUp();
        helpline.nothingLeft();
        assertEquals(List.of("agent-state ready"), desktop.story());
    }
}
