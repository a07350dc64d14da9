package org.helpline.app.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// WCAG 2.2 AA, as far as a program can tell: axe finds nothing on any page in any state, light and dark.
@Tag("system")
class PagesWithoutBarriersTest {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.shipped();

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void axeFindsNothing(ColorScheme colours) throws Exception {
        List<String> found = new ArrayList<>();
        PageStates.Visitor visitor = (page, name) -> {
            PageScreenshotsTest.take(page, name);
            found.addAll(faults(page, name));
        };
        new PageStates(helpline, browser, colours, visitor).walk();
        assertEquals(List.of(), found);
    }

    private static List<String> faults(Page page, String name) {
        return new AxeBuilder(page)
                .withTags(RULES).setLegacyMode(true).analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node ->
                                        name + ": " + rule.getId() + ": " + rule.getHelp() + " at " + node.getTarget()))
                        .toList();
    }
}
