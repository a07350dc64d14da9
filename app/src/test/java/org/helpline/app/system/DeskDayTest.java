package org.helpline.app.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A whole day at the desk without a mouse, on real parts.
@Tag("system")
class DeskDayTest {
    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.shipped();

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @Test
    void aDayByKeyboardOnly() {
        KeyboardAgent agent = new KeyboardAgent(browser.window(ColorScheme.LIGHT));
        agent.signsIn(helpline.uri("/").toString(), "agent1").isIn("Not ready");
        checksDevices(agent);
        agent.uses("#go-ready").isIn("Ready");

        helpline.answeringPhone(1);
        helpline.snapCaller("12125550147");
        agent.hasFocusOn("#offer-title")
                .sees("#offer-title", "Spanish")
                .sees("#offer", "(212) 555-0147")
                .uses("#accept")
                .sees(".call.talking");
        agent.press("h").sees(".call.held").press("h").sees(".call.talking");
        consultsAndTakesBack(agent);
        agent.press("h").sees(".call.talking").press("Shift+E").hasFocusOn("#wrap-up-title");

        wrapsUp(agent);
        agent.isIn("Ready");
        agent.goesTo("#reason").types("l").uses("#go-not-ready");
        agent.isIn("Not ready").sees("#state-reason", "lunch");
        agent.uses("#sign-out").uses("dialog .button.primary").sees("#user").sees("main", "You are signed out.");
        assertEquals(0, agent.page().evaluate("() => sessionStorage.length"));
    }

    private static void checksDevices(KeyboardAgent agent) {
        agent.uses("#check-devices")
                .sees("dialog", "Hears you")
                .uses("#test-tone")
                .sees("dialog", "Tone played")
                .uses("#devices-done")
                .seesNo("dialog")
                .hasFocusOn("#check-devices");
    }

    /// The colleague takes the consult, and the caller comes back.
    private static void consultsAndTakesBack(KeyboardAgent agent) {
        Desktop colleague = helpline.desktop("agent2").ready();
        helpline.answeringPhone(2);
        agent.press("t").hasFocusOn("#transfer-panel input[value=queue]").press("ArrowRight");
        agent.goesTo("#target-agent").types("Demo agent 2").uses("#transfer-start");
        JsonObject offer = colleague.offer();
        colleague.accept(offer);
        agent.sees("#consult", "Talking").sees(".call.held");
        agent.uses("#cancel-transfer").seesNo("#consult").sees(".call.held");
        colleague.contact("ended");
    }

    private static void wrapsUp(KeyboardAgent agent) {
        agent.uses("#complete").hasFocusOn("#wrap-up-errors").press("Tab").press("Enter");
        agent.types("snap rec")
                .sees("[role=option][aria-selected=true]", "SNAP - Recertification")
                .press("Enter");
        agent.uses("#add-inquiry").hasFocusOn(".inquiry:nth-of-type(2) [id$=what]");
        agent.types("one-shot").press("Enter").press("Tab").press("ArrowRight");
        agent.goesTo(".inquiry:nth-of-type(2) textarea").types("Landlord's letter came by mail.");
        agent.uses("#complete");
    }
}
