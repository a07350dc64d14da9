package org.helpline.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real redis-server for tests, on a free port of loopback, with its files in a folder that goes with it.
public final class RedisServer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    private RedisServer(Path folder, int port, List<String> command) {
        this.folder = folder;
        this.port = port;
        this.command = command;
    }

    /// As a deployment would have it: every write in the append-only file, which is synced once a second.
    public static RedisServer start(String... options) {
        return start(Map.of(), options);
    }

    /// @param files beside the server's own, by name; FOLDER in their text and in an option stands for the folder
    public static RedisServer start(Map<String, String> files, String... options) {
        try {
            Path folder = Files.createTempDirectory("helpline-redis-test");
            for (var file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue().replace("FOLDER", folder.toString()));
            }
            int port = freePort();
            // What writes beyond a limit is told so, as on a full disk, and not ended by a signal.
            List<String> command =
                    new ArrayList<>(List.of("sh", "-c", "trap '' XFSZ; exec redis-server \"$@\"", "redis"));
            // A configuration file comes first.
            Stream.of(options).filter(option -> option.endsWith(".conf")).forEach(command::add);
            command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
            command.addAll(List.of("--dir", folder.toString(), "--save", "", "--daemonize", "no"));
            if (!Arrays.asList(options).contains("--sentinel")) {
                command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
            }
            Stream.of(options).filter(option -> !option.endsWith(".conf")).forEach(command::add);
            command.replaceAll(word -> word.replace("FOLDER", folder.toString()).replace("PORT", "" + port));
            RedisServer server = new RedisServer(folder, port, command);
            server.launch();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts the process again, over the same files.
    public void launch() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("redis.log").toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            Files.writeString(folder.resolve("redis.pid"), Long.toString(process.pid()));
            // Where ./test finds what a killed test left behind.
            String instances = System.getenv("HELPLINE_TEST_INSTANCES");
            if (instances != null) {
                Files.writeString(
                        Path.of(instances), folder + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            awaitListening();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitListening() throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            if (!process.isAlive()) throw new IllegalStateException("redis-server ended: " + log());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > until) throw notYet;
                Thread.onSpinWait();
            }
        }
    }

    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("redis.log"));
    }

    /// Runs redis-cli, and returns what it printed.
    public String cli(String... arguments) {
        List<String> words = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        words.addAll(List.of(arguments));
        return run(words);
    }

    /// As with `kill -9`.
    public void kill() {
        process.destroyForcibly();
        ended();
    }

    /// Like a machine that hangs: connections stay, nothing is answered.
    public void freeze() {
        run(List.of("kill", "-STOP", Long.toString(process.pid())));
    }

    public void thaw() {
        run(List.of("kill", "-CONT", Long.toString(process.pid())));
    }

    /// The orderly end, with everything written.
    public void stop() {
        process.destroy();
        ended();
    }

    /// No file of the server may grow beyond it: what a full disk does to it.
    public void limitFiles(long bytes) {
        run(List.of("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":"));
    }

    /// Bytes of the largest file that it writes.
    public long largestFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElse(0);
        }
    }

    public void unlimitFiles() {
        run(List.of("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:"));
    }

    private void ended() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) throw new IllegalStateException("redis-server goes on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) throw new IllegalStateException(command.getFirst() + " failed: " + output);
            return output.strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
