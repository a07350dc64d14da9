package org.helpline.app.system;

import static org.helpline.app.system.Patience.holds;
import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.helpline.telephony.sip.WebSocketPhone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent's browser as the phone: Chromium, WebRTC, our WebSocket to a real Asterisk.
@Tag("system")
class BrowserPhoneTest {
    private static final Logger log = LoggerFactory.getLogger(BrowserPhoneTest.class);

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy());

    @Test
    void callerAndBrowserHearEachOther() {
        String token = helpline.token("agent1");
        try (PhonePage browser = new PhonePage(helpline).registers(token)) {
            Desktop desktop = helpline.desktopWith("agent1", token);
            desktop.ready();
            Caller caller = helpline.snapCaller("12125550171");
            String contact = accepts(desktop, browser);
            desktop.contact("talking");
            double setUp = browser.setUpMillis();
            log.info("INVITE to the first packet of the caller's voice: {} ms", Math.round(setUp));
            assertTrue(setUp < 5_000, () -> setUp + " ms");

            browser.talksWith(caller);
            Map<String, Object> quality = browser.quality();
            assertTrue(((Number) quality.get("packets")).intValue() > 0, quality::toString);
            assertTrue(((Number) quality.get("mos")).doubleValue() > 3.5, quality::toString);

            browser.run("() => window.phone.setMuted(true)");
            holds(
                    "the caller hears nothing of a muted agent",
                    Duration.ofMillis(1_500),
                    () -> !caller.media().hears(PhonePage.HZ));
            browser.run("() => window.phone.setMuted(false)");
            until("the caller hears the agent again", () -> caller.media().hears(PhonePage.HZ));

            browser.run("() => window.phone.hangUp()");
            until("the caller's call is over", () -> caller.call().over());
            desktop.state("wrap-up");
            desktop.wrapUp(contact);
        }
    }

    @Test
    void reloadedPageGetsTheCallBack() {
        String token = helpline.token("agent1");
        try (PhonePage browser = new PhonePage(helpline).registers(token)) {
            Desktop desktop = helpline.desktopWith("agent1", token);
            desktop.ready();
            Caller caller = helpline.snapCaller("12125550172");
            String contact = accepts(desktop, browser);
            desktop.contact("talking");
            browser.talksWith(caller);

            browser.reloads().registers(token).expects(contact);

            until("the reloaded page has the call", browser::talks);
            browser.talksWith(caller);
            assertFalse(caller.call().over());
            caller.hangUp();
            until("the browser is on hook", browser::onHook);
            desktop.state("wrap-up");
            desktop.wrapUp(contact);
        }
    }

    @Test
    void pageThatLostItsConnectionRegistersAgainAndKeepsTheCall() {
        String token = helpline.token("agent1");
        try (PhonePage browser = new PhonePage(helpline).registers(token)) {
            Desktop desktop = helpline.desktopWith("agent1", token);
            desktop.ready();
            Caller caller = helpline.snapCaller("12125550173");
            String contact = accepts(desktop, browser);
            desktop.contact("talking");

            String account = phonesInAsterisk();
            browser.run("() => window.phone.dropConnection()");
            until("the connection is lost", () -> !browser.state().equals("registered"));
            until("the browser is registered again", () -> browser.state().equals("registered"));

            assertEquals(account, phonesInAsterisk());
            browser.talksWith(caller);
            assertTrue(browser.talks());
            caller.hangUp();
            desktop.state("wrap-up");
            desktop.wrapUp(contact);
        }
    }

    @Test
    void deskPhoneRingsOnceTheBrowserIsClosed() {
        DeskPhone desk = helpline.answeringPhone(1);
        String token = helpline.token("agent1");
        Desktop desktop = helpline.desktopWith("agent1", token);
        new PhonePage(helpline).registers(token).close();
        desktop.ready();
        Caller caller = helpline.snapCaller("12125550174");
        JsonObject offer = desktop.offer();
        desktop.accept(offer);
        desktop.contact("talking");
        desk.talksWith(caller);
        caller.hangUp();
        desktop.state("wrap-up");
        desktop.wrapUp(offer.getJsonObject("contact").getString("contactId"));
    }

    @Test
    void ticketIsGoodOnceAndTheAccountEndsWithTheSignIn() {
        String token = helpline.token("agent2");
        JsonObject ticket = ticket(token);
        JsonObject sip = ticket.getJsonObject("sip");
        URI address =
                URI.create("ws://127.0.0.1:" + helpline.httpPort() + "/v1/sip?ticket=" + ticket.getString("ticket"));
        Vertx vertx = Vertx.vertx();
        try {
            Runnable phone = WebSocketPhone.register(vertx, address, sip.getString("user"), sip.getString("password"))
                    .orElseThrow();
            UpgradeRejectedException refused = assertThrows(
                    UpgradeRejectedException.class,
                    () -> WebSocketPhone.register(vertx, address, sip.getString("user"), sip.getString("password")));
            assertEquals(401, refused.getStatus());
            assertTrue(phonesInAsterisk().contains(sip.getString("user")));

            HttpResponse<String> out = helpline.exchange(HttpRequest.newBuilder(helpline.uri("/v1/logout"))
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());
            assertEquals(204, out.statusCode());
            until(
                    "Asterisk does not know the account any more",
                    () -> !phonesInAsterisk().contains(sip.getString("user")));
            phone.run();
        } finally {
            vertx.close().await();
        }
    }

    /// The browser knows which contact to answer for before its agent has accepted it.
    private static String accepts(Desktop desktop, PhonePage browser) {
        JsonObject offer = desktop.offer();
        String contact = offer.getJsonObject("contact").getString("contactId");
        browser.expects(contact);
        desktop.accept(offer);
        until("the browser has answered", browser::talks);
        return contact;
    }

    private static JsonObject ticket(String token) {
        HttpResponse<String> answer = helpline.exchange(HttpRequest.newBuilder(helpline.uri("/v1/sip-ticket"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        assertEquals(200, answer.statusCode(), answer::body);
        return new JsonObject(answer.body());
    }

    private static String phonesInAsterisk() {
        return helpline.ari("endpoints/PJSIP").stream()
                .map(endpoint -> ((JsonObject) endpoint).getString("resource"))
                .filter(name -> name.startsWith("web-"))
                .sorted()
                .toList()
                .toString();
    }
}
