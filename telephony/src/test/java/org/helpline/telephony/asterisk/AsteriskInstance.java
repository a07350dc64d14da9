package org.helpline.telephony.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.helpline.telephony.asterisk.watch.WatchSettings;

/// A real Asterisk for tests, on free ports, with the configuration of `docker/asterisk`; unpacked when
/// needed.
public final class AsteriskInstance implements AutoCloseable {
    private static final int RTP_PORTS = 400;

    private final Path root;
    private final Path folder;
    private final List<String> start;
    private final Map<String, String> environment;

    private AsteriskInstance(Path root, Path folder, List<String> start, Map<String, String> environment) {
        this.root = root;
        this.folder = folder;
        this.start = start;
        this.environment = environment;
    }

    /// @param prompts folder that Asterisk knows as `helpline` sounds
    /// @param more further arguments of `scripts/asterisk/start.sh`
    public static AsteriskInstance start(Path prompts, String... more) {
        Path root = Path.of(System.getProperty("helpline.root")).toAbsolutePath();
        try {
            Path folder = Files.createTempDirectory("helpline-asterisk");
            String unpacked = System.getProperty(
                    "helpline.asterisk", root.resolve(".helpline/asterisk").toString());
            run(root, List.of("scripts/asterisk/install.sh", "--quiet", unpacked));
            int rtp = 20_000 + 2 * ThreadLocalRandom.current().nextInt(6000);
            List<String> command = new ArrayList<>(List.of("scripts/asterisk/start.sh", "--quiet"));
            command.addAll(List.of("--dir", folder.toString(), "--asterisk", unpacked));
            command.addAll(List.of("--sip", Integer.toString(freeSipPort())));
            command.addAll(List.of("--http", Integer.toString(freeTcpPort())));
            command.addAll(List.of("--ami", Integer.toString(freeTcpPort())));
            command.addAll(List.of("--rtp", rtp + "-" + (rtp + RTP_PORTS - 1)));
            command.addAll(List.of("--prompts", prompts.toString()));
            command.addAll(List.of(more));
            run(root, command);
            Map<String, String> environment = Files.readAllLines(folder.resolve("asterisk.env")).stream()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return new AsteriskInstance(root, folder, command, environment);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public AsteriskSettings settings() {
        return AsteriskSettings.of(
                URI.create(environment.get("HELPLINE_ASTERISK_URL")),
                environment.get("HELPLINE_ASTERISK_USER"),
                environment.get("HELPLINE_ASTERISK_PASSWORD"));
    }

    /// How to watch it.
    public WatchSettings watchSettings() {
        return WatchSettings.of(
                URI.create(environment.get("HELPLINE_ASTERISK_AMI_URL")),
                environment.get("HELPLINE_ASTERISK_AMI_USER"),
                environment.get("HELPLINE_ASTERISK_AMI_PASSWORD"));
    }

    /// Where it takes SIP.
    public InetSocketAddress sip() {
        String[] parts = environment.get("HELPLINE_ASTERISK_SIP").split(":", 2);
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    public Path folder() {
        return folder;
    }

    /// The variables that Helpline itself would read.
    public Map<String, String> environment() {
        return environment;
    }

    /// One command of its console.
    public String cli(String command) {
        return run(root, List.of(folder.resolve("cli").toString(), command));
    }

    /// Ends it and starts it anew, at the same addresses and with the same accounts.
    public void restart() {
        run(root, List.of("scripts/asterisk/stop.sh", "--quiet", folder.toString()));
        run(root, start);
    }

    /// `kill -9`: nobody is told anything; returns when the process is gone.
    public void kill() {
        try {
            long pid = Long.parseLong(
                    Files.readString(folder.resolve("asterisk.pid")).strip());
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// After [#kill], at the same addresses and with the same accounts.
    public void startAgain() {
        run(root, start);
    }

    public boolean hasChannels() {
        return !cli("core show channels count").contains("0 active channels");
    }

    @Override
    public void close() {
        run(root, List.of("scripts/asterisk/stop.sh", "--quiet", folder.toString()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String run(Path directory, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.getFirst() + " failed: " + output);
            }
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// SIP wants the same port for UDP and TCP.
    private static int freeSipPort() throws IOException {
        while (true) {
            int port = freeTcpPort();
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Try another one.
            }
        }
    }
}
