package org.helpline.app.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Script in whatever people can fill in is shown as the text it is. The pages are the real ones with their policy;
/// the messages are made up here, so that every field can be hostile.
@Tag("system")
class HostileContentTest {
    private static final String SCRIPT = "<img src=x onerror=\"window.owned=1\"><script>window.owned=1</script>";

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.shipped();

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @Test
    void anOfferAndATalk() {
        Page page = browser.window(ColorScheme.LIGHT);
        WebSocketRoute[] desk = new WebSocketRoute[1];
        page.routeWebSocket("**/v1/agent*", socket -> {
            desk[0] = socket;
            socket.send(welcome().encode());
        });
        new KeyboardAgent(page).signsIn(helpline.uri("/").toString(), "agent1").isIn("Not ready");
        desk[0].send(offer().encode());
        assertThat(page.locator("#offer-title")).containsText(SCRIPT);
        assertThat(page.locator("#offer")).containsText("javascript:window.owned=1");
        assertThat(page.locator(".path")).containsText(SCRIPT);
        ranNothing(page);

        desk[0].send(contact(2, "talking").encode());
        assertThat(page.locator(".call.talking")).containsText(SCRIPT);
        assertThat(page.locator(".context")).containsText(SCRIPT);
        desk[0].send(contact(3, "wrap-up").encode());
        assertThat(page.locator("#wrap-up-title")).containsText(SCRIPT);
        page.locator("textarea").fill(SCRIPT);
        page.reload();
        assertThat(page.locator("#state-word")).containsText("Not ready");
        ranNothing(page);
    }

    @Test
    void aWallboard() {
        Page page = browser.window(ColorScheme.DARK);
        page.routeWebSocket("**/v1/live", socket -> socket.send(figures().encode()));
        new KeyboardAgent(page).signsIn(helpline.uri("/wallboard").toString(), "supervisor1");
        assertThat(page.locator(".queues")).containsText(SCRIPT.substring(1));
        ranNothing(page);
    }

    private static void ranNothing(Page page) {
        assertEquals(true, page.evaluate("() => window.owned === undefined"));
        assertEquals(0, page.locator("#page img, #page script, .toasts img").count());
    }

    private static JsonObject welcome() {
        return new JsonObject()
                .put("type", "welcome")
                .put("seq", 0)
                .put("snapshotSeq", 0)
                .put("reset", true)
                .put(
                        "agent",
                        new JsonObject()
                                .put("agentId", "agent1")
                                .put("name", SCRIPT)
                                .put("languages", new JsonArray().add("es"))
                                .put("modalities", new JsonArray().add("voice"))
                                .put("skills", new JsonArray()))
                .put(
                        "state",
                        new JsonObject()
                                .put("state", "not-ready")
                                .put("reason", SCRIPT)
                                .put("since", "2026-03-02T09:00:00Z"))
                .put("contacts", new JsonArray())
                .put("offers", new JsonArray())
                .put("settings", new JsonObject().put("offerOn", "desktop"));
    }

    private static JsonObject offer() {
        return new JsonObject()
                .put("type", "offer")
                .put("seq", 1)
                .put("offerId", "o1")
                .put("expiresAt", "2026-03-02T09:00:20Z")
                .put("expiresInMs", 600_000)
                .put("contact", facts("offered"));
    }

    private static JsonObject contact(int seq, String state) {
        return new JsonObject().put("type", "contact").put("seq", seq).put("contact", facts(state));
    }

    private static JsonObject facts(String state) {
        return new JsonObject()
                .put("contactId", "c1")
                .put("helpline", SCRIPT)
                .put("queue", SCRIPT)
                .put("modality", "voice")
                .put("language", "es")
                .put("state", state)
                .put("caller", new JsonObject().put("number", "javascript:window.owned=1"))
                .put("need", SCRIPT)
                .put("waitedMs", 1_000)
                .put(
                        "requirements",
                        new JsonObject()
                                .put("language", "es")
                                .put("modality", "voice")
                                .put(
                                        "skills",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("skill", SCRIPT)
                                                        .put("minimumLevel", 1))))
                .put("relaxed", new JsonArray().add(SCRIPT))
                .put(
                        "participants",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("participantId", SCRIPT)
                                        .put("role", "agent")
                                        .put("state", SCRIPT)))
                .put(
                        "path",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("at", "2026-03-02T09:00:00Z")
                                        .put("step", SCRIPT)
                                        .put("value", SCRIPT)))
                .put(
                        "previous",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("at", "2026-03-01T09:00:00Z")
                                        .put("topic", SCRIPT)
                                        .put("notes", SCRIPT)));
    }

    private static JsonObject figures() {
        JsonObject row = new JsonObject()
                .put("helpline", SCRIPT)
                .put("queue", SCRIPT)
                .put("language", SCRIPT)
                .put("modality", SCRIPT)
                .put("waiting", 1)
                .put("longestWaitMs", 1_000)
                .put("talking", 0)
                .put("held", 0)
                .put("offered", 1)
                .put("handled", 0)
                .put("abandoned", 0)
                .put(
                        "serviceLevel",
                        new JsonObject()
                                .put("variant", SCRIPT)
                                .put("thresholdMs", 20_000)
                                .putNull("value"));
        JsonObject agents = new JsonObject();
        List.of("signed-out", "not-ready", "ready", "reserved", "on-contact", "wrap-up")
                .forEach(state -> agents.put(state, 0));
        return new JsonObject()
                .put("at", "2026-03-02T09:00:00Z")
                .put("queues", new JsonArray().add(row))
                .put("agents", agents);
    }
}
