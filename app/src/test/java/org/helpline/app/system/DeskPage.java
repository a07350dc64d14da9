package org.helpline.app.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.helpline.app.system.Patience.until;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Somebody at a page of ours in a Chromium of its own, which is the telephone too: everything is done and seen as
/// that person does, and heard where the loudspeaker gets it.
final class DeskPage implements AutoCloseable {
    /// Remembers the page's own connections, because what they carry is to be measured and not only the page.
    private static final String REMEMBER_CONNECTIONS = """
            (() => {
              const Real = RTCPeerConnection;
              window.connections = [];
              window.RTCPeerConnection = class extends Real {
                constructor(...settings) {
                  super(...settings);
                  window.connections.push(this);
                }
              };
            })()""";

    private static final String HEARD = """
            (() => {
              const open = window.connections.filter(one => one.connectionState === 'connected').at(-1);
              const tracks = open?.getReceivers().map(one => one.track).filter(one => one?.kind === 'audio') ?? [];
              return tracks.length ? new MediaStream(tracks) : null;
            })()""";

    private static final String PACKETS_HEARD = """
            async () => {
              const open = window.connections.filter(one => one.connectionState === 'connected').at(-1);
              const stats = open ? [...(await open.getStats()).values()] : [];
              return stats.filter(one => one.type === 'inbound-rtp').reduce((sum, one) => sum + one.packetsReceived, 0);
            }""";

    private final Chromium chromium;
    private final Page page;
    private final List<JsonObject> welcomes = new ArrayList<>();
    private String lastSocket = "";

    private DeskPage(HelplineSystem helpline, String path, String user, double hz) {
        chromium = Chromium.speaking(hz);
        page = chromium.person().newPage();
        page.setDefaultTimeout((double) Patience.USUAL.toMillis());
        page.addInitScript(REMEMBER_CONNECTIONS);
        page.onWebSocket(this::remember);
        page.navigate(helpline.uri(path).toString());
        page.locator("#user").fill(user);
        page.keyboard().press("Tab");
        page.keyboard().type(HelplineSystem.PASSWORD);
        page.keyboard().press("Enter");
        sees("body", "Browser phone ready");
    }

    /// @param hz of the agent's voice
    static DeskPage agent(HelplineSystem helpline, String user, double hz) {
        return new DeskPage(helpline, "/", user, hz).sees("#state-word", "Not ready");
    }

    static DeskPage supervisor(HelplineSystem helpline, String user, double hz) {
        return new DeskPage(helpline, "/supervisor", user, hz).sees(".agents");
    }

    DeskPage goesReady() {
        press("#go-ready");
        return sees("#state-word", "Ready");
    }

    DeskPage press(String selector) {
        page.locator(selector).click();
        return this;
    }

    DeskPage sees(String selector) {
        assertThat(page.locator(selector)).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(patience()));
        return this;
    }

    DeskPage sees(String selector, String text) {
        assertThat(page.locator(selector))
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(patience()));
        return this;
    }

    DeskPage startsConsultWith(String colleague) {
        press("#transfer").sees("#transfer-panel");
        page.locator("#transfer-panel label.segment:has(input[value=agent])").click();
        page.locator("#target-agent").selectOption(colleague);
        return press("#transfer-start");
    }

    DeskPage wrapsUp(String topic) {
        sees("#wrap-up");
        page.locator("#wrap-up [role=combobox]").first().fill(topic);
        sees("#wrap-up [role=option][aria-selected=true]");
        page.keyboard().press("Enter");
        return press("#complete").sees("#state-word", "Ready");
    }

    DeskPage chooses(String selector, String value) {
        page.locator(selector).selectOption(value);
        return this;
    }

    DeskPage presses(String buttonName) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(buttonName).setExact(false))
                .first()
                .click();
        return this;
    }

    boolean hears(double hz) {
        return Chromium.hears(page, HEARD, hz);
    }

    DeskPage hearsSoon(String whom, double hz) {
        until("the browser hears " + whom, () -> hears(hz));
        return this;
    }

    private void remember(WebSocket socket) {
        if (!socket.url().contains("/v1/agent")) return;
        lastSocket = socket.url();
        socket.onFrameReceived(frame -> {
            JsonObject message = new JsonObject(frame.text());
            if (message.getString("type").equals("welcome")) welcomes.add(message);
        });
    }

    /// Address of the page's newest connection as an agent's desk.
    String lastSocket() {
        return lastSocket;
    }

    /// What it was greeted with, each time it connected.
    List<JsonObject> welcomes() {
        return welcomes;
    }

    /// By WebRTC's own statistics.
    int packetsHeard() {
        return ((Number) page.evaluate(PACKETS_HEARD)).intValue();
    }

    private static double patience() {
        return (double) Patience.USUAL.toMillis();
    }

    @Override
    public void close() {
        chromium.close();
    }
}
