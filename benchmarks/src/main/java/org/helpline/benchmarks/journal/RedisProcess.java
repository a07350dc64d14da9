package org.helpline.benchmarks.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A redis-server as a deployment would have it: every write in the append-only file, synced once a second.
final class RedisProcess implements AutoCloseable {
    private static final long LISTENS_WITHIN_SECONDS = 10;

    private final Process process;
    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RedisProcess start(Path folder) throws IOException {
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder("redis-server", "--bind", "127.0.0.1", "--port", "" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile());
        command.command().addAll(List.of("--dir", folder.toString(), "--save", "", "--daemonize", "no"));
        command.command().addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
        RedisProcess redis;
        try {
            redis = new RedisProcess(command.start(), port);
        } catch (IOException missing) {
            throw new IOException("redis-server does not start; on Debian it is in the package redis-server", missing);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(redis.process::destroyForcibly));
        redis.awaitListening();
        return redis;
    }

    private void awaitListening() throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LISTENS_WITHIN_SECONDS);
        while (process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > until) throw notYet;
                Thread.onSpinWait();
            }
        }
        throw new IOException("redis-server ended at once");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(LISTENS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
