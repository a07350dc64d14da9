package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.gateway.sip.SipSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Variables go before the files; secrets come from nowhere else and are never printed.
class EnvironmentTest {
    @TempDir
    private Path temporary;

    private TestFolder folder;

    @BeforeEach
    void write() throws Exception {
        folder = TestFolder.minimal(temporary.resolve("config"));
    }

    @Test
    void variablesGoBeforeTheFile() throws Exception {
        Path pem = Files.writeString(temporary.resolve("x.pem"), "x");
        folder.append(
                "helpline.yaml", "http: {host: 127.0.0.9, port: 1}\nfolders: {data: there, recordings: spoken}\n");
        Configuration plain = folder.configuration();
        assertEquals("127.0.0.9", plain.http().host());
        assertEquals(1, plain.http().port());
        assertEquals(folder.file("there"), plain.data());
        assertEquals(folder.file("spoken"), plain.recordings());

        Configuration overridden = folder.configuration(Map.of(
                "HELPLINE_HTTP_HOST", "0.0.0.0",
                "HELPLINE_HTTP_PORT", "18080",
                "HELPLINE_DATA", "/var/lib/helpline",
                "HELPLINE_TLS_CERT", pem.toString(),
                "HELPLINE_TLS_KEY", pem.toString(),
                "HELPLINE_METRICS_TOKEN", "hush"));
        assertEquals(
                new HttpSettings(
                        "0.0.0.0",
                        18_080,
                        Optional.of(pem),
                        Optional.of(pem),
                        Optional.of("hush"),
                        false,
                        SipSettings.DEFAULT),
                overridden.http());
        assertEquals(Path.of("/var/lib/helpline"), overridden.data());
    }

    @Test
    void asteriskComesFromTheEnvironmentAlone() throws Exception {
        Configuration configuration = folder.configuration(Map.of(
                "HELPLINE_ASTERISK_URL", "http://127.0.0.1:8088",
                "HELPLINE_ASTERISK_USER", "helpline",
                "HELPLINE_ASTERISK_PASSWORD", "hush"));
        assertEquals(
                Optional.of(new AsteriskEntry(
                        URI.create("http://127.0.0.1:8088"), "helpline", "hush", "helpline", Optional.empty())),
                configuration.asterisk());
    }

    @Test
    void theSwitchIsWatchedWhereAnAddressIsGiven() throws Exception {
        folder.append(
                "helpline.yaml",
                "asterisk: {url: 'http://127.0.0.1:8088', user: a, ami: {user: b, probe-every: 20 s}}\n");
        Map<String, String> password = Map.of(
                "HELPLINE_ASTERISK_PASSWORD", "hush",
                "HELPLINE_ASTERISK_AMI_PASSWORD", "hush-ami",
                "HELPLINE_ASTERISK_AMI_URL", "tcp://127.0.0.1:5038");
        AsteriskEntry entry = folder.configuration(password).asterisk().orElseThrow();
        assertEquals(
                Optional.of(new AmiEntry(URI.create("tcp://127.0.0.1:5038"), "b", "hush-ami", Duration.ofSeconds(20))),
                entry.ami());
        assertFalse(entry.toString().contains("hush"), entry::toString);
    }

    @Test
    void aPasswordNeverCrossesANetworkInTheClear() {
        List<String> told = folder.told(Map.of(
                "HELPLINE_ASTERISK_URL", "http://127.0.0.1:8088",
                "HELPLINE_ASTERISK_USER", "a",
                "HELPLINE_ASTERISK_PASSWORD", "hush",
                "HELPLINE_ASTERISK_AMI_URL", "tcp://192.0.2.1:5038",
                "HELPLINE_ASTERISK_AMI_USER", "b"));
        assertEquals(
                List.of(
                        "environment: HELPLINE_ASTERISK_AMI_URL: must be tls://host:port for another machine;"
                                + " tcp:// is for loopback only",
                        "environment: HELPLINE_ASTERISK_AMI_PASSWORD: is missing, and so is"
                                + " HELPLINE_ASTERISK_AMI_PASSWORD_FILE: phones are to be watched"),
                told);
    }

