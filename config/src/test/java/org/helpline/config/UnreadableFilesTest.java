package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are no configuration at all: absent, huge, hostile, not YAML, not text.
class UnreadableFilesTest {
    @TempDir
    private Path temporary;

    private List<String> toldOf(String file, String text) throws IOException {
        TestFolder folder = TestFolder.minimal(temporary).write(file, text);
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> folder.told());
    }

    @Test
    void everythingAbsent() {
        assertEquals(
                List.of(
                        "nowhere/agents.yaml: is not there",
                        "nowhere/helpline.yaml: is not there",
                        "nowhere/helplines: is not there; it must be a folder with at least one .yaml file",
                        "nowhere/prompts: is not there; it must be a folder with at least one .yaml file"),
                told(Path.of("nowhere")));
    }

    private static List<String> told(Path folder) {
        try {
            ConfigurationReader.read(folder, java.util.Map.of());
            return List.of();
        } catch (ConfigurationException e) {
            return e.getMessage().lines().toList();
        }
    }

    @Test
    void foldersAndFilesInEachOthersPlace() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary);
        Files.delete(folder.file("agents.yaml"));
        Files.createDirectory(folder.file("agents.yaml"));
        Files.delete(folder.file("helplines/small.yaml"));
        Files.delete(folder.file("helplines"));
        folder.write("helplines", "x");
        assertEquals(List.of("agents.yaml: must be a plain file", "helplines: must be a folder"), folder.told());
    }

    @Test
    void anotherEnding() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary);
        folder.write("helplines/other.yml", "id: other");
        assertEquals(List.of("helplines/other.yml: must end in .yaml to be read"), folder.told());
    }

    @Test
    void emptyFile() throws IOException {
        assertEquals(List.of("agents.yaml:1: is empty"), toldOf("agents.yaml", "# nothing\n"));
    }

    @Test
    void aListWhereAMappingMustBe() throws IOException {
        assertEquals(
                List.of("agents.yaml:2: must be a mapping (lines of 'key: value'), but is a list"),
                toldOf("agents.yaml", "---\n- agent1\n"));
    }

    @Test
    void notYaml() throws IOException {
        assertEquals(
                List.of(
                        "agents.yaml:3: is not YAML at column 1: found character '\\t(TAB)' that cannot start any token."
                                + " (Do not use \\t(TAB) for indentation)"),
                toldOf("agents.yaml", "agents:\n  agent1: {}\n\tagent2: {}\n"));
    }

    @Test
    void secondDocument() throws IOException {
        assertEquals(
                List.of("agents.yaml:2: has a second document ('---'); one is allowed"),
                toldOf("agents.yaml", "agents: {}\n---\nusers: {}\n"));
    }

    @Test
    void characterThatYamlForbids() throws IOException {
        assertEquals(
                List.of("agents.yaml:2: has the character U+0007, which YAML does not allow"),
                toldOf("agents.yaml", "agents: {}\nusers: \u0007\n"));
    }

    @Test
    void notUtf8() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary);
        Files.write(folder.file("agents.yaml"), new byte[] {'a', ':', ' ', '\n', 'b', (byte) 0xff, '\n'});
        assertEquals(List.of("agents.yaml:2: is not UTF-8 text from this line on"), folder.told());
    }

    @Test
    void tooLarge() throws IOException {
        assertEquals(
                List.of("agents.yaml: is larger than 1 MiB, which is the most allowed"),
                toldOf("agents.yaml", "# " + "x".repeat(1 << 20)));
    }

    @Test
    void tooDeep() throws IOException {
        assertEquals(List.of("agents.yaml:1: nests deeper than 24 levels"), toldOf("agents.yaml", "[".repeat(500_000)));
        assertEquals(
                List.of("agents.yaml:1: nests deeper than 24 levels"), toldOf("agents.yaml", "{a: ".repeat(200_000)));
    }

    @Test
    void aliasesThatMultiply() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        assertEquals(List.of("agents.yaml:7: has more than 50 aliases"), toldOf("agents.yaml", bomb.toString()));
    }

    @Test
    void anAliasOfItself() throws IOException {
        List<String> told = toldOf("agents.yaml", "agents: &a\n  agent1: *a\nusers: {}\n");
        assertTrue(told.stream().allMatch(line -> line.startsWith("agents.yaml:")), told::toString);
        assertTrue(told.contains("agents.yaml:2: agents.agent1: 'name' is missing"), told::toString);
    }

    @Test
    void aliasesThatRepeatASection() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary)
                .replace("agents.yaml", "languages: [en]", "languages: &spoken [en]")
                .append("agents.yaml", "  admin1: &admin {roles: [admin]}\n  admin2: *admin\n");
        assertEquals(List.of(), folder.told());
    }

    @Test
    void manyItems() throws IOException {
        List<String> told =
                toldOf("agents.yaml", "agents: {}\nusers: {a: {roles: [" + "admin,".repeat(6_000) + "]}}\n");
        assertEquals(List.of("agents.yaml:2: users.a.roles: must have at most 5000 items, but has 6000"), told);
    }
}
