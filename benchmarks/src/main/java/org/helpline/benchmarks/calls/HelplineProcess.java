package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.helpline.app.Main;

/// Helpline in a process of its own, started as `./run` starts it.
final class HelplineProcess implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(45);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final int STOP_SECONDS = 15;

    private final Process process;
    private final int port;

    private HelplineProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static HelplineProcess start(Path root, BenchSite site, Map<String, String> asterisk, Path log)
            throws IOException, InterruptedException {
        int port = Commands.freeTcpPort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dhelpline.root=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run"));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HELPLINE_"));
        environment.putAll(new HashMap<>(asterisk));
        environment.put("HELPLINE_CONFIG", site.config().toString());
        environment.put("HELPLINE_DATA", site.data().toString());
        environment.put("HELPLINE_HTTP_PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        HelplineProcess helpline = new HelplineProcess(builder.start(), port);
        try {
            helpline.awaitReady(log);
            return helpline;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            helpline.close();
            throw failure;
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            while (System.nanoTime() - deadline < 0) {
                if (!process.isAlive()) throw new IOException("Helpline ended while starting; see " + log);
                try {
                    if (client.send(ready, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) return;
                } catch (IOException notYet) {
                    // It does not listen yet.
                }
                Thread.sleep(ASK_EVERY);
            }
        }
        throw new IOException("Helpline was not ready within " + START_WITHIN.toSeconds() + " s; see " + log);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
