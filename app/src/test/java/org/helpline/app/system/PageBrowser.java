package org.helpline.app.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Chromium in front of the pages, with a microphone that beeps. After each test its windows are closed, and no
/// page may have thrown or broken the policy it was served with.
final class PageBrowser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final double PATIENCE_MS = (double) Patience.USUAL.toMillis();

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.installed())
                        .setArgs(List.of(
                                "--use-fake-ui-for-media-stream",
                                "--use-fake-device-for-media-stream",
                                "--autoplay-policy=no-user-gesture-required")));
    }

    /// A window of a person of their own: nothing is shared with the others.
    Page window(ColorScheme colours) {
        return tab(person(colours));
    }

    BrowserContext person(ColorScheme colours) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setColorScheme(colours)
                .setViewportSize(1360, 860)
                .setLocale("en-US")
                .setPermissions(List.of("microphone")));
        contexts.add(context);
        return context;
    }

    Page tab(BrowserContext person) {
        Page page = person.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onPageError(fault -> faults.add("thrown: " + fault));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) faults.add(message.text());
        });
        return page;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> found = List.copyOf(faults);
        faults.clear();
        assertEquals(List.of(), found, "what the browser complained about");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) browser.close();
        if (playwright != null) playwright.close();
    }
}
