package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The messages as people read them: all at once, each with its line. `broken/*.expected` holds them word for word.
class FaultMessagesTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({
        "deployment, helpline.yaml",
        "agents, agents.yaml",
        "inquiries, inquiries.yaml",
        "helpline, helplines/small.yaml",
        "flow, helplines/small.yaml",
        "prompts, prompts/en.yaml"
    })
    void oneFileWithManyFaultsTellsThemAll(String broken, String file) throws IOException {
        TestFolder folder = TestFolder.minimal(temporary).write(file, resource(broken + ".yaml"));
        assertEquals(resource(broken + ".expected"), String.join("\n", folder.told()) + "\n");
    }

    @Test
    void faultsOfAllFilesComeTogether() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary)
                .replace("helpline.yaml", "deployment: demo", "deployment: [demo")
                .replace("agents.yaml", "modalities: [voice]", "modalities: [smoke]")
                .replace("helplines/small.yaml", "refused: bye", "refused: by")
                .replace("prompts/en.yaml", "  goodbye: Goodbye.\n", "");
        List<String> told = folder.told();
        assertEquals(
                List.of(
                        "agents.yaml:5: agents.agent1.modalities[0]: must be one of text, video, voice, but is 'smoke'",
                        "helpline.yaml:2: is not YAML at column 7: expected ',' or ']', but got :",
                        "helplines/small.yaml:20: flow.nodes.line.queue.refused:"
                                + " is 'by', which is no node; nodes are [bye, line, menu]",
                        "helplines/small.yaml:21: flow.nodes.bye: is never reached from start 'menu'"),
                told.stream().filter(line -> !line.contains("goodbye")).toList());
    }

    @Test
    void aFaultCarriesItsParts() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary).replace("helpline.yaml", "domain: main", "domain: Main");
        var thrown = assertThrows(ConfigurationException.class, folder::configuration);
        assertEquals(
                List.of(new ConfigurationFault(
                        folder.file("helpline.yaml").toString(),
                        2,
                        "domain",
                        "must be 1 to 64 of a-z, 0-9 and single hyphens between them, but is 'Main'")),
                thrown.faults());
        assertEquals(0, thrown.getStackTrace().length);
    }

    @Test
    void secretsInFilesAreRefusedAndNeverShown() throws IOException {
        String hash = "pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0$tooshort";
        List<String> told = TestFolder.minimal(temporary)
                .append("helpline.yaml", "asterisk: {url: 'http://user:hush@host:8088', password: hush}\n")
                .append("agents.yaml", "  admin1: {roles: [admin], password-hash: '" + hash + "', password: hush}\n")
                .told();
        assertEquals(6, told.size(), told::toString);
        assertTrue(told.stream().noneMatch(line -> line.contains("hush") || line.contains("c2Fsd")), told::toString);
    }

    @Test
    void aLongValueIsCutAndKeptOnOneLine() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary)
                .replace("helpline.yaml", "domain: main", "domain: \"" + "x\\n".repeat(500) + "\"");
        List<String> told = folder.told();
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.getFirst().endsWith("but is '" + "x ".repeat(30) + "...'"), told::toString);
    }

    @Test
    void moreThanAHundredAreCounted() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 250; i++) many.append("nonsense").append(i).append(": 1\n");
        TestFolder folder = TestFolder.minimal(temporary).append("helpline.yaml", many.toString());
        List<String> told = folder.told();
        assertEquals(101, told.size());
        assertEquals("helpline.yaml:111: and 150 more faults from here on", told.getLast());
    }

    @Test
    void productionForbidsWhatADemoMay() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary)
                .replace("helpline.yaml", "deployment: demo", "deployment: production\nhttp: {host: 0.0.0.0}")
                .replace("prompts/en.yaml", "review: machine-draft", "review: placeholder")
                .append("agents.yaml", "  gone: {roles: [admin], disabled: true}\n");
        assertEquals(
                List.of(
                        "agents.yaml:9: users.agent1: needs a 'password-hash': this is a production deployment",
                        "helpline.yaml:2: http.host: must be a loopback address, but is '0.0.0.0': a production"
                                + " deployment serves others only with TLS (HELPLINE_TLS_CERT and HELPLINE_TLS_KEY) or"
                                + " behind a trusted proxy (http.trusted-proxy)",
                        "prompts/en.yaml:3: review: must not be 'placeholder' in a production deployment",
                        "environment: HELPLINE_DEMO_PASSWORD: is not allowed in a production deployment"),
                folder.told(java.util.Map.of("HELPLINE_DEMO_PASSWORD", "hush")));
    }

    @Test
    void productionReadsWhenNothingIsForbidden() throws Exception {
        String hash = "pbkdf2-sha256$600000$" + "A".repeat(22) + "$" + "A".repeat(43);
        TestFolder folder = TestFolder.minimal(temporary)
                .replace(
                        "helpline.yaml",
                        "deployment: demo",
                        "deployment: production\nhttp: {host: 0.0.0.0, trusted-proxy: true}")
                .replace("agents.yaml", "agent: agent1}", "agent: agent1, password-hash: '" + hash + "'}");
        Configuration configuration = folder.configuration();
        assertEquals(Deployment.PRODUCTION, configuration.deployment());
        assertTrue(configuration.http().passwordsProtected());
        assertFalse(configuration.toString().contains(hash));
    }

    @Test
    void whatMustBeUniqueAcrossHelplinesIs() throws IOException {
        TestFolder folder = TestFolder.minimal(temporary);
        folder.write("helplines/twin.yaml", folder.read("helplines/small.yaml"));
        assertEquals(
                List.of(
                        "helplines/twin.yaml:1: id: must be the only helpline 'small' of the domain,"
                                + " but another is at helplines/small.yaml:1",
                        "helplines/twin.yaml:3: numbers[0]: must be the only number '100' of the domain,"
                                + " but another is at helplines/small.yaml:3",
                        "helplines/twin.yaml:5: queues.snap: must be the only queue 'snap' of the domain,"
                                + " but another is at helplines/small.yaml:5"),
                folder.told());
    }

    private static String resource(String name) throws IOException {
        try (var in = FaultMessagesTest.class.getResourceAsStream("/broken/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
