package org.helpline.telephony.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A SIP request or response: its first line, its headers in order, its body.
public record SipMessage(String startLine, List<Header> headers, String body) {

    public record Header(String name, String value) {}

    public SipMessage {
        headers = List.copyOf(headers);
    }

    static Optional<SipMessage> parse(byte[] data, int length) {
        String text = new String(data, 0, length, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(new Header(
                        lines[i].substring(0, colon).trim(),
                        lines[i].substring(colon + 1).trim()));
            }
        }
        return Optional.of(new SipMessage(lines[0], headers, text.substring(end + 4)));
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        text.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    int status() {
        return Integer.parseInt(startLine.split(" ", 3)[1]);
    }

    String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    String need(String name) {
        return header(name).orElseThrow(() -> new IllegalStateException("no " + name + " in " + startLine));
    }

    List<Header> all(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .toList();
    }

    /// Number and method of `CSeq`.
    String cseqMethod() {
        return need("CSeq").split(" ", 2)[1].trim();
    }
}
