package org.helpline.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A copy of the shipped configuration in which single settings are changed.
public final class ConfigFolder {
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
