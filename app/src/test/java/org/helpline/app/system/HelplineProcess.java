package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Helpline in a process of its own, as `./helpline run` starts it: it can be killed at any moment and started again
/// with what it left behind in its data folder.
public final class HelplineProcess implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    private final Path config;
    private final Map<String, String> environment;
    private final Path log;
    private final HttpClient http;
    private Process process;

    /// @param environment all of Helpline's variables
    /// @param log what it prints, of every start, one behind the other
    public HelplineProcess(Path config, Map<String, String> environment, Path log) {
        this.config = config;
        this.environment = new TreeMap<>(environment);
        this.log = log;
        this.http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    }

    /// Starts it, and returns when it serves.
    public HelplineProcess start() {
        launch();
        until("Helpline serves in a process of its own", START_WITHIN, () -> {
            if (!process.isAlive()) throw new AssertionError("Helpline ended: " + told());
            return serves();
        });
        return this;
    }

    /// Starts it without waiting.
    public void launch() {
        if (running()) throw new IllegalStateException("it runs already");
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("HELPLINE_"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As in `scripts/build.sh`, with the classes of this test run.
    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dhelpline.root=" + SharedAsterisk.root(),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "org.helpline.app.Main",
                "run",
                "--config",
                config.toString());
    }

    /// `kill -9`; returns when the process is gone.
    public void kill() {
        ended(process.destroyForcibly());
    }

    /// Like a machine that stands still: it lives, and does nothing.
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (ended(kill) != 0) throw new AssertionError("could not send " + name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Asks it to stop (`TERM`) and gives its exit code.
    public int stop() {
        process.destroy();
        return ended(process);
    }

    /// Waits for the end of a process that ends by itself, and gives its exit code.
    public int ends() {
        return ended(process);
    }

    private static int ended(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    public boolean running() {
        return process != null && process.isAlive();
    }

    /// Whether it is ready: HTTP answers and the carrier is connected.
    public boolean serves() {
        URI ready = URI.create("http://127.0.0.1:" + environment.get("HELPLINE_HTTP_PORT") + "/health/ready");
        try {
            return http.send(
                                    HttpRequest.newBuilder(ready)
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Everything printed so far, of every start.
    public String told() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        if (running()) kill();
        http.close();
    }
}
