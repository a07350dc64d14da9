package org.helpline.benchmarks.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Wallboards in a process of their own, so that their reading is not in Helpline's figures, except for the
/// processor that they share.
final class Wallboards implements AutoCloseable {
    private static final long CONNECT_SECONDS = 60;

    private final Process process;
    private final BufferedReader told;
    private final int count;

    private Wallboards(Process process, int count) {
        this.process = process;
        this.count = count;
        this.told = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Connects them, and returns when each has had its first figures.
    static Wallboards open(int port, String token, int count) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Wallboards.class.getName(),
                Integer.toString(port),
                Integer.toString(count));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        // Arguments can be seen by everybody on the machine.
        builder.environment().put("WALLBOARD_TOKEN", token);
        Wallboards wallboards = new Wallboards(builder.start(), count);
        try {
            wallboards.answer();
            return wallboards;
        } catch (IOException failure) {
            wallboards.close();
            throw failure;
        }
    }

    /// Messages that all of them together have had so far. Fails when one of them is connected no more.
    long received() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return answer();
    }

    private long answer() throws IOException {
        String line = told.readLine();
        if (line == null) throw new IOException("the wallboards have ended");
        String[] words = line.split(" ", 2);
        if (Integer.parseInt(words[0]) != count) {
            throw new IOException("of " + count + " wallboards " + words[0] + " are connected");
        }
        return Long.parseLong(words[1]);
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
    }

    /// The process: connects, and answers each line with how many are connected and what they have had.
    public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
        int port = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Vertx vertx = Vertx.vertx();
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(count).setMaxMessageSize(4_194_304));
        AtomicInteger connected = new AtomicInteger();
        AtomicLong received = new AtomicLong();
        CountDownLatch first = new CountDownLatch(count);
        List<ClientWebSocket> sockets = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            ClientWebSocket socket = client.webSocket();
            sockets.add(socket);
            AtomicInteger own = new AtomicInteger();
            socket.textMessageHandler(_ -> {
                received.incrementAndGet();
                if (own.incrementAndGet() == 1) first.countDown();
            });
            socket.closeHandler(_ -> connected.decrementAndGet());
            var _ = socket.connect(new WebSocketConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setURI("/v1/live")
                            .addSubProtocol("helpline.v1")
                            .addHeader("Authorization", "Bearer " + System.getenv("WALLBOARD_TOKEN")))
                    .await(CONNECT_SECONDS, TimeUnit.SECONDS);
            connected.incrementAndGet();
        }
        if (!first.await(CONNECT_SECONDS, TimeUnit.SECONDS)) throw new TimeoutException("no figures came");
        var asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        do {
            System.out.println(connected.get() + " " + received.get());
            System.out.flush();
        } while (asked.readLine() != null);
        sockets.forEach(ClientWebSocket::close);
        vertx.close();
    }
}
