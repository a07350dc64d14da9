package org.helpline.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `docker/` agrees with the scripts, the configuration and itself. No container engine runs here; this
/// finds what would break first in one that does.
class ContainerFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("helpline.root"));
    private static final Path DOCKER = ROOT.resolve("docker");
    private static final Pattern OURS = Pattern.compile("HELPLINE_[A-Z_]+");

    private final Map<String, Object> compose = map(yaml("compose.yaml"));
    private final Map<String, Object> services = map(compose.get("services"));

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "asterisk/Dockerfile"})
    void whatAnImageIsMadeOfExists(String dockerfile) {
        List<String> lines = text(DOCKER.resolve(dockerfile)).lines().toList();
        List<String> copied = lines.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1))
                .toList();
        for (String source : copied.subList(0, copied.size() - 1)) {
            assertTrue(Files.exists(ROOT.resolve(source)), () -> dockerfile + " copies " + source);
        }
        for (String line : lines) {
            if (!line.startsWith("FROM ")) continue;
            assertTrue(line.matches("FROM [^ ]+/[^ ]+:[0-9][^ ]*( AS [a-z]+)?"), () -> "not a fixed version: " + line);
        }
        List<String> users =
                lines.stream().filter(line -> line.startsWith("USER ")).toList();
        assertTrue(users.getLast().matches("USER [1-9][0-9]+:[1-9][0-9]+"), "not root");
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("HEALTHCHECK ")));
    }

    @Test
    void theImageStartsHelplineAsTheScriptsDo() {
        String started = text(ROOT.resolve("scripts/build.sh"));
        String entry = line(DOCKER.resolve("Dockerfile"), "ENTRYPOINT ");
        for (MatchResult option : matches("(--[a-z-]+=[A-Za-z-]+|-XX:\\+[A-Za-z]+)", started)) {
            assertTrue(entry.contains('"' + option.group() + '"'), option.group());
        }
        assertTrue(entry.contains("\"org.helpline.app.Main\""));
        // What the scripts write into target, the image copies.
        assertTrue(started.contains("target/lib"));
        assertTrue(text(DOCKER.resolve("Dockerfile")).contains("/helpline/app/target/lib /opt/helpline/lib"));
    }

    @Test
    void everyPathOfTheComposeFileExists() {
        services.forEach((name, service) -> {
            Map<String, Object> build = map(map(service).getOrDefault("build", Map.of()));
            if (build.containsKey("dockerfile")) {
                Path file = DOCKER.resolve((String) build.get("context")).resolve((String) build.get("dockerfile"));
                assertTrue(Files.isRegularFile(file), file::toString);
            }
            for (Object volume : list(map(service).getOrDefault("volumes", List.of()))) {
                String source = volume.toString().split(":(?=/)", 2)[0];
                if (source.startsWith("./")) {
                    assertTrue(Files.exists(DOCKER.resolve(source)), () -> name + " mounts " + source);
                } else if (!source.startsWith("${")) {
                    assertTrue(map(compose.get("volumes")).containsKey(source), () -> name + " mounts " + source);
                }
            }
        });
    }

    @Test
    void everyServiceIsWatchedRestartedAndBounded() {
        services.forEach((name, service) -> {
            assertEquals("unless-stopped", map(service).get("restart"), name);
            assertTrue(map(service).containsKey("logging"), name);
            boolean built = map(service).containsKey("build");
            assertTrue(built || map(service).containsKey("healthcheck"), name);
        });
        assertEquals(
                Set.of("helpline", "asterisk", "postgres", "redis", "prometheus", "grafana", "turn"),
                services.keySet());
    }

    @Test
    void portsArePublishedOnLoopbackUnlessSomebodySaysOtherwise() {
        List<String> published = new ArrayList<>();
        services.values()
                .forEach(service -> list(map(service).getOrDefault("ports", List.of()))
                        .forEach(port -> published.add(port.toString())));
        assertEquals(6, published.size(), published::toString);
        for (String port : published) {
            assertTrue(
                    port.startsWith("127.0.0.1:") || port.startsWith("${HELPLINE_PUBLISH:-127.0.0.1}:"),
                    () -> port + " is published to everybody");
        }
        String entrypoint = text(DOCKER.resolve("asterisk/entrypoint.sh"));
        assertTrue(entrypoint.contains("${HELPLINE_SIP_PORT:-5060}")
                && published.toString().contains(":5060:5060/udp"));
        assertTrue(entrypoint.contains("${HELPLINE_RTP_PORTS:-10000-10199}"));
        assertTrue(published.toString().contains(":10000-10199:10000-10199/udp"));
        assertTrue(published.toString().contains(":8080:8080/tcp"));
        assertTrue(text(DOCKER.resolve("Dockerfile")).contains("HELPLINE_HTTP_PORT=8080"));
        assertTrue(text(DOCKER.resolve("Dockerfile")).contains("EXPOSE 8080/tcp"));
    }

    @Test
    void helplineAndAsteriskMeetOnLoopback() {
        Map<String, Object> helpline = map(services.get("helpline"));
        assertEquals("service:asterisk", helpline.get("network_mode"));
        Map<String, Object> environment = map(helpline.get("environment"));
        String entrypoint = text(DOCKER.resolve("asterisk/entrypoint.sh"));
        assertEquals("http://127.0.0.1:8088", environment.get("HELPLINE_ASTERISK_URL"));
        assertTrue(entrypoint.contains("${HELPLINE_ASTERISK_HTTP_PORT:-8088}"));
        assertEquals("tcp://127.0.0.1:5038", environment.get("HELPLINE_ASTERISK_AMI_URL"));
        assertTrue(entrypoint.contains("${HELPLINE_ASTERISK_AMI_PORT:-5038}"));
        String start = text(ROOT.resolve("scripts/asterisk/start.sh"));
        assertTrue(start.contains("HELPLINE_ASTERISK_USER=" + environment.get("HELPLINE_ASTERISK_USER")));
        assertTrue(start.contains("HELPLINE_ASTERISK_AMI_USER=" + environment.get("HELPLINE_ASTERISK_AMI_USER")));
    }

    @Test
    void everyVariableIsOneThatSomebodyReads() {
        String known = text(ROOT.resolve("config/helpline.yaml")) + text(ROOT.resolve("README.md"));
        for (String name : names(map(services.get("helpline")).get("environment"))) {
            assertTrue(known.contains(name.replaceFirst("_FILE$", "")), () -> name + " is not explained");
        }
        String entrypoint = text(DOCKER.resolve("asterisk/entrypoint.sh"));
        for (String name : names(map(services.get("asterisk")).get("environment"))) {
            assertTrue(entrypoint.contains(name), () -> name + " is not read by entrypoint.sh");
        }
    }

    /// Whoever starts it must choose each of them, except for what is harmless.
    @Test
    void nothingSecretHasADefault() {
        String example = text(DOCKER.resolve("helpline.env.example"));
        Set<String> harmless = Set.of("HELPLINE_PUBLISH", "HELPLINE_TURN_REALM", "HELPLINE_TURN_ADDRESS");
        for (MatchResult used : matches("\\$\\{([A-Z_]+)(:[-?])?", text(DOCKER.resolve("compose.yaml")))) {
            String name = used.group(1);
            assertTrue(example.contains(name + "="), () -> name + " is not in helpline.env.example");
            assertEquals(harmless.contains(name) ? ":-" : ":?", used.group(2), name);
        }
        assertFalse(matches("(?m)^HELPLINE_[A-Z_]+=.+$", example).iterator().hasNext(), "an example with a value");
        services.forEach((name, service) -> {
            for (Map.Entry<String, Object> variable :
                    environment(map(service).get("environment")).entrySet()) {
                if (!variable.getKey().matches(".*(PASSWORD|TOKEN|KEY|SECRET).*")) continue;
                assertTrue(
                        variable.getValue().toString().startsWith("/run/secrets/"),
                        () -> name + ": " + variable.getKey());
            }
        });
    }

    @Test
    void everySecretIsGivenAndMade() {
        Map<String, Object> secrets = map(compose.get("secrets"));
        String maker = text(ROOT.resolve("scripts/container/secrets.sh"));
        Set<String> given = new TreeSet<>();
        services.forEach((name, service) -> {
            List<Object> own = list(map(service).getOrDefault("secrets", List.of()));
            own.forEach(secret -> given.add(secret.toString()));
            for (MatchResult read : matches("/run/secrets/([a-z_]+)", service.toString())) {
                assertTrue(own.contains(read.group(1)), () -> name + " reads " + read.group(1));
            }
        });
        assertEquals(secrets.keySet(), given);
        for (String secret : secrets.keySet()) {
            if (!secret.startsWith("tls_")) assertTrue(maker.contains(secret), secret);
        }
    }

    @Test
    void prometheusFindsHelplineItsRulesAndItsToken() {
        Map<String, Object> prometheus = map(services.get("prometheus"));
        Map<String, Object> configuration = map(yaml("prometheus/prometheus.yml"));
        Map<String, Object> job = map(list(configuration.get("scrape_configs")).getFirst());
        assertEquals("/metrics", job.get("metrics_path"));
        assertEquals(
                List.of("helpline:8080"),
                map(list(job.get("static_configs")).getFirst()).get("targets"));
        String networks = map(services.get("asterisk")).get("networks").toString();
        assertTrue(networks.contains("helpline"), "the name that is scraped");
        String token = map(job.get("authorization")).get("credentials_file").toString();
        assertTrue(list(prometheus.get("secrets")).contains(token.replace("/run/secrets/", "")));
        String rules =
                list(configuration.get("rule_files")).getFirst().toString().replace("/*.yml", "");
        assertTrue(prometheus.get("volumes").toString().contains("./prometheus/rules:" + rules + ":ro"));
    }

    @Test
    void grafanaFindsItsDashboardsAndTheirSource() throws IOException {
        String volumes = map(services.get("grafana")).get("volumes").toString();
        Map<String, Object> provider = map(
                list(map(yaml("grafana/provisioning/dashboards/helpline.yml")).get("providers"))
                        .getFirst());
        assertTrue(volumes.contains(
                "./grafana/dashboards:" + map(provider.get("options")).get("path")));
        Map<String, Object> source = map(list(map(yaml("grafana/provisioning/datasources/prometheus.yml"))
                        .get("datasources"))
                .getFirst());
        assertEquals("http://prometheus:9090", source.get("url"));
        Set<String> uids = new TreeSet<>();
        try (Stream<Path> files = Files.list(DOCKER.resolve("grafana/dashboards"))) {
            for (Path file : files.toList()) {
                JsonObject dashboard = new JsonObject(text(file));
                uids.add(dashboard.getString("uid"));
                for (MatchResult uid :
                        matches("\"datasource\":\\{\"type\":\"prometheus\",\"uid\":\"([^\"]*)\"", dashboard.encode())) {
                    assertEquals(source.get("uid"), uid.group(1), file::toString);
                }
            }
        }
        assertEquals(4, uids.size());
    }

    private static Set<String> names(Object environment) {
        Set<String> names = new TreeSet<>(environment(environment).keySet());
        names.removeIf(name -> !OURS.matcher(name).matches());
        return names;
    }

    private static Map<String, Object> environment(Object environment) {
        return environment == null ? Map.of() : map(environment);
    }

    private static Object yaml(String file) {
        return new Load(LoadSettings.builder().build()).loadFromString(text(DOCKER.resolve(file)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    private static String line(Path file, String start) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static List<MatchResult> matches(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
