package org.helpline.app.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One agent with two tabs: what one does, the other follows; nothing that was typed is lost by a reload.
@Tag("system")
class DeskTabsTest {
    private static final String NOTES = "Asked for the form in Spanish & <English>.";

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.shipped();

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @Test
    void theOtherTabFollowsAndAReloadLosesNothing() {
        BrowserContext person = browser.person(ColorScheme.LIGHT);
        String desk = helpline.uri("/").toString();
        KeyboardAgent first = new KeyboardAgent(browser.tab(person));
        first.signsIn(desk, "agent1").isIn("Not ready");
        KeyboardAgent second = new KeyboardAgent(browser.tab(person));
        second.page().navigate(desk);
        second.isIn("Not ready").sees("#phone-state", "Phone is in another tab");

        first.uses("#go-ready");
        second.isIn("Ready");
        helpline.answeringPhone(1);
        helpline.snapCaller("12125550148");
        first.sees("#accept");
        second.sees("#accept").uses("#accept").sees(".call.talking");
        first.seesNo("#offer").sees(".call.talking");

        first.press("Shift+E").sees("#wrap-up");
        wrapsUpAcrossAReload(second, first);
    }

    private static void wrapsUpAcrossAReload(KeyboardAgent writing, KeyboardAgent other) {
        Page page = writing.page();
        writing.sees("#wrap-up").goesTo("textarea").types(NOTES);
        page.reload();
        assertThat(page.locator("textarea")).hasValue(NOTES);
        writing.goesTo("[id$=what]")
                .types("snap rec")
                .press("Enter")
                .uses("#complete")
                .isIn("Ready");
        other.isIn("Ready").seesNo("#wrap-up");
        assertEquals(
                0, page.evaluate("() => Object.keys(sessionStorage).filter(key => key.includes('wrap-up')).length"));
        writing.uses("#sign-out").uses("dialog .button.primary").sees("#user");
        other.sees("#user");
    }
}
