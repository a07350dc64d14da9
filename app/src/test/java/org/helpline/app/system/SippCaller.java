package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.helpline.telephony.sip.RtpPeer;

/// A caller whose signalling is sipp's, which shares no code with ours; its voice is a peer that tells tones
/// apart.
final class SippCaller implements AutoCloseable {
    private static final String ADDRESS = "127.0.1.7";

    private final RtpPeer media;
    private final Process sipp;
    private final Path log;

    private SippCaller(RtpPeer media, Process sipp, Path log) {
        this.media = media;
        this.sipp = sipp;
        this.log = log;
    }

    /// @param byInfo sipp presses 2 and 1 by SIP INFO; otherwise it presses nothing and offers RFC 4733
    static SippCaller calls(InetSocketAddress asterisk, String number, boolean byInfo) {
        try {
            RtpPeer media = new RtpPeer(InetAddress.getByName(ADDRESS));
            media.answerToSender();
            media.tone(Caller.HZ);
            Path log = Files.createTempFile("helpline-sipp", ".log");
            Process sipp = run(
                    asterisk,
                    byInfo ? "caller_info.xml" : "caller_rfc4733.xml",
                    log,
                    List.of("-key", "number", number, "-key", "rtp_port", Integer.toString(media.port())));
            return new SippCaller(media, sipp, log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts sipp for one call from a free port of a carrier's address.
    static Process run(InetSocketAddress asterisk, String scenario, Path log, List<String> more) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sipp", "-sf", file(scenario).toString(), "-m", "1", "-nostdin"));
        command.addAll(List.of("-i", ADDRESS, "-p", Integer.toString(Ports.udp()), "-s", "18005550100"));
        command.addAll(List.of("-timeout", "90", "-timeout_error"));
        command.addAll(more);
        command.add(asterisk.getAddress().getHostAddress() + ":" + asterisk.getPort());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Path file(String scenario) {
        try {
            return Path.of(SippCaller.class.getResource("/sipp/" + scenario).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    RtpPeer media() {
        return media;
    }

    void presses(String keys) {
        until("the caller hears a prompt", () -> media.hearsAnythingWithin(Duration.ofMillis(500)));
        keys.chars().forEach(key -> media.press((char) key));
    }

    /// The call went as the scenario says, and ended with the BYE that it waits for.
    void endsWithBye() {
        until("sipp is done", () -> !sipp.isAlive());
        if (sipp.exitValue() != 0) throw new AssertionError("sipp: " + text(log));
    }

    static String text(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        sipp.destroy();
        media.close();
        log.toFile().delete();
    }
}
