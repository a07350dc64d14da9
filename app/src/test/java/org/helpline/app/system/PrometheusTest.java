package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.helpline.app.run.HelplineServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What `docker/` gives to Prometheus and Grafana, with a real Prometheus that scrapes a real Helpline
/// while simulated callers call and agents serve them.
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusTest {
    private static final Path DOCKER = SharedAsterisk.root().resolve("docker");
    private static final Duration SOME_CALLS = Duration.ofMinutes(4);

    /// Of these there need be none in a few quiet minutes. A query that reads any other series must find
    /// something.
    private static final Set<String> MAY_BE_ABSENT = Set.of(
            "helpline_contacts_requeued_total",
            "helpline_contacts_transferred_out_total",
            "helpline_consults_total",
            "helpline_device_failures_total",
            "helpline_carrier_commands_failed_total",
            "helpline_commands_refused_total",
            "helpline_gateway_refusals_total",
            "helpline_sign_ins_failed_total",
            "helpline_event_loop_blocked_seconds >",
            "helpline_abandon_wait_seconds_bucket",
            "helpline_agents_not_ready");

    @TempDir
    private static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.tcp();
    private final List<Thread> agents = new ArrayList<>();
    private final List<Desktop> desktops = new ArrayList<>();
    private ConfigFolder config;
    private HelplineServer server;
    private PrometheusProcess prometheus;

    @BeforeAll
    void letSomeCallsPass() throws Exception {
        config = ConfigFolder.copy();
        server = HelplineServer.start(
                new HelplineServer.Options(
                        config.path(),
                        Map.of(
                                "HELPLINE_DATA", folder.resolve("data").toString(),
                                "HELPLINE_HTTP_PORT", String.valueOf(port),
                                "HELPLINE_DEMO_PASSWORD", "of the test"),
                        HelplineServer.CarrierKind.SIMULATED,
                        false),
                new PrintWriter(Writer.nullWriter()));
        prometheus = new PrometheusProcess(folder, DOCKER.resolve("prometheus/rules"), port);
        WebSocketClient client = vertx.createWebSocketClient();
        for (int n = 1; n <= 7; n++) {
            Desktop desktop = new Desktop(client, port, "/v1/agent", token("agent" + n)).ready();
            desktops.add(desktop);
            agents.add(Thread.ofVirtual().start(() -> serve(desktop)));
        }
        until("callers were served", SOME_CALLS, () -> found("sum(helpline_handling_seconds_count) >= 2"));
        until("the rules have seen it", () -> found("helpline:aht_seconds:1h > 0"));
    }

    @AfterAll
    void stop() {
        agents.forEach(Thread::interrupt);
        if (prometheus != null) prometheus.close();
        if (server != null) server.stop();
        vertx.close();
        http.close();
        if (config != null) config.delete();
    }

    @Test
    void everyMetricIsAsPrometheusWantsIt() throws Exception {
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var out = promtool.getOutputStream()) {
            out.write(metrics().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(promtool.waitFor(20, TimeUnit.SECONDS));
        assertEquals("", said);
        assertEquals(0, promtool.exitValue());
    }

    @Test
    void prometheusReadsWhatHelplineCounted() {
        assertTrue(found("up{job=\"helpline\"} == 1"));
        for (String counted : List.of("offered", "answered", "handled")) {
            assertTrue(found("sum(helpline_contacts_" + counted + "_total) >= 1"), counted);
        }
        // Who came has gone, or is here.
        assertTrue(found("sum(helpline_contacts_offered_total)"
                + " - sum(helpline_contacts_handled_total) - sum(helpline_contacts_abandoned_total)"
                + " - sum(helpline_contacts_waiting) - sum(helpline_contacts_talking)"
                + " - sum(helpline_contacts_held) == 0"));
    }

    @Test
    void everyRuleWorks() {
        until("each rule was tried", () -> prometheus.rules().stream().noneMatch(this::untried));
        for (JsonObject rule : prometheus.rules()) {
            assertEquals("ok", rule.getString("health"), rule::encode);
        }
        assertTrue(prometheus.rules().size() > 50, "all files were read");
        assertEquals(
                5, prometheus.query("helpline:service_level_helpline:ratio1h").size());
    }

    private boolean untried(JsonObject rule) {
        return "unknown".equals(rule.getString("health"));
    }

    @Test
    void everyPanelShowsSomething() throws IOException {
        int panels = 0;
        for (Path dashboard : dashboards()) {
            JsonObject read = new JsonObject(Files.readString(dashboard));
            for (Object panel : read.getJsonArray("panels")) {
                for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
                    String where = read.getString("title") + " / " + ((JsonObject) panel).getString("title");
                    shows(where, ((JsonObject) target).getString("expr"));
                    panels++;
                }
            }
            for (Object variable : read.getJsonObject("templating").getJsonArray("list")) {
                String series = ((JsonObject) variable)
                        .getJsonObject("query")
                        .getString("query")
                        .replaceAll("label_values\\((.*), (.*)\\)", "count by ($2) ($1)");
                assertTrue(found(series), () -> dashboard + ": " + series);
            }
        }
        assertTrue(panels > 60, "queries: " + panels);
    }

    private void shows(String where, String written) {
        String query = written.replaceAll("\\$(helpline|queue|language|modality)", ".*")
                .replace("$__rate_interval", "1m")
                .replace("$__range", "10m");
        assertTrue(!query.contains("$"), () -> where + ": " + query);
        prometheus.query(query); // a query that Prometheus refuses fails here
        if (MAY_BE_ABSENT.stream().anyMatch(written::contains)) return;
        // A share by row needs a second contact of that row, which comes when it comes.
        until(where + " shows something: " + query, SOME_CALLS, () -> found(query));
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DOCKER.resolve("grafana/dashboards"))) {
            return files.sorted().toList();
        }
    }

    private boolean found(String query) {
        return !prometheus.query(query).isEmpty();
    }

    /// Takes what is offered, until the test ends.
    private static void serve(Desktop desktop) {
        try {
            for (; ; ) {
                JsonObject offer = desktop.await(message -> "offer".equals(message.getString("type")));
                JsonObject answer = desktop.ask("accept-offer", "offerId", offer.getString("offerId"));
                // The caller may have left a moment before.
                if (!"done".equals(answer.getString("type"))) continue;
                JsonObject contact = desktop.await(PrometheusTest::isOver).getJsonObject("contact");
                if ("wrap-up".equals(contact.getString("state"))) desktop.wrapUp(contact.getString("contactId"));
            }
        } catch (AssertionError ended) {
            // The test is over: it interrupts whoever still waits.
        }
    }

    private static boolean isOver(JsonObject message) {
        return "contact".equals(message.getString("type"))
                && Set.of("wrap-up", "ended")
                        .contains(message.getJsonObject("contact").getString("state"));
    }

    private String token(String user) throws IOException, InterruptedException {
        JsonObject body = new JsonObject().put("user", user).put("password", "of the test");
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/login"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.encode()))
                        .build(),
                BodyHandlers.ofString());
        return new JsonObject(answer.body()).getString("token");
    }

    private String metrics() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
