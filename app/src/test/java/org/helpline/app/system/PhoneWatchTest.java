package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Helpline knows which phones answer before it counts on them, and goes on without knowing when it cannot.
@Tag("system")
class PhoneWatchTest {
    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy()
                    .change("helpline.yaml", "domain: main", "domain: main\nasterisk: {ami: {probe-every: 5 s}}"))
            .watched();

    @AfterEach
    void restore() {
        helpline.watch().restore();
    }

    @Test
    void anAgentWhosePhoneFallsSilentIsNotReadyUntilItAnswersAgain() {
        Desktop desktop = helpline.desktop("agent1");
        DeskPhone phone = helpline.answeringPhone(1);
        becomesReady(desktop);
        phone.vanish();
        desktop.state("not-ready device-unreachable");
        JsonObject refused = desktop.ask("set-state", "state", "ready");
        assertEquals("device-unreachable", refused.getString("reason"));
        assertTrue(refused.getString("message").contains("the desk phone does not answer"), refused::encode);
        helpline.answeringPhone(1);
        becomesReady(desktop);
    }

    @Test
    void withoutTheWatchNobodyIsHeldToBeUnreachable() {
        Desktop desktop = helpline.desktop("agent2");
        until("the absent phone is known to be absent", () -> isRefused(desktop));
        helpline.watch().cut();
        becomesReady(desktop);
        assertEquals("not watched now", phones());
        assertEquals(0, helpline.metric("helpline_switch_watch_connected"));
        helpline.watch().restore();
        until("the absent phone is known to be absent again", () -> isRefused(desktop));
        assertEquals("watched", phones());
    }

    @Test
    void howACallSoundsAndWhatTheSwitchHoldsIsCounted() {
        Desktop desktop = helpline.desktop("agent3");
        DeskPhone phone = helpline.answeringPhone(3);
        becomesReady(desktop);
        double before = heard("caller");
        Caller caller = helpline.caller("12125550301").chooses("13");
        JsonObject offer = desktop.offer();
        desktop.accept(offer);
        phone.talksWith(caller);
        until(
                "both legs' sound is counted",
                Duration.ofSeconds(40),
                () -> heard("caller") > before && heard("agent") > 0);
        until("the census counts both", Duration.ofSeconds(40), () -> helpline.metric("helpline_switch_channels") == 2);
        assertEquals(0, helpline.metric("helpline_switch_channels_unknown"));
        caller.hangUp();
        desktop.contact("wrap-up");
        desktop.wrapUp(offer.getJsonObject("contact").getString("contactId"));
    }

    private static double heard(String party) {
        return helpline.metric("helpline_call_quality_lost_ratio_count", "party=\"" + party + "\"");
    }

    private static void becomesReady(Desktop desktop) {
        until(
                "the agent may become ready",
                () -> desktop.ask("set-state", "state", "ready")
                        .getString("type")
                        .equals("done"));
        desktop.state("ready");
    }

    private static boolean isRefused(Desktop desktop) {
        return desktop.ask("set-state", "state", "ready")
                .getString("reason", "")
                .equals("device-unreachable");
    }

    private static String phones() {
        return new JsonObject(helpline.exchange(HttpRequest.newBuilder(helpline.uri("/health/ready"))
                                .build())
                        .body())
                .getJsonObject("checks")
                .getString("phones");
    }
}
