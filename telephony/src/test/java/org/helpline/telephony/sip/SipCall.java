package org.helpline.telephony.sip;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One call of a [SipPeer], with its media.
public final class SipCall {
    private final SipPeer peer;
    private final RtpPeer media;
    private final String callId;
    private final String localTag = token();
    private final boolean outgoing;
    private final boolean telephoneEvents;
    private final String local;
    private final SipMessage invite;
    private final String inviteBranch = "z9hG4bK" + token();
    private final long startedNanos = System.nanoTime();
    private final Instant startedAt = Instant.now();
    private String remote;
    private String remoteTarget;
    private InetSocketAddress remoteAddress;
    private int cseq = 1;
    private State state = State.CALLING;
    private int status;
    private Optional<SipMessage> lastReply = Optional.empty();
    private Instant upAt;
    private Instant overAt;
    private boolean endedByFarEnd;

    public enum State {
        CALLING,
        RINGING,
        UP,
        OVER
    }

    private SipCall(
            SipPeer peer,
            String callId,
            boolean outgoing,
            boolean telephoneEvents,
            String local,
            String remote,
            String remoteTarget,
            InetSocketAddress remoteAddress,
            Optional<SipMessage> invite) {
        this.peer = peer;
        this.media = new RtpPeer(peer.inetAddress());
        this.callId = callId;
        this.outgoing = outgoing;
        this.telephoneEvents = telephoneEvents;
        this.local = local + ";tag=" + localTag;
        this.remote = remote;
        this.remoteTarget = remoteTarget;
        this.remoteAddress = remoteAddress;
        this.invite = invite.orElseGet(this::ownInvite);
    }

    static SipCall outgoing(
            SipPeer peer, InetSocketAddress server, String called, Optional<String> from, boolean telephoneEvents) {
        String target = "sip:" + called + "@" + server.getAddress().getHostAddress() + ":" + server.getPort();
        String local = from.map(number -> "<sip:" + number + "@" + peer.address() + ">")
                .orElse("\"Anonymous\" <sip:anonymous@anonymous.invalid>");
        return new SipCall(
                peer,
                token() + "@" + peer.address(),
                true,
                telephoneEvents,
                local,
                "<" + target + ">",
                target,
                server,
                Optional.empty());
    }

    static SipCall incoming(SipPeer peer, SipMessage invite, InetSocketAddress from) {
        SipCall call = new SipCall(
                peer,
                invite.need("Call-ID"),
                false,
                true,
                invite.need("To"),
                invite.need("From"),
                uri(invite.need("Contact")),
                from,
                Optional.of(invite));
        call.mediaTo(invite.body());
        return call;
    }

    private static String token() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    private static String uri(String header) {
        int open = header.indexOf('<');
        return open < 0 ? header.split(";", 2)[0] : header.substring(open + 1, header.indexOf('>'));
    }

    public String callId() {
        return callId;
    }

    public RtpPeer media() {
        return media;
    }

    /// The INVITE that began the call.
    public SipMessage invite() {
        return invite;
    }

    void start() {
        peer.send(remoteAddress, invite);
    }

    public long startedNanos() {
        return startedNanos;
    }

    /// When the INVITE was made, or came.
    public Instant startedAt() {
        return startedAt;
    }

    /// When the answer came, or was sent.
    public synchronized Optional<Instant> upAt() {
        return Optional.ofNullable(upAt);
    }

    /// When the message that ended it came, or was sent.
    public synchronized Optional<Instant> overAt() {
        return Optional.ofNullable(overAt);
    }

    /// Whether its end came from over there; false while it has none.
    public synchronized boolean endedByFarEnd() {
        return endedByFarEnd;
    }

    public synchronized State state() {
        return state;
    }

    public boolean up() {
        return state() == State.UP;
    }

    public boolean over() {
        return state() == State.OVER;
    }

    /// Final status of the INVITE; 0 while there is none.
    public synchronized int status() {
        return status;
    }

    // What a caller does

    private SipMessage ownInvite() {
        List<SipMessage.Header> headers = headers("INVITE", inviteBranch);
        headers.add(new SipMessage.Header("Contact", "<sip:peer@" + peer.address() + ">"));
        if (local.contains("anonymous.invalid")) {
            headers.add(new SipMessage.Header("Privacy", "id"));
            headers.add(new SipMessage.Header("P-Asserted-Identity", "<sip:12125559999@" + peer.address() + ">"));
        }
        headers.add(new SipMessage.Header("Content-Type", "application/sdp"));
        return new SipMessage("INVITE " + remoteTarget + " SIP/2.0", headers, sdp());
    }

    private List<SipMessage.Header> headers(String method, String branch) {
        List<SipMessage.Header> headers = new ArrayList<>();
        headers.add(new SipMessage.Header("Via", "SIP/2.0/UDP " + peer.address() + ";branch=" + branch));
        headers.add(new SipMessage.Header("Max-Forwards", "70"));
        headers.add(new SipMessage.Header("From", local));
        headers.add(new SipMessage.Header("To", remote));
        headers.add(new SipMessage.Header("Call-ID", callId));
        headers.add(new SipMessage.Header("CSeq", cseq + " " + method));
        return headers;
    }

    private String sdp() {
        String address = peer.inetAddress().getHostAddress();
        String events = telephoneEvents ? " 101" : "";
        return String.join(
                        "\r\n",
                        "v=0",
                        "o=- 1 1 IN IP4 " + address,
                        "s=-",
                        "c=IN IP4 " + address,
                        "t=0 0",
                        "m=audio " + media.port() + " RTP/AVP 0" + events,
                        "a=rtpmap:0 PCMU/8000",
                        telephoneEvents ? "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16" : "a=ptime:20",
                        "a=sendrecv")
                + "\r\n";
    }

