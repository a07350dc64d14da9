package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.helpline.app.run.HelplineServer;
import org.helpline.config.ConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Bad input from every side is refused clearly, and a call that is going on elsewhere hears nothing of it.
@Tag("system")
class BadInputTest {
    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy());

    private Caller caller;
    private DeskPhone phone;
    private Desktop talker;
    private String contact;

    @BeforeEach
    void somebodyTalks() {
        phone = helpline.answeringPhone(1);
        talker = helpline.desktop("agent1").ready();
        caller = helpline.snapCaller("12125550401");
        JsonObject offer = talker.offer();
        contact = offer.getJsonObject("contact").getString("contactId");
        talker.accept(offer);
        talker.state("on-contact");
        phone.talksWith(caller);
    }

    /// Both still hear each other, and nothing was told to the one who talks.
    @AfterEach
    void undisturbed() {
        phone.talksWith(caller);
        assertEquals("agent-state on-contact", talker.story().getLast());
        assertTrue(talker.open());
    }

    @Test
    void messages() {
        Desktop desktop = helpline.desktop("agent2");
        for (String text : List.of("{\"id\":", "[1]", "null", "\"x\"", "{\"type\":\"sign-out\"}", "\u0000\u0001")) {
            desktop.send(text);
            assertEquals("malformed", desktop.answer().getString("reason"), text);
        }
        desktop.refused("unknown-type", "make-coffee");
        desktop.refused("invalid", "transfer", "contactId", contact);
        desktop.refused("invalid", "set-state", "state", "asleep");
        desktop.refused("invalid", "set-state", "state", "ready", "surprise", 1);
        desktop.send("{\"id\":\"" + "x".repeat(1 << 20) + "\",\"type\":\"sign-out\"}");
        assertEquals(1009, desktop.closeCode());
        // The same agent is served again at once.
        helpline.desktop("agent2").ready();
    }

    @Test
    void tokens() {
        assertEquals(401, refusal("nonsense"));
        assertEquals(401, refusal(token("agent1", "not the key at all, but long enough", 3600)));
        assertEquals(401, refusal(token("agent1", HelplineSystem.TOKEN_KEY, -60)));
        assertEquals(401, refusal(token("nobody", HelplineSystem.TOKEN_KEY, 3600)));
        // The same way of making one gives a good one, so it was the time that was refused above.
        assertEquals("not-ready signed-in", signedInWith(token("agent3", HelplineSystem.TOKEN_KEY, 3600)));
        assertEquals(401, refusal(unsigned("agent1")));
        assertEquals(403, refusal(helpline.token("supervisor1")));

        String revoked = helpline.token("agent2");
        assertEquals(204, logout(revoked).statusCode());
        assertEquals(401, refusal(revoked));
        HttpResponse<String> wrong = helpline.login("agent2", "wrong");
        assertEquals(401, wrong.statusCode());
        assertEquals(
                "application/problem+json",
                wrong.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""));
    }

    @Test
    void whatIsAnotherAgents() {
        Desktop second = helpline.desktop("agent2").ready();
        helpline.snapCaller("12125550402");
        String offer = second.offer().getString("offerId");
        Desktop thief = helpline.desktop("agent3");
        thief.refused("not-yours", "accept-offer", "offerId", offer);
        thief.refused("not-yours", "reject-offer", "offerId", offer);
        thief.refused("not-yours", "hang-up", "contactId", contact);
        JsonObject inquiry = new JsonObject().put("inquiry", "x").put("outcome", "resolved");
        thief.refused("not-yours", "complete-wrap-up", "contactId", contact, "inquiries", new JsonArray().add(inquiry));
        thief.refused("unknown-offer", "accept-offer", "offerId", "made-up");
        thief.refused("unknown-contact", "hang-up", "contactId", "made-up");
        assertEquals("agent-state reserved", lastOf(second));
    }

    private static String lastOf(Desktop desktop) {
        desktop.state("reserved");
        return desktop.story().getLast();
    }

    @Test
    void aBrokenConfigurationTellsEverythingAtOnceAndStartsNothing() {
        ConfigFolder broken = ConfigFolder.copy()
                .change("helpline.yaml", "ready: 5 s", "ready: 5 hours")
                .change("helpline.yaml", "domain: main", "domian: main")
                .change("helplines/social-services.yaml", "max-waiting: 50", "max-waiting: 0")
                .change("agents.yaml", "languages: [en, ht]", "languages: [en, creole]");
        StringWriter printed = new StringWriter();
        ConfigurationException faults = assertThrows(
                ConfigurationException.class,
                () -> HelplineServer.start(
                        new HelplineServer.Options(
                                broken.path(), helpline.environment(), HelplineServer.CarrierKind.ASTERISK, false),
                        new PrintWriter(printed)));
        String told = faults.getMessage();
        assertTrue(told.matches("(?s).*helpline.yaml:[0-9]+: .*disconnect-graces.ready.*5 min.*'5 hours'.*"), told);
        assertTrue(told.matches("(?s).*helpline.yaml:[0-9]+: .*domian.*did you mean 'domain'.*"), told);
        assertTrue(
                told.matches("(?s).*social-services.yaml:[0-9]+: queues.general.max-waiting: .*1 to 100000.*'0'.*"),
                told);
        assertTrue(told.matches("(?s).*agents.yaml:[0-9]+: agents.agent5.languages.*creole.*"), told);
        assertEquals("", printed.toString());
        broken.delete();
    }

    @Test
    void garbageInsteadOfSip() {
        List<String> from = List.of("127.0.0.1", "127.0.1.9", "127.0.2.9");
        for (String address : from) GarbageSip.send(address, helpline.sip());
        until("Asterisk answers a true caller", () -> {
            Caller another = helpline.caller("12125550403").hearsMenu();
            another.hangUp();
            return another.call().status() == 200;
        });
        until(
                "only the call that goes on is left",
                () -> helpline.ari("channels").size() == 2);
    }

    @Test
    void aMalformedScenarioOfSipp() {
        int status = GarbageSip.sipp("malformed.xml", helpline.sip());
        assertEquals(0, status, "sipp got what the scenario expects");
        until(
                "only the call that goes on is left",
                () -> helpline.ari("channels").size() == 2);
    }

    // ----

    private static String signedInWith(String token) {
        return helpline.desktopWith("agent3", token).welcomeState();
    }

    private static int refusal(String token) {
        return assertThrows(
                        UpgradeRejectedException.class,
                        () -> new Desktop(helpline.sockets(), helpline.httpPort(), "/v1/agent", token))
                .getStatus();
    }

    private static HttpResponse<String> logout(String token) {
        return helpline.exchange(HttpRequest.newBuilder(helpline.uri("/v1/logout"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static String token(String user, String key, int lifeSeconds) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signed = base64(new JsonObject().put("typ", "JWT").put("alg", "HS256")) + "."
                    + base64(claims(user, lifeSeconds));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String unsigned(String user) {
        return base64(new JsonObject().put("typ", "JWT").put("alg", "none")) + "." + base64(claims(user, 3600)) + ".";
    }

    private static JsonObject claims(String user, int lifeSeconds) {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", "helpline")
                .put("sub", user)
                .put("jti", "system-test-" + System.nanoTime())
                .put("iat", now - 7200)
                .put("exp", now + lifeSeconds);
    }

    private static String base64(JsonObject json) {
        return base64(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
