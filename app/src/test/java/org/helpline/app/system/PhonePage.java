package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.Map;

/// A page of ours in Chromium that is an agent's phone, with a voice of its own: the module `phone.js` as it is served,
/// on real WebRTC.
final class PhonePage implements AutoCloseable {
    /// What the agent says.
    static final double HZ = 1300;

    private static final String OPEN = """
            async token => {
              const { Phone } = await import('/js/phone.js');
              window.phone = new Phone({ token });
              window.phone.addEventListener('change', () => {
                if (window.phone.call && !window.invitedAt) window.invitedAt = performance.now();
              });
              await window.phone.start();
            }""";

    /// Milliseconds from the INVITE to the first packet of the other party's voice.
    private static final String SET_UP_MS = """
            async () => {
              for (;;) {
                const stats = window.phone.peerConnection ? [...(await window.phone.peerConnection.getStats()).values()] : [];
                if (stats.some(report => report.type === 'inbound-rtp' && report.packetsReceived > 0)) {
                  return performance.now() - window.invitedAt;
                }
                await new Promise(later => setTimeout(later, 5));
              }
            }""";

    private final Chromium chromium;
    private final BrowserContext person;
    private final Page page;

    /// Opens a browser in front of Helpline's pages.
    PhonePage(HelplineSystem helpline) {
        chromium = Chromium.speaking(HZ);
        person = chromium.person();
        page = person.newPage();
        page.setDefaultTimeout((double) Patience.USUAL.toMillis());
        page.navigate(helpline.uri("/").toString());
    }

    /// Signs the phone in and waits until it can be called.
    PhonePage registers(String token) {
        page.evaluate(OPEN, token);
        until("the browser is registered", () -> state().equals("registered"));
        return this;
    }

    /// The page is loaded again, as by its user.
    PhonePage reloads() {
        page.reload();
        return this;
    }

    /// The server's side of its connection is lost, or the network between.
    void goesOffline(boolean offline) {
        person.setOffline(offline);
    }

    void expects(String contact) {
        page.evaluate("contact => window.phone.expect([contact])", contact);
    }

    String state() {
        return String.valueOf(page.evaluate("() => window.phone.state"));
    }

    boolean talks() {
        return Boolean.TRUE.equals(page.evaluate("() => window.phone.call?.state === 'talking'"));
    }

    boolean onHook() {
        return Boolean.TRUE.equals(page.evaluate("() => window.phone.call === null"));
    }

    boolean hears(double hz) {
        return Chromium.hears(page, "window.phone.remoteStream", hz);
    }

    double setUpMillis() {
        return ((Number) page.evaluate(SET_UP_MS)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> quality() {
        return (Map<String, Object>) page.evaluate("() => window.phone.quality()");
    }

    void run(String script) {
        page.evaluate(script);
    }

    /// Both hear each other.
    void talksWith(Caller caller) {
        until("the browser hears the caller", () -> hears(Caller.HZ));
        until("the caller hears the browser", () -> caller.media().hears(HZ));
    }

    @Override
    public void close() {
        chromium.close();
    }
}
