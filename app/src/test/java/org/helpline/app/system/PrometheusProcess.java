package org.helpline.app.system;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real Prometheus on a free port, with the shipped rules, that scrapes one Helpline every second.
final class PrometheusProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port = Ports.tcp();
    private final HttpClient http = HttpClient.newHttpClient();

    /// @param folder for its configuration and data
    PrometheusProcess(Path folder, Path rules, int helplinePort) throws IOException {
        Path configuration = folder.resolve("prometheus.yml");
        log = folder.resolve("prometheus.log");
        Files.writeString(configuration, """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s/*.yml"]
                scrape_configs:
                  - job_name: helpline
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(rules, helplinePort));
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Patience.until("Prometheus is ready", () -> process.isAlive() && status("/-/ready") == 200);
    }

    /// The samples that a query finds now.
    JsonArray query(String expression) {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .getJsonObject("data")
                .getJsonArray("result");
    }

    /// Every rule of every group.
    List<JsonObject> rules() {
        return get("/api/v1/rules").getJsonObject("data").getJsonArray("groups").stream()
                .flatMap(group -> ((JsonObject) group).getJsonArray("rules").stream())
                .map(JsonObject.class::cast)
                .toList();
    }

    private JsonObject get(String path) {
        try {
            var answer = http.send(request(path), BodyHandlers.ofString());
            JsonObject body = new JsonObject(answer.body());
            if (!"success".equals(body.getString("status"))) {
                throw new AssertionError(path + ": " + body.getString("error"));
            }
            return body;
        } catch (IOException failure) {
            throw new AssertionError("Prometheus is gone: " + told(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private int status(String path) {
        try {
            return http.send(request(path), BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    private String told() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        http.close();
    }
}
