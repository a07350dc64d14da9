package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

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

    /// The loudest frequency of what is heard.
    private static final String HEARD_HZ = """
            async () => {
              if (!window.phone.remoteStream) return 0;
              const context = new AudioContext();
              const analyser = context.createAnalyser();
              analyser.fftSize = 8192;
              context.createMediaStreamSource(window.phone.remoteStream).connect(analyser);
              await new Promise(later => setTimeout(later, 400));
              const power = new Float32Array(analyser.frequencyBinCount);
              analyser.getFloatFrequencyData(power);
              const loudest = power.indexOf(Math.max(...power));
              const hz = power[loudest] > -60 ? loudest * context.sampleRate / analyser.fftSize : 0;
              await context.close();
              return hz;
            }""";

    private final Playwright playwright;
    private final Browser browser;
    private final BrowserContext person;
    private final Path voice;
    private final Page page;

    /// Opens a browser in front of Helpline's pages.
    PhonePage(HelplineSystem helpline) {
        try {
            voice = Files.createTempFile("agent-voice", ".wav");
            speak(voice);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of(
                                "--use-fake-ui-for-media-stream",
                                "--use-fake-device-for-media-stream",
                                "--use-file-for-fake-audio-capture=" + voice,
                                // Where there is no network but loopback, that is where the media goes.
                                "--allow-loopback-in-peer-connection",
                                "--disable-background-networking",
                                "--autoplay-policy=no-user-gesture-required")));
        person = browser.newContext(new Browser.NewContextOptions().setPermissions(List.of("microphone")));
        page = person.newPage();
        page.setDefaultTimeout((double) Patience.USUAL.toMillis());
        page.navigate(helpline.uri("/").toString());
    }

    private static Path chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no chromium on the PATH; ./test installs it"));
    }

    private static void speak(Path file) throws IOException {
        int rate = 48_000;
        byte[] samples = new byte[2 * 2 * rate];
        for (int i = 0; i < samples.length / 2; i++) {
            int sample = (int) (8_000 * Math.sin(2 * Math.PI * HZ * i / rate));
            samples[2 * i] = (byte) sample;
            samples[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
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
        return Math.abs(((Number) page.evaluate(HEARD_HZ)).doubleValue() - hz) < 12;
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
        browser.close();
        playwright.close();
        try {
            Files.deleteIfExists(voice);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
