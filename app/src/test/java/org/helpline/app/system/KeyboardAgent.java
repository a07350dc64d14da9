package org.helpline.app.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;

/// Somebody at a page who has no mouse: everything is reached with Tab and worked with keys.
final class KeyboardAgent {
    /// More stops than any page has.
    private static final int MOST_STOPS = 120;

    private final Page page;

    KeyboardAgent(Page page) {
        this.page = page;
    }

    Page page() {
        return page;
    }

    /// The form has the focus in its first field.
    KeyboardAgent signsIn(String address, String user) {
        page.navigate(address);
        assertThat(page.locator("#user")).isFocused();
        types(user);
        press("Tab");
        types(HelplineSystem.PASSWORD);
        press("Enter");
        return this;
    }

    KeyboardAgent press(String key) {
        page.keyboard().press(key);
        return this;
    }

    KeyboardAgent types(String text) {
        page.keyboard().type(text);
        return this;
    }

    /// Tabs on until the element has the focus.
    KeyboardAgent goesTo(String selector) {
        sees(selector);
        for (int stop = 0; stop < MOST_STOPS; stop++) {
            if (hasFocus(selector)) return this;
            press("Tab");
        }
        throw new AssertionError(selector + " is not reached by " + MOST_STOPS + " times Tab");
    }

    private boolean hasFocus(String selector) {
        return (Boolean) page.evaluate("selector => Boolean(document.activeElement?.matches(selector))", selector);
    }

    KeyboardAgent uses(String selector) {
        return goesTo(selector).press("Enter");
    }

    KeyboardAgent sees(String selector) {
        assertThat(page.locator(selector)).isVisible();
        return this;
    }

    KeyboardAgent seesNo(String selector) {
        assertThat(page.locator(selector)).isHidden();
        return this;
    }

    KeyboardAgent sees(String selector, String text) {
        assertThat(page.locator(selector)).containsText(text);
        return this;
    }

    KeyboardAgent isIn(String state) {
        return sees("#state-word", state);
    }

    KeyboardAgent hasFocusOn(String selector) {
        assertThat(page.locator(selector)).isFocused();
        return this;
    }
}
