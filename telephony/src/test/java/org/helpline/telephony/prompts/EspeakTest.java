package org.helpline.telephony.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The prompt library with the real espeak-ng.
@Tag("system")
class EspeakTest {
    @TempDir
    private Path folder;

    @Test
    void longerTextsTakeLongerAndAreLoudEnough() throws Exception {
        library("es-419", Map.of("short", "Gracias.", "long", "Para español, oprima dos. Gracias por esperar."))
                .prepare(ignored -> {});
        Wav shorter = read("short");
        Wav longer = read("long");
        assertEquals(Wav.TELEPHONE_RATE, shorter.rate());
        assertTrue(shorter.length() > 0.3 * Wav.TELEPHONE_RATE, () -> shorter.length() + " samples");
        assertTrue(longer.length() > 2 * shorter.length(), () -> longer.length() + " samples");
        int peak = 0;
        for (int i = 0; i < longer.length(); i++) {
            peak = Math.max(peak, Math.abs(longer.at(i)));
        }
        assertTrue(peak > 5000, "peak " + peak);
    }

    @Test
    void aVoiceThatDoesNotExistIsAFault() throws Exception {
        PromptLibrary library = library("zz-nobody", Map.of("a", "Hello."));
        PromptException failure = assertThrows(PromptException.class, () -> library.prepare(ignored -> {}));
        assertTrue(
                failure.getMessage().contains("xx/a") && failure.getMessage().contains("zz-nobody"), failure::toString);
    }

    private PromptLibrary library(String voice, Map<String, String> texts) throws Exception {
        Process script = new ProcessBuilder("scripts/espeak/install.sh", "--quiet")
                .directory(Path.of(System.getProperty("helpline.root")).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String espeak = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, script.waitFor());
        return new PromptLibrary(
                List.of(new SpokenLanguage("xx", voice, texts)),
                folder.resolve("recordings"),
                folder.resolve("out"),
                List.of(espeak),
                2);
    }

    private Wav read(String key) throws IOException {
        return Wav.parse(Files.readAllBytes(folder.resolve("out/xx/" + key + ".wav")));
    }
}
