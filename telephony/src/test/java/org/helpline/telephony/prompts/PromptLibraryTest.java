package org.helpline.telephony.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.telephony.CallCommand.PromptRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptLibraryTest {
    @TempDir
    private Path folder;

    private Path recordings;
    private Path out;
    private Path log;
    private List<String> espeak;

    /// A stand-in for espeak-ng: gives one second of a tone at 22,050 Hz and notes how it was called.
    @BeforeEach
    void writeSpeaker() throws IOException {
        recordings = Files.createDirectories(folder.resolve("recordings"));
        out = folder.resolve("out");
        log = folder.resolve("calls");
        Path tone = folder.resolve("tone.wav");
        Files.write(tone, tone(22_050, 440, 1).encode());
        Path script = folder.resolve("speak");
        Files.writeString(script, """
                #!/bin/sh
                [ "$2" != bad ] || { echo 'no such voice'; exit 1; }
                echo "$2 $(cat)" >>%s
                cp %s "$4"
                """.formatted(log, tone), StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        espeak = List.of(script.toString());
    }

    @Test
    void textsAreSpokenOnceAsTelephoneAudio() throws IOException {
        List<PromptLibrary.Progress> progress = new ArrayList<>();
        PromptLibrary library = library(Map.of("welcome", "Welcome.", "dash", "-v is no option here"));
        assertEquals(new PromptLibrary.Prepared(2, 0, 0), library.prepare(progress::add));
        assertEquals(new PromptLibrary.Progress(2, 2, progress.getLast().latest()), progress.getLast());
        Wav made = Wav.parse(Files.readAllBytes(out.resolve("en/welcome.wav")));
        assertEquals(8000, made.rate());
        assertEquals(8000, made.length());
        assertEquals(out.resolve("en/welcome"), library.resolve("en", "welcome"));
        assertEquals(new PromptLibrary.Prepared(0, 0, 2), library.prepare(ignored -> {}));
        assertEquals(2, Files.readAllLines(log).size());
    }

    @Test
    void aChangedTextOrVoiceIsSpokenAgain() throws IOException {
        library(Map.of("a", "One.", "b", "Two.")).prepare(ignored -> {});
        assertEquals(
                new PromptLibrary.Prepared(1, 0, 1),
                library(Map.of("a", "One.", "b", "Three.")).prepare(ignored -> {}));
        SpokenLanguage other = new SpokenLanguage("en", "en-gb", Map.of("a", "One."));
        assertEquals(
                new PromptLibrary.Prepared(1, 0, 0),
                new PromptLibrary(List.of(other), recordings, out, espeak, 2).prepare(ignored -> {}));
        assertEquals("en-gb One.", Files.readAllLines(log).getLast());
    }

    @Test
    void aRecordingWinsWhateverItsRateAndMakesTheSpokenFileGo() throws IOException {
        PromptLibrary library = library(Map.of("a", "One."));
        library.prepare(ignored -> {});
        record("en/a.wav", tone(44_100, 500, 2).encode());
        assertEquals(new PromptLibrary.Prepared(0, 1, 0), library.prepare(ignored -> {}));
        assertEquals(
                16_000, Wav.parse(Files.readAllBytes(out.resolve("en/a.wav"))).length());
        assertEquals(new PromptLibrary.Prepared(0, 0, 1), library.prepare(ignored -> {}));

        Files.delete(recordings.resolve("en/a.wav"));
        record("en/a.gsm", new byte[330]);
        library.prepare(ignored -> {});
        assertTrue(Files.exists(out.resolve("en/a.gsm")));
        assertFalse(Files.exists(out.resolve("en/a.wav")));

        Files.delete(recordings.resolve("en/a.gsm"));
        assertEquals(new PromptLibrary.Prepared(1, 0, 0), library.prepare(ignored -> {}));
        assertFalse(Files.exists(out.resolve("en/a.gsm")));
    }

    @Test
    void aBrokenRecordingIsNamed() throws IOException {
        record("en/a.wav", "not audio".getBytes(StandardCharsets.UTF_8));
        PromptException failure = assertThrows(
                PromptException.class, () -> library(Map.of("a", "One.")).prepare(ignored -> {}));
        assertEquals(
                "prompt en/a cannot be made from " + recordings.resolve("en/a.wav") + ": it is no WAV file",
                failure.getMessage());
    }

    @Test
    void aMissingEspeakIsOneLineThatNamesThePrompt() {
        PromptLibrary library = new PromptLibrary(
                List.of(new SpokenLanguage("en", "en-us", Map.of("welcome", "Welcome."))),
                recordings,
                out,
                List.of(folder.resolve("nothing-here").toString()),
                2);
        PromptException failure = assertThrows(PromptException.class, () -> library.prepare(ignored -> {}));
        assertEquals(
                "prompt en/welcome cannot be made: there is no espeak-ng at '" + folder.resolve("nothing-here")
                        + "'; install it or record the prompt",
                failure.getMessage());
    }

    @Test
    void aVoiceThatFailsIsNamedAndTheRestIsMade() {
        PromptLibrary library = new PromptLibrary(
                List.of(
                        new SpokenLanguage("en", "en-us", Map.of("a", "One.")),
                        new SpokenLanguage("xx", "bad", Map.of("a", "One.", "b", "Two."))),
                recordings,
                out,
                espeak,
                4);
        PromptException failure = assertThrows(PromptException.class, () -> library.prepare(ignored -> {}));
        assertEquals(
                "prompt xx/a cannot be made: " + espeak.getFirst()
                        + " with voice bad failed: no such voice (and 1 more)",
                failure.getMessage());
        assertTrue(Files.exists(out.resolve("en/a.wav")));
    }

    @Test
    void whatNobodyRecordedOrWroteIsAFault() throws IOException {
        record("wo/a.wav", tone(8000, 440, 1).encode());
        PromptLibrary library = new PromptLibrary(
                List.of(
                        new SpokenLanguage("en", "en-us", Map.of("a", "One.")),
                        new SpokenLanguage("wo", Optional.empty(), new TreeMap<>(Map.of("a", "?", "b", "?")))),
                recordings,
                out,
                espeak,
                2);
        List<String> faults = library.faults(List.of(
                new PromptRef("en", "a"),
                new PromptRef("en", "b"),
                new PromptRef("wo", "a"),
                new PromptRef("wo", "b")));
        assertEquals(
                List.of(
                        "prompt en/b has no recording " + recordings.resolve("en/b.wav")
                                + " and no text in language 'en'",
                        "prompt wo/b has no recording " + recordings.resolve("wo/b.wav")
                                + " and there is no voice for language 'wo'"),
                faults);
        assertThrows(IllegalArgumentException.class, () -> library.resolve("en", "b"));
        assertThrows(IllegalArgumentException.class, () -> library.resolve("en", "../a"));
    }

    @Test
    void resamplingKeepsTheVoiceAndDropsWhatWouldFoldBack() {
        assertEquals(rms(tone(22_050, 1000, 1)), rms(tone(22_050, 1000, 1).forTelephone()), 100);
        assertTrue(rms(tone(22_050, 6000, 1).forTelephone()) < 50, "6 kHz must not be heard as 2 kHz");
    }

    private PromptLibrary library(Map<String, String> texts) {
        return new PromptLibrary(List.of(new SpokenLanguage("en", "en-us", texts)), recordings, out, espeak, 2);
    }

    private void record(String name, byte[] content) throws IOException {
        Path file = recordings.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static Wav tone(int rate, double hz, int seconds) {
        short[] samples = new short[rate * seconds];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (10_000 * Math.sin(2 * Math.PI * hz * i / rate));
        }
        return new Wav(rate, samples);
    }

    private static double rms(Wav wav) {
        double sum = 0;
        for (int i = 200; i < wav.length() - 200; i++) {
            sum += (double) wav.at(i) * wav.at(i);
        }
        return Math.sqrt(sum / (wav.length() - 400));
    }
}
