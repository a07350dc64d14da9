package org.helpline.app.system;

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

/// A Chromium whose microphone is a tone, and in which tones can be told apart.
final class Chromium implements AutoCloseable {
    /// Loudness of one frequency in a media stream, in dB of full scale.
    private static final String LOUDNESS = """
            async ([stream, hz]) => {
              if (!stream) return -200;
              const context = new AudioContext();
              const analyser = context.createAnalyser();
              analyser.fftSize = 8192;
              context.createMediaStreamSource(stream).connect(analyser);
              await new Promise(later => setTimeout(later, 400));
              const power = new Float32Array(analyser.frequencyBinCount);
              analyser.getFloatFrequencyData(power);
              const at = Math.round(hz * analyser.fftSize / context.sampleRate);
              await context.close();
              return Math.max(...power.slice(at - 2, at + 3), -200);
            }""";

    /// Far below a voice, far above what another tone leaves at this frequency.
    private static final double HEARD_DB = -55;

    private final Playwright playwright;
    private final Browser browser;
    private final Path voice;

    private Chromium(Path voice) {
        this.voice = voice;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(installed())
                        .setArgs(List.of(
                                "--use-fake-ui-for-media-stream",
                                "--use-fake-device-for-media-stream",
                                "--use-file-for-fake-audio-capture=" + voice,
                                // Where there is no network but loopback, that is where the media goes.
                                "--allow-loopback-in-peer-connection",
                                "--disable-background-networking",
                                "--autoplay-policy=no-user-gesture-required")));
    }

    static Chromium speaking(double hz) {
        try {
            Path voice = Files.createTempFile("agent-voice", ".wav");
            speak(voice, hz);
            return new Chromium(voice);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Path installed() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no chromium on the PATH; ./test installs it"));
    }

    private static void speak(Path file, double hz) throws IOException {
        int rate = 48_000;
        // Half a second of every second: what never pauses is noise to a browser, which takes it out.
        byte[] samples = new byte[2 * 2 * rate];
        for (int i = 0; i < samples.length / 2; i++) {
            if (i / (rate / 2) % 2 == 1) continue;
            int sample = (int) (8_000 * Math.sin(2 * Math.PI * hz * i / rate));
            samples[2 * i] = (byte) sample;
            samples[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    /// Somebody with a profile of their own, who lets pages use the microphone.
    BrowserContext person() {
        return browser.newContext(new Browser.NewContextOptions().setPermissions(List.of("microphone")));
    }

    /// @param stream an expression for the media stream in the page
    static boolean hears(Page page, String stream, double hz) {
        Object loudness = page.evaluate(LOUDNESS, List.of(page.evaluateHandle("() => " + stream), hz));
        return ((Number) loudness).doubleValue() > HEARD_DB;
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
