package org.helpline.benchmarks.calls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A SIP message as it came in; only what a load of short calls needs to know of it.
record SipText(String startLine, List<String> headers, String body) {

    static Optional<SipText> parse(ByteBuffer data) {
        String text = StandardCharsets.UTF_8.decode(data).toString();
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) return Optional.empty();
        List<String> lines = List.of(text.substring(0, end).split("\r\n", -1));
        return Optional.of(new SipText(lines.getFirst(), lines.subList(1, lines.size()), text.substring(end + 4)));
    }

    /// Empty for a response.
    Optional<String> method() {
        return isResponse() ? Optional.empty() : Optional.of(startLine.substring(0, startLine.indexOf(' ')));
    }

    boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    int status() {
        return Integer.parseInt(startLine.substring(8, 11));
    }

    Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    String need(String name) {
        return header(name).orElseThrow(() -> new IllegalStateException("no " + name + " in " + startLine));
    }

    List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (String line : headers) {
            if (line.length() > name.length()
                    && line.charAt(name.length()) == ':'
                    && line.regionMatches(true, 0, name, 0, name.length())) {
                values.add(line.substring(name.length() + 1).strip());
            }
        }
        return values;
    }

    String cseqMethod() {
        String cseq = need("CSeq");
        return cseq.substring(cseq.indexOf(' ') + 1).strip();
    }

    /// The address in a `Contact`, `From` or `To`.
    static String uri(String header) {
        int open = header.indexOf('<');
        return open < 0 ? header.split(";", 2)[0] : header.substring(open + 1, header.indexOf('>', open));
    }

    /// The user part of an address.
    static String user(String uri) {
        int colon = uri.indexOf(':');
        int at = uri.indexOf('@');
        return at < 0 ? "" : uri.substring(colon + 1, at);
    }

    /// An answer to this request. What must be repeated from the request is.
    String reply(String status, String toTag, String contact, String sdp) {
        StringBuilder text = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        all("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        String to = need("To");
        text.append("From: ").append(need("From")).append("\r\nTo: ").append(to);
        if (!to.contains(";tag=")) text.append(";tag=").append(toTag);
        text.append("\r\nCall-ID: ")
                .append(need("Call-ID"))
                .append("\r\nCSeq: ")
                .append(need("CSeq"));
        return finish(text.append("\r\n"), contact, sdp);
    }

    /// Ends a message: where we are reached, and what we offer, if anything.
    static String finish(StringBuilder text, String contact, String sdp) {
        text.append("Contact: <").append(contact).append(">\r\n");
        if (!sdp.isEmpty()) text.append("Content-Type: application/sdp\r\n");
        return text.append("Content-Length: ")
                .append(sdp.length())
                .append("\r\n\r\n")
                .append(sdp)
                .toString();
    }
}
