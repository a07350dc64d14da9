package org.helpline.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A configuration folder of a test, written file by file.
final class TestFolder {
    static final List<String> FILES = List.of(
            "helpline.yaml",
            "agents.yaml",
            "inquiries.yaml",
            "helplines/social-services.yaml",
            "prompts/en.yaml",
            "prompts/es.yaml");

    private final Path path;

    private TestFolder(Path path) {
        this.path = path;
    }

    /// The smallest deployment that reads: one language, one queue, one agent.
    static TestFolder minimal(Path path) throws IOException {
        TestFolder folder = new TestFolder(path);
        for (String name : List.of("helpline.yaml", "agents.yaml", "helplines/small.yaml", "prompts/en.yaml")) {
            try (var in = TestFolder.class.getResourceAsStream("/minimal/" + name)) {
                folder.write(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return folder;
    }

    /// A copy of the deployment in the repository.
    static TestFolder shipped(Path path) throws IOException {
        TestFolder folder = new TestFolder(path);
        for (String name : FILES) folder.write(name, Files.readString(ShippedDeploymentTest.FOLDER.resolve(name)));
        return folder;
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    String read(String name) throws IOException {
        return Files.readString(file(name));
    }

    TestFolder write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
        return this;
    }

    /// Replaces text that must be there.
    TestFolder replace(String name, String wanted, String replacement) throws IOException {
        String text = read(name);
        if (!text.contains(wanted)) throw new IllegalArgumentException("'" + wanted + "' is not in " + name);
        return write(name, text.replace(wanted, replacement));
    }

    TestFolder append(String name, String text) throws IOException {
        return write(name, read(name) + text);
    }

    Configuration configuration() throws ConfigurationException {
        return configuration(Map.of());
    }

    Configuration configuration(Map<String, String> environment) throws ConfigurationException {
        return ConfigurationReader.read(path, environment);
    }

    /// What is told when the folder is read, one line each, file names without the folder; empty when it can be read.
    List<String> told(Map<String, String> environment) {
        try {
            configuration(environment);
            return List.of();
        } catch (ConfigurationException e) {
            return e.getMessage()
                    .lines()
                    .map(line -> line.replace(path + "/", ""))
                    .toList();
        }
    }

    List<String> told() {
        return told(Map.of());
    }
}
