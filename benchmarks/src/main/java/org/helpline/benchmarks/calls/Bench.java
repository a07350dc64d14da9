package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.helpline.benchmarks.Settings;

/// Everything that a measurement of calls needs, running; and stopped again, whatever happens.
final class Bench implements AutoCloseable {
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Thread interrupted = Thread.ofPlatform().unstarted(this::stop);
    private final Settings settings;
    private AsteriskSwitch asterisk;
    private HelplineProcess helpline;
    private SipLoad sip;
    private Desks desks;

    private Bench(Settings settings) {
        this.settings = settings;
    }

    static Bench start(Settings settings, int agents) throws IOException, InterruptedException {
        Bench bench = new Bench(settings);
        Runtime.getRuntime().addShutdownHook(bench.interrupted);
        try {
            bench.startAll(agents);
            return bench;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            bench.close();
            throw failure;
        }
    }

    private void startAll(int agents) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("helpline-bench");
        started(() -> delete(folder));
        int phonePort = Commands.freeSipPort();
        BenchSite site = new BenchSite(folder, agents, phonePort);
        site.write();
        settings.say("calls: starting Asterisk and Helpline, " + agents + " agents");
        asterisk = started(AsteriskSwitch.start(
                settings.root(), folder.resolve("ast"), site.site(), site.data().resolve("prompts")));
        helpline = started(HelplineProcess.start(settings.root(), site, asterisk.environment(), log()));
        sip = started(new SipLoad(asterisk.sip(), agents, phonePort));
        desks = started(new Desks(helpline.port()));
        desks.open(agents);
    }

    /// What Helpline said during the measurement.
    Path log() throws IOException {
        return Files.createDirectories(settings.root().resolve(".helpline")).resolve("bench.log");
    }

    AsteriskSwitch asterisk() {
        return asterisk;
    }

    HelplineProcess helpline() {
        return helpline;
    }

    SipLoad sip() {
        return sip;
    }

    Desks desks() {
        return desks;
    }

    private synchronized <T extends AutoCloseable> T started(T part) {
        running.push(part);
        return part;
    }

    /// In the opposite order of the start. A part that cannot be stopped does not keep the others running.
    private synchronized void stop() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception failure) {
                settings.say("could not stop everything: " + failure);
            }
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException ending) {
            // The machine is shutting down, and the hook finds nothing left to stop.
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.walk(folder)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) Files.deleteIfExists(path);
    }
}