    @Test
    void secretsMayStandInFilesOfTheirOwn() throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret"), "hush\n");
        Configuration configuration = folder.configuration(Map.of(
                "HELPLINE_DEMO_PASSWORD_FILE", secret.toString(), "HELPLINE_METRICS_TOKEN_FILE", secret.toString()));
        assertEquals(Optional.of("hush"), configuration.signIn().demoPassword());
        assertEquals(Optional.of("hush"), configuration.http().metricsToken());
    }

    @Test
    void nothingPrintsASecret() throws Exception {
        Configuration configuration = folder.configuration(Map.of(
                "HELPLINE_ASTERISK_URL", "http://127.0.0.1:8088",
                "HELPLINE_ASTERISK_USER", "helpline",
                "HELPLINE_ASTERISK_PASSWORD", "hush-asterisk",
                "HELPLINE_METRICS_TOKEN", "hush-metrics",
                "HELPLINE_JWT_KEY", "hush-key".repeat(4),
                "HELPLINE_DEMO_PASSWORD", "hush-demo"));
        assertTrue(configuration.toString().contains("[REDACTED]"));
        assertFalse(configuration.toString().contains("hush"));
    }

    @Test
    void wrongValuesAreToldWithoutSecrets() throws Exception {
        Path empty = Files.writeString(temporary.resolve("empty"), "\n");
        assertEquals(
                List.of(
                                "environment: HELPLINE_HTTP_HOTS: is unknown; did you mean 'HELPLINE_HTTP_HOST'?",
                                "environment: HELPLINE_HTTP_PORT: must be a port from 1 to 65535, but is '0'",
                                "environment: HELPLINE_JWT_KEY: must be at least 32 characters long; make one at random",
                                "environment: HELPLINE_METRICS_TOKEN:"
                                        + " is set and so is HELPLINE_METRICS_TOKEN_FILE; one of them is allowed",
                                "environment: HELPLINE_DEMO_PASSWORD_FILE: names " + empty + ", which is empty",
                                "environment: HELPLINE_ASTERISK_PASSWORD_FILE: names /nowhere/secret, which is not there",
                                "environment: HELPLINE_ASTERISK_PASSWORD:"
                                        + " is missing, and so is HELPLINE_ASTERISK_PASSWORD_FILE: an Asterisk is configured",
                                "environment: HELPLINE_ASTERISK_URL:"
                                        + " must be an http or https address such as http://127.0.0.1:8088, without user or query",
                                "environment: HELPLINE_TLS_KEY: must name a file that can be read, but is '/nowhere/key'",
                                "environment: HELPLINE_TLS_KEY: is a key without its certificate:"
                                        + " set HELPLINE_TLS_CERT or http.tls.certificate as well")
                        .stream()
                        .sorted()
                        .toList(),
                folder
                        .told(Map.ofEntries(
                                Map.entry("HELPLINE_HTTP_HOTS", "x"),
                                Map.entry("HELPLINE_HTTP_PORT", "0"),
                                Map.entry("HELPLINE_JWT_KEY", "hush"),
                                Map.entry("HELPLINE_METRICS_TOKEN", "hush"),
                                Map.entry("HELPLINE_METRICS_TOKEN_FILE", "/nowhere"),
                                Map.entry("HELPLINE_DEMO_PASSWORD_FILE", empty.toString()),
                                Map.entry("HELPLINE_ASTERISK_URL", "http://user:hush@127.0.0.1"),
                                Map.entry("HELPLINE_ASTERISK_USER", "helpline"),
                                Map.entry("HELPLINE_ASTERISK_PASSWORD_FILE", "/nowhere/secret"),
                                Map.entry("HELPLINE_TLS_KEY", "/nowhere/key")))
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void emptyVariablesAndThoseOfTheScriptsDoNoHarm() throws Exception {
        assertEquals(
                List.of(),
                folder.told(Map.of(
                        "HELPLINE_HTTP_PORT", "",
                        "HELPLINE_METRICS_TOKEN", " ",
                        "HELPLINE_ASTERISK_SIP", "127.0.0.1:5060",
                        "HELPLINE_ASTERISK_CALLER_PASSWORD", "hush",
                        "HELPLINE_JAVA_HOME", "/opt/jdk",
                        "HELPLINE_REDIS_URL", "redis://localhost",
                        "PATH", "/bin")));
    }
}
