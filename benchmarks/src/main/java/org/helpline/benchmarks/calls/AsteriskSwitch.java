package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The Asterisk that carries the calls of both sides: a development instance with an app_queue laid over it.
final class AsteriskSwitch implements AutoCloseable {
    private static final int RTP_PORTS = 6_000;

    private final Path root;
    private final Path folder;
    private final Map<String, String> environment;

    private AsteriskSwitch(Path root, Path folder, Map<String, String> environment) {
        this.root = root;
        this.folder = folder;
        this.environment = environment;
    }

    /// @param site configuration laid over the shipped one
    /// @param prompts folder that it knows as `helpline` sounds
    static AsteriskSwitch start(Path root, Path folder, Path site, Path prompts)
            throws IOException, InterruptedException {
        int rtp = 20_000 + 2 * ThreadLocalRandom.current().nextInt(3_000);
        Commands.run(
                root,
                List.of(
                        "scripts/asterisk/start.sh", "--quiet",
                        "--dir", folder.toString(),
                        "--sip", Integer.toString(Commands.freeSipPort()),
                        "--http", Integer.toString(Commands.freeTcpPort()),
                        "--rtp", rtp + "-" + (rtp + RTP_PORTS - 1),
                        "--prompts", prompts.toString(),
                        "--site", site.toString()));
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("asterisk.env"))) {
            String[] pair = line.split("=", 2);
            environment.put(pair[0], pair[1]);
        }
        return new AsteriskSwitch(root, folder, environment);
    }

    long pid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("asterisk.pid")).strip());
    }

    String cli(String command) throws IOException, InterruptedException {
        return Commands.run(root, List.of(folder.resolve("cli").toString(), command));
    }

    /// Where it takes SIP.
    InetSocketAddress sip() {
        String[] parts = environment.get("HELPLINE_ASTERISK_SIP").split(":", 2);
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    /// What Helpline needs to reach it.
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    @Override
    public void close() throws IOException {
        try {
            Commands.run(root, List.of("scripts/asterisk/stop.sh", "--quiet", folder.toString()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