    /// Presses a key by SIP INFO.
    public void info(char key) {
        inDialog("INFO", "application/dtmf-relay", "Signal=" + key + "\r\nDuration=160\r\n");
    }

    /// Ends the call, whatever state it is in.
    public synchronized void hangUp() {
        over(false);
        switch (state) {
            case UP -> inDialog("BYE", "", "");
            case CALLING, RINGING -> {
                if (outgoing) {
                    List<SipMessage.Header> headers = headers("CANCEL", inviteBranch);
                    peer.send(remoteAddress, new SipMessage("CANCEL " + remoteTarget + " SIP/2.0", headers, ""));
                } else {
                    refuse(480, "Temporarily Unavailable");
                }
            }
            case OVER -> {}
        }
        finish();
    }

    private synchronized void inDialog(String method, String contentType, String body) {
        cseq++;
        List<SipMessage.Header> headers = headers(method, "z9hG4bK" + token());
        if (!body.isEmpty()) {
            headers.add(new SipMessage.Header("Content-Type", contentType));
        }
        peer.send(remoteAddress, new SipMessage(method + " " + remoteTarget + " SIP/2.0", headers, body));
    }

    // What a called telephone does

    public synchronized void ring() {
        if (state == State.CALLING) {
            state = State.RINGING;
            peer.send(remoteAddress, SipPeer.reply(invite, "180 Ringing", localTag));
        }
    }

    public synchronized void answer() {
        if (state == State.CALLING || state == State.RINGING) {
            state = State.UP;
            upAt = Instant.now();
            status = 200;
            replyWithMedia(invite);
        }
    }

    public synchronized void refuse(int code, String reason) {
        if (state == State.CALLING || state == State.RINGING) {
            status = code;
            finalReply(SipPeer.reply(invite, code + " " + reason, localTag));
            finish();
        }
    }

    private void replyWithMedia(SipMessage request) {
        SipMessage reply = SipPeer.reply(request, "200 OK", localTag);
        List<SipMessage.Header> headers = new ArrayList<>(reply.headers());
        headers.add(new SipMessage.Header("Contact", "<sip:peer@" + peer.address() + ">"));
        headers.add(new SipMessage.Header("Content-Type", "application/sdp"));
        finalReply(new SipMessage(reply.startLine(), headers, sdp()));
    }

    private void finalReply(SipMessage reply) {
        lastReply = Optional.of(reply);
        peer.send(remoteAddress, reply);
    }

    // What comes from the far end

    synchronized void response(SipMessage response) {
        if (!response.cseqMethod().equals("INVITE") || !outgoing || response.status() < 180) {
            return;
        }
        if (response.status() < 200) {
            if (state == State.CALLING) {
                state = State.RINGING;
            }
            return;
        }
        boolean answered = response.status() < 300;
        remote = response.need("To");
        if (answered) {
            remoteTarget = uri(response.need("Contact"));
        }
        acknowledge(answered);
        if (answered && state == State.OVER && status == 0) {
            // It was answered while our CANCEL was on its way.
            inDialog("BYE", "", "");
        } else if (answered && state != State.UP && state != State.OVER) {
            state = State.UP;
            upAt = Instant.now();
            mediaTo(response.body());
        } else if (!answered) {
            over(true);
            finish();
        }
        status = response.status();
    }

    /// The ACK of a refusal belongs to the INVITE's own transaction, that of an answer does not.
    private void acknowledge(boolean answered) {
        int current = cseq;
        cseq = 1;
        List<SipMessage.Header> headers = headers("ACK", answered ? "z9hG4bK" + token() : inviteBranch);
        cseq = current;
        peer.send(remoteAddress, new SipMessage("ACK " + remoteTarget + " SIP/2.0", headers, ""));
    }

    synchronized void request(SipMessage request, InetSocketAddress from) {
        remoteAddress = from;
        switch (request.method()) {
            case "ACK" -> {}
            case "INVITE" -> {
                if (!outgoing && request.need("CSeq").equals(invite.need("CSeq"))) {
                    lastReply.ifPresent(reply -> peer.send(from, reply));
                } else {
                    mediaTo(request.body());
                    replyWithMedia(request);
                }
            }
            case "UPDATE" -> replyWithMedia(request);
            case "BYE" -> {
                over(true);
                peer.send(from, SipPeer.reply(request, "200 OK", localTag));
                finish();
            }
            case "CANCEL" -> {
                over(true);
                peer.send(from, SipPeer.reply(request, "200 OK", localTag));
                refuse(487, "Request Terminated");
            }
            default -> peer.send(from, SipPeer.reply(request, "200 OK", localTag));
        }
    }

    private void mediaTo(String sdp) {
        String address = null;
        int port = 0;
        for (String line : sdp.split("\r?\n", -1)) {
            if (line.startsWith("c=IN IP4 ")) {
                address = line.substring(9).trim();
            } else if (line.startsWith("m=audio ")) {
                port = Integer.parseInt(line.split(" ", 3)[1]);
            }
        }
        if (address != null && port > 0) {
            media.sendTo(new InetSocketAddress(address, port));
        }
    }

    /// The first end counts.
    private void over(boolean byFarEnd) {
        if (overAt != null) return;
        overAt = Instant.now();
        endedByFarEnd = byFarEnd;
    }

    private void finish() {
        over(false);
        state = State.OVER;
        media.close();
    }

    void stopMedia() {
        media.close();
    }
}
