package org.helpline.records.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A real PostgreSQL for tests, on a free port, thrown away at the end.
public final class PrivatePostgres implements AutoCloseable {
    private final Path root;
    private final Path folder;
    private final String url;

    private PrivatePostgres(Path root, Path folder, String url) {
        this.root = root;
        this.folder = folder;
        this.url = url;
    }

    public static PrivatePostgres start() {
        Path root = Path.of(System.getProperty("helpline.root")).toAbsolutePath();
        try {
            Path folder = Files.createTempDirectory("helpline-postgres-test");
            int port = freePort();
            run(root, "start.sh", "--throw-away", "--dir", folder.toString(), "--port", Integer.toString(port));
            String line = Files.readString(folder.resolve("postgres.env")).strip();
            return new PrivatePostgres(root, folder, line.substring(line.indexOf('=') + 1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As in HELPLINE_DATABASE_URL.
    public String url() {
        return url;
    }

    public DatabaseAddress.PostgreSql address() {
        URI uri = URI.create(url);
        String[] who = uri.getUserInfo().split(":", 2);
        return new DatabaseAddress.PostgreSql(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
                Optional.of(who[0]),
                Optional.of(who[1]));
    }

    @Override
    public void close() {
        run(root, "stop.sh", folder.toString());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path root, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("scripts/postgres/" + script, "--quiet"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) throw new IllegalStateException(script + " failed: " + output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
