package org.helpline.simulation.kill;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.awaitility.Awaitility;
import org.helpline.app.system.ConfigFolder;
import org.helpline.app.system.HelplineProcess;
import org.helpline.store.redis.RedisServer;
import org.helpline.telephony.asterisk.AsteriskInstance;

/// A real Asterisk and a Helpline that can be killed beside it, both with folders and ports of their own.
final class KillWorld implements AutoCloseable {
    private static final String PASSWORD = "kill-tests-only";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    private final Path data;
    private final Path prompts;
    private final ConfigFolder config;
    private final AsteriskInstance asterisk;
    private final HelplineProcess helpline;
    private final Optional<RedisServer> redis;
    private final int devicePort;
    private final int httpPort;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /// Where the journal is.
    enum Store {
        EMBEDDED,
        REDIS
    }

    KillWorld(Store store) throws IOException {
        data = Files.createTempDirectory("helpline-kill");
        prompts = Files.createDirectories(data.resolve("prompts"));
        Path site = Files.createTempDirectory("helpline-kill-site");
        // Music that an ear tells from all else, and without a pause of its own.
        Path music = Files.createDirectories(data.resolve("music"));
        tone(music.resolve("tone.wav"), Voices.MUSIC_HZ, 120);
        Files.writeString(site.resolve("musiconhold.conf"), "[default]\nmode=files\ndirectory=" + music + "\n");
        asterisk = AsteriskInstance.start(prompts, "--site", site.toString());
        devicePort = udpPort();
        httpPort = tcpPort();
        config = ConfigFolder.copy()
                .change("helpline.yaml", ":5080", ":" + devicePort)
                .change("agents.yaml", ":5080", ":" + devicePort)
                .change("helplines/social-services.yaml", "offer-timeout: 20 s", "offer-timeout: 8 s");
        redis = store == Store.REDIS ? Optional.of(RedisServer.start()) : Optional.empty();
        helpline = new HelplineProcess(config.path(), environment(), data.resolve("helpline.log"));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        redis.ifPresent(server -> environment.put("HELPLINE_REDIS_URL", server.url()));
        for (String name : new String[] {"URL", "USER", "PASSWORD"}) {
            environment.put("HELPLINE_ASTERISK_" + name, asterisk.environment().get("HELPLINE_ASTERISK_" + name));
        }
        environment.put("HELPLINE_DATA", data.toString());
        environment.put("HELPLINE_HTTP_PORT", Integer.toString(httpPort));
        environment.put("HELPLINE_DEMO_PASSWORD", PASSWORD);
        environment.put("HELPLINE_JWT_KEY", "a key for the tokens of kill tests");
        return environment;
    }

    private static void tone(Path file, double hz, int seconds) throws IOException {
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        byte[] bytes = new byte[2 * 8000 * seconds];
        for (int i = 0; i < bytes.length / 2; i++) {
            int sample = (int) (6000 * Math.sin(2 * Math.PI * hz * i / 8000));
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, bytes.length / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    private static int tcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int udpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    HelplineProcess helpline() {
        return helpline;
    }

    AsteriskInstance asterisk() {
        return asterisk;
    }

    Path data() {
        return data;
    }

    int httpPort() {
        return httpPort;
    }

    int devicePort() {
        return devicePort;
    }

    String token(String user) throws IOException {
        JsonObject login = new JsonObject().put("user", user).put("password", PASSWORD);
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/v1/login"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(login.encode()))
                        .build());
        if (answer.statusCode() != 200) throw new IOException("sign-in of " + user + ": " + answer.body());
        return new JsonObject(answer.body()).getString("token");
    }

    /// Starts Helpline, and waits until it serves.
    ///
    /// @return when it surely did not yet, and when it surely did
    Start start() {
        helpline.launch();
        Instant[] asked = {Recorder.now(), Recorder.now()};
        Awaitility.await()
                .atMost(START_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!helpline.running()) throw new AssertionError("Helpline ended: " + helpline.told());
                    asked[0] = asked[1];
                    asked[1] = Recorder.now();
                    return helpline.serves();
                });
        return new Start(asked[0], Recorder.now());
    }

    record Start(Instant notBefore, Instant by) {}

    /// Asterisk ends a leg, takes its music away: for tests of who looks on. Never for what is looked at.
    void tellAsterisk(String method, String path) throws IOException {
        String account = asterisk.environment().get("HELPLINE_ASTERISK_USER") + ":"
                + asterisk.environment().get("HELPLINE_ASTERISK_PASSWORD");
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create(asterisk.environment().get("HELPLINE_ASTERISK_URL") + "/ari" + path))
                .timeout(Duration.ofSeconds(5))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)))
                .build());
        if (answer.statusCode() / 100 != 2) throw new IOException(method + " " + path + ": " + answer.body());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        helpline.close();
        asterisk.close();
        redis.ifPresent(RedisServer::close);
        config.delete();
        http.close();
    }
}
