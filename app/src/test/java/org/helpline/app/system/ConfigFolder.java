package org.helpline.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A copy of the shipped configuration in which single settings are changed.
public final class ConfigFolder {
    private static final int SAMPLES_A_SECOND = 8_000;
    private static final int TONE_SAMPLES = 3 * SAMPLES_A_SECOND;

    private final Path folder;

    private ConfigFolder(Path folder) {
        this.folder = folder;
    }

    static Path shipped() {
        return SharedAsterisk.root().resolve("config");
    }

    public static ConfigFolder copy() {
        try {
            Path folder = Files.createTempDirectory("helpline-config");
            List<String> parts = List.of(
                    "helpline.yaml",
                    "agents.yaml",
                    "helplines/social-services.yaml",
                    "prompts/en.yaml",
                    "prompts/es.yaml");
            for (String part : parts) {
                Files.createDirectories(folder.resolve(part).getParent());
                Files.copy(shipped().resolve(part), folder.resolve(part));
            }
            Files.createDirectories(folder.resolve("prompts/recordings"));
            return new ConfigFolder(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path path() {
        return folder;
    }

    /// With a shipped file that most tests do without.
    ConfigFolder with(String part) {
        try {
            Files.copy(shipped().resolve(part), folder.resolve(part));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    public ConfigFolder change(String file, String from, String to) {
        Path path = folder.resolve(file);
        try {
            Files.writeString(path, replaced(Files.readString(path), from, to));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    /// In the place of a prompt a tone, so that a caller's telephone can tell it from all others. Only for a Helpline
    /// with an Asterisk of its own: what is recorded stays in its prompts.
    ConfigFolder record(String language, String prompt, double hz) {
        ByteBuffer samples = ByteBuffer.allocate(2 * TONE_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < TONE_SAMPLES; n++) {
            samples.putShort((short) (8_000 * Math.sin(2 * Math.PI * hz * n / SAMPLES_A_SECOND)));
        }
        Path file = folder.resolve("prompts/recordings").resolve(language).resolve(prompt + ".sln");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, samples.array());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    /// A test whose change no longer applies must say so and not pass with the shipped value.
    static String replaced(String text, String from, String to) {
        if (!text.contains(from)) throw new IllegalStateException("nothing says '" + from + "' any more");
        return text.replace(from, to);
    }

    public void delete() {
        delete(folder);
    }

    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
