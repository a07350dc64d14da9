package org.helpline.app.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.helpline.config.ConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The composition root on the shipped deployment, with the simulated carrier.
class HelplineServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final StringWriter printed = new StringWriter();
    private Path config;
    private int port;
    private HelplineServer server;

    @BeforeEach
    void copyTheShippedDeployment() throws IOException {
        config = folder.resolve("config");
        Path shipped = Path.of(System.getProperty("helpline.root"), "config");
        for (String part : List.of("helpline.yaml", "agents.yaml", "inquiries.yaml", "helplines", "prompts")) {
            try (Stream<Path> files = Files.walk(shipped.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = config.resolve(shipped.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        if (server != null) server.stop();
        http.close();
    }

    @Test
    void serves_health_and_metrics_and_says_how_to_begin() throws Exception {
        start();

        assertEquals(200, get("/health/live").statusCode());
        HttpResponse<String> ready = get("/health/ready");
        assertEquals(200, ready.statusCode());
        assertEquals(
                "connected",
                new JsonObject(ready.body()).getJsonObject("checks").getString("carrier"));
        assertTrue(get("/metrics").body().contains("helpline_carrier_connected 1.0"));
        assertTrue(printed.toString().contains("http://127.0.0.1:" + port + "/wallboard"), printed::toString);
        assertTrue(printed.toString().contains("agent8"), printed::toString);
    }

    @Test
    void metrics_are_not_for_those_a_proxy_forwards() throws Exception {
        start();

        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri("/metrics"))
                        .header("X-Forwarded-For", "203.0.113.9")
                        .build(),
                BodyHandlers.ofString());

        assertEquals(401, answer.statusCode());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void reads_changed_files_again_and_keeps_the_old_ones_when_they_are_faulty() throws Exception {
        start();
        assertEquals(200, login("supervisor1"));
        Path agents = config.resolve("agents.yaml");
        String before = Files.readString(agents);

        Files.writeString(agents, before + "\n  no: [such, user");
        Files.writeString(config.resolve("helplines/social-services.yaml"), "id: [");
        // A fault keeps everything; the next good state of the files counts.
        assertEquals(200, login("supervisor1"));

        Files.copy(
                Path.of(System.getProperty("helpline.root"), "config/helplines/social-services.yaml"),
                config.resolve("helplines/social-services.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String disabled = before.replaceFirst("(?m)^(\\s+supervisor1:\\s*\\{)", "$1disabled: true, ");
        assertTrue(!disabled.equals(before), "the shipped file has a line for supervisor1");
        Files.writeString(agents, disabled);

        await().atMost(PATIENCE).until(() -> login("supervisor1") != 200);
        assertEquals(200, login("admin1"));
        assertEquals(200, get("/health/ready").statusCode());
    }

    @Test
    void serves_the_published_inquiries_and_reads_them_again() throws Exception {
        start();
        HttpResponse<String> response = inquiries();
        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("Medicaid - Status Inquiry"), response::body);

        Path file = config.resolve("inquiries.yaml");
        Files.writeString(
                file, Files.readString(file).replace("Medicaid - Status Inquiry", "Medicaid - How Far Is It"));

        await().atMost(PATIENCE).until(() -> inquiries().body().contains("Medicaid - How Far Is It"));
    }

    @Test
    void tells_how_the_records_are_doing_and_keeps_them_in_the_data_folder() throws Exception {
        start();

        await().atMost(PATIENCE).until(() -> recordsCheck().equals("written"));
        String metrics = get("/metrics").body();
        assertTrue(metrics.contains("helpline_records_database_up 1.0"), metrics);
        assertTrue(metrics.contains("helpline_records_written_total"), metrics);
        try (Stream<Path> files = Files.walk(folder)) {
            Path database = files.filter(file -> file.endsWith("records.db"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(database)));
            assertTrue(Files.size(database.resolveSibling("records.key")) > 32);
        }
    }

    private String recordsCheck() throws Exception {
        return new JsonObject(get("/health/ready").body())
                .getJsonObject("checks")
                .getString("records");
    }

    private HttpResponse<String> inquiries() throws Exception {
        HttpResponse<String> login = http.send(
                HttpRequest.newBuilder(uri("/v1/login"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(new JsonObject()
                                .put("user", "agent1")
                                .put("password", "of the test")
                                .encode()))
                        .build(),
                BodyHandlers.ofString());
        return http.send(
                HttpRequest.newBuilder(uri("/v1/inquiries"))
                        .header("Authorization", "Bearer " + new JsonObject(login.body()).getString("token"))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void a_faulty_configuration_does_not_start_and_tells_file_and_line() throws IOException {
        Files.writeString(config.resolve("agents.yaml"), "agents: 7\nusers: nobody\n");

        ConfigurationException refused = assertThrows(ConfigurationException.class, this::start);

        assertTrue(refused.faults().size() >= 2, refused::getMessage);
        assertTrue(refused.getMessage().contains("agents.yaml:1"), refused::getMessage);
        assertTrue(refused.getMessage().contains("agents.yaml:2"), refused::getMessage);
    }

    @Test
    void a_port_in_use_is_one_clear_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            StartFailure failure = assertThrows(StartFailure.class, this::start);
            assertTrue(failure.getMessage().startsWith("cannot serve HTTP"), failure::getMessage);
            assertTrue(failure.getMessage().contains(String.valueOf(taken.getLocalPort())), failure::getMessage);
        }
    }

    private void start() throws ConfigurationException, StartFailure {
        Map<String, String> environment = Map.of(
                "HELPLINE_DATA", folder.resolve("data").toString(),
                "HELPLINE_HTTP_PORT", String.valueOf(port),
                "HELPLINE_DEMO_PASSWORD", "of the test");
        server = HelplineServer.start(
                new HelplineServer.Options(config, environment, HelplineServer.CarrierKind.SIMULATED, false),
                new PrintWriter(printed));
    }

    private int login(String user) throws IOException, InterruptedException {
        JsonObject body = new JsonObject().put("user", user).put("password", "of the test");
        return http.send(
                        HttpRequest.newBuilder(uri("/v1/login"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body.encode()))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
