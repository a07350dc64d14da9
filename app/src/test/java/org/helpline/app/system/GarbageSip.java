package org.helpline.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// What is not SIP, or hardly.
final class GarbageSip {
    private static final long SEED = 20_261_122;
    private static final int RANDOM_PACKETS = 100;
    private static final int TRUNCATE_EVERY = 11;

    private GarbageSip() {}

    /// Random bytes, a request that breaks off at every so many bytes, and requests with one absurd header.
    static void send(String address, InetSocketAddress asterisk) {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address))) {
            Random random = new Random(SEED);
            for (int i = 0; i < RANDOM_PACKETS; i++) {
                byte[] bytes = new byte[1 + random.nextInt(1400)];
                random.nextBytes(bytes);
                socket.send(new DatagramPacket(bytes, bytes.length, asterisk));
            }
            String whole = invite(address + ":" + socket.getLocalPort());
            // What is left lacks a header that must be there: `CSeq` comes last.
            for (int end = 1; end < whole.indexOf("CSeq"); end += TRUNCATE_EVERY) send(socket, asterisk, whole, end);
            for (String absurd : List.of(
                    whole.replace("CSeq: 1 INVITE", "CSeq: many INVITE"),
                    whole.replace("CSeq: 1 INVITE", "CSeq: 99999999999999 BYE"),
                    whole.replace("Via: SIP/2.0/UDP", "Via: SMTP"),
                    whole.replace("Via:", "Vya:"),
                    whole.replace("To: <", "To: <<<"),
                    whole.replace("SIP/2.0\r\n", "SIP/9.9\r\n"),
                    whole.replace("INVITE sip:", "INVITE mailto:"),
                    whole.replace("INVITE", "x".repeat(5000)))) {
                send(socket, asterisk, absurd, absurd.length());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void send(DatagramSocket socket, InetSocketAddress asterisk, String text, int end)
            throws IOException {
        byte[] bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, asterisk));
    }

    private static String invite(String from) {
        return String.join(
                "\r\n",
                "INVITE sip:18005550100@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/UDP " + from + ";branch=z9hG4bKgarbage",
                "Max-Forwards: 70",
                "From: <sip:12125550999@" + from + ">;tag=garbage",
                "To: <sip:18005550100@127.0.0.1>",
                "Call-ID: garbage@" + from,
                "Contact: <sip:garbage@" + from + ">",
                "Content-Length: 0",
                "CSeq: 1 INVITE",
                "",
                "");
    }

    /// Plays a scenario of sipp and gives its exit code: 0 when the answers were those that it expects.
    static int sipp(String scenario, InetSocketAddress asterisk) {
        try {
            Path log = Files.createTempFile("helpline-sipp", ".log");
            Process sipp = SippCaller.run(asterisk, scenario, log, List.of());
            if (!sipp.waitFor(Patience.USUAL.toSeconds(), TimeUnit.SECONDS)) {
                sipp.destroy();
                throw new AssertionError("sipp does not end: " + SippCaller.text(log));
            }
            if (sipp.exitValue() != 0) System.err.println(SippCaller.text(log));
            return sipp.exitValue();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
