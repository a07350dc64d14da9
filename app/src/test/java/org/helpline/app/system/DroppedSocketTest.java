package org.helpline.app.system;

import static org.helpline.app.system.Patience.holds;
import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The agent's only socket drops, at each step of its work. The graces are shorter than the shipped ones, so
/// that nobody waits for them; what happens is the same.
@Tag("system")
class DroppedSocketTest {
    private static final Duration GRACE_READY = Duration.ofSeconds(2);
    private static final Duration GRACE_TALKING = Duration.ofSeconds(6);
    private static final String FIRST = "12125550301";
    private static final String SECOND = "12125550302";

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy()
            .change("helpline.yaml", "ready: 5 s", "ready: 2 s")
            .change("helpline.yaml", "talking: 15 s", "talking: 6 s")
            .change("helpline.yaml", "wrap-up: 60 s", "wrap-up: 3 s")
            .change("helplines/social-services.yaml", "wrap-up-limit: 2 min", "wrap-up-limit: 6 s"));

    @Test
    void readyAndBackInTime() {
        Desktop desktop = helpline.desktop("agent1").ready();
        String token = helpline.token("agent1");
        desktop.drop();
        assertEquals("ready", helpline.desktopWith("agent1", token).welcomeState());
    }

    @Test
    void readyAndAwayForTooLong() {
        helpline.desktop("agent1").ready().drop();
        // For the grace the agent still counts as ready.
        assertEquals(1, helpline.metric("helpline_agents", "state=\"ready\""));
        until("the agent is not ready", () -> helpline.metric("helpline_agents", "state=\"not-ready\"") == 1);
        assertEquals("not-ready disconnected", helpline.desktop("agent1").welcomeState());
    }

    @Test
    void whoIsAwayGetsNoOffer() {
        Desktop desktop = helpline.desktop("agent1").ready();
        desktop.drop();
        helpline.snapCaller(FIRST);
        until("the caller waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        holds(
                "no offer",
                GRACE_READY.plusSeconds(1),
                () -> helpline.metric("helpline_agents", "state=\"reserved\"") == 0);
        Desktop back = helpline.desktop("agent1", "?after=" + desktop.seq());
        assertEquals("not-ready disconnected", back.welcomeState());
        back.state("not-ready disconnected");
        assertEquals(List.of("agent-state not-ready disconnected"), back.story());
    }

    @Test
    void offerOut() {
        Desktop desktop = helpline.desktop("agent1").ready();
        Caller caller = helpline.snapCaller(FIRST);
        JsonObject offer = desktop.offer();
        helpline.snapCaller(SECOND);
        until("both wait", () -> helpline.metric("helpline_contacts_waiting") == 2);
        desktop.state("reserved");
        long seq = desktop.seq();
        desktop.drop();
        // At once, not after a grace.
        until(
                "nobody is reserved",
                Duration.ofSeconds(2),
                () -> helpline.metric("helpline_agents", "state=\"reserved\"") == 0);
        secondAgentTakes(caller, offer);
        Desktop back = helpline.desktop("agent1", "?after=" + seq);
        back.state("not-ready disconnected");
        assertEquals(List.of("offer-ended rescinded", "agent-state not-ready disconnected"), back.story());
    }

    @Test
    void connecting() {
        DeskPhone phone = helpline.ringingPhone(1);
        Desktop desktop = helpline.desktop("agent1").ready();
        Caller caller = helpline.snapCaller(FIRST);
        JsonObject offer = desktop.offer();
        helpline.snapCaller(SECOND);
        until("both wait", () -> helpline.metric("helpline_contacts_waiting") == 2);
        desktop.accept(offer);
        SipCall device = phone.call(1);
        desktop.contact("connecting");
        long seq = desktop.seq();
        desktop.drop();
        until("the desk phone stops ringing", Duration.ofSeconds(2), device::over);
        secondAgentTakes(caller, offer);
        Desktop back = helpline.desktop("agent1", "?after=" + seq);
        back.state("not-ready disconnected");
        assertEquals(List.of("contact ended", "agent-state not-ready disconnected"), back.story());
    }

    /// The contact kept its place: another agent gets it, and not the one who came after it.
    private static void secondAgentTakes(Caller caller, JsonObject before) {
        DeskPhone phone = helpline.answeringPhone(2);
        Desktop second = helpline.desktop("agent2").ready();
        JsonObject offer = second.offer();
        assertEquals(
                before.getJsonObject("contact").getString("contactId"),
                offer.getJsonObject("contact").getString("contactId"));
        second.accept(offer);
        phone.talksWith(caller);
    }

    @Test
    void talkingWithTheDeviceUp() {
        Talk talk = new Talk();
        talk.desktop.drop();
        holds(
                "both hear each other",
                GRACE_TALKING.plusSeconds(2),
                () -> talk.phone.hears(Caller.HZ) && talk.caller.media().hears(DeskPhone.HZ));
        Desktop back = helpline.desktop("agent1");
        assertEquals("on-contact", back.welcomeState());
        JsonObject contact = back.welcome().getJsonArray("contacts").getJsonObject(0);
        assertEquals(talk.contact, contact.getString("contactId"));
        assertEquals("talking", contact.getString("state"));
        back.done("hang-up", "contactId", talk.contact);
        back.state("wrap-up");
    }

    @Test
    void stillAwayAfterTheHangUp() {
        Talk talk = new Talk();
        talk.desktop.drop();
        talk.caller.hangUp();
        until("the agent wraps up", () -> helpline.metric("helpline_agents", "state=\"wrap-up\"") == 1);
        until("the wrap-up is closed", () -> helpline.metric("helpline_agents", "state=\"wrap-up\"") == 0);
        Desktop back = helpline.desktop("agent1", "?after=" + talk.desktop.seq());
        until("everything missed is told", () -> back.story().size() >= 4);
        assertEquals(
                List.of(
                        "contact wrap-up",
                        "agent-state wrap-up",
                        "contact ended",
                        "agent-state not-ready disconnected"),
                back.story());
    }

    @Test
    void theDeviceGoneTooAndTheAgentBackInTime() {
        Talk talk = new Talk();
        talk.desktop.drop();
        talk.phone.vanish();
        talk.hearsComfort();
        DeskPhone phone = helpline.answeringPhone(1);
        Desktop back = helpline.desktop("agent1");
        phone.talksWith(talk.caller);
        assertEquals(talk.contact, HelplineSystem.contactOf(phone.call(1)));
        back.done("hang-up", "contactId", talk.contact);
        back.state("wrap-up");
    }

    @Test
    void theDeviceGoneTooAndTheAgentAwayForTooLong() {
        Talk talk = new Talk();
        helpline.snapCaller(SECOND);
        until("another one waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        talk.desktop.drop();
        talk.phone.vanish();
        talk.hearsComfort();
        until("both wait", () -> helpline.metric("helpline_contacts_waiting") == 2);
        DeskPhone phone = helpline.answeringPhone(2);
        Desktop second = helpline.desktop("agent2").ready();
        JsonObject offer = second.offer();
        assertEquals(talk.contact, offer.getJsonObject("contact").getString("contactId"), "its original age");
        second.accept(offer);
        phone.talksWith(talk.caller);
        assertEquals("not-ready disconnected", helpline.desktop("agent1").welcomeState());
    }

    @Test
    void wrapUp() {
        Talk talk = new Talk();
        talk.caller.hangUp();
        talk.desktop.state("wrap-up");
        talk.desktop.drop();
        Desktop back = helpline.desktop("agent1");
        assertEquals("wrap-up", back.welcomeState());
        // Its limit has run on, and it closes as if nothing had happened.
        back.contact("ended");
        back.state("ready");
    }

    /// A caller and agent1 who talk.
    private static final class Talk {
        final DeskPhone phone = helpline.answeringPhone(1);
        final Desktop desktop = helpline.desktop("agent1").ready();
        final Caller caller = helpline.snapCaller(FIRST);
        final String contact;

        Talk() {
            JsonObject offer = desktop.offer();
            contact = offer.getJsonObject("contact").getString("contactId");
            desktop.accept(offer);
            phone.talksWith(caller);
            desktop.state("on-contact");
        }

        /// Words again, after the media had broken off; and they are nobody's tone.
        void hearsComfort() {
            until("the caller hears nobody", () -> !caller.media().hearsAnythingWithin(Duration.ofSeconds(1)));
            until("the caller hears something", () -> caller.media().hearsAnythingWithin(Duration.ofMillis(300)));
            assertTrue(caller.call().up());
        }
    }
}
