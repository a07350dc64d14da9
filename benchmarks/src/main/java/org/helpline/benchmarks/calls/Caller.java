package org.helpline.benchmarks.calls;

import java.net.InetSocketAddress;
import java.time.Duration;

/// One placed call: INVITE, a key by SIP INFO, and the far end hangs up. On the SIP loop's thread.
final class Caller {
    /// As long as a short press; Asterisk takes the length from here.
    private static final String KEY = "Signal=1\r\nDuration=100\r\n";

    private final Call call;
    private final SipLoop.Socket socket;
    private final SipLoop loop;
    private final InetSocketAddress server;
    private final Load load;
    private final String callId;
    private final String sdp;
    private final Runnable whenOver;
    private final String from;
    private String to;
    private String target;
    private int cseq = 1;

    Caller(
            Call call,
            SipLoop loop,
            SipLoop.Socket socket,
            InetSocketAddress server,
            Load load,
            String sdp,
            Runnable whenOver) {
        this.call = call;
        this.loop = loop;
        this.socket = socket;
        this.server = server;
        this.load = load;
        this.sdp = sdp;
        this.whenOver = whenOver;
        this.callId = call.number + "@" + socket.address();
        this.from = "<sip:" + call.number + "@" + socket.address() + ">;tag=c" + call.number;
        this.target = "sip:" + load.called() + "@" + server.getAddress().getHostAddress() + ":" + server.getPort();
        this.to = "<" + target + ">";
    }

    String callId() {
        return callId;
    }

    void invite() {
        call.invited = System.nanoTime();
        socket.send(request("INVITE", "", sdp), server);
    }

    private String request(String method, String more, String body) {
        StringBuilder text =
                new StringBuilder(method).append(' ').append(target).append(" SIP/2.0\r\n");
        text.append("Via: SIP/2.0/UDP ").append(socket.address());
        // The ACK of a refusal, and a CANCEL, must name the INVITE's branch.
        boolean ofInvite = method.equals("CANCEL") || (method.equals("ACK") && call.answered == 0);
        text.append(";branch=z9hG4bK").append(call.number).append(ofInvite ? "1INVITE" : cseq + method);
        int number = method.equals("ACK") || method.equals("CANCEL") ? 1 : cseq;
        text.append("\r\nMax-Forwards: 70\r\nFrom: ")
                .append(from)
                .append("\r\nTo: ")
                .append(to);
        text.append("\r\nCall-ID: ")
                .append(callId)
                .append("\r\nCSeq: ")
                .append(number)
                .append(' ')
                .append(method);
        text.append("\r\n").append(more);
        if (!more.isEmpty()) {
            return text.append("Content-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body)
                    .toString();
        }
        return SipText.finish(text, "sip:caller@" + socket.address(), body);
    }

    void received(SipText message, InetSocketAddress sender, long atNanos) {
        if (message.isResponse()) {
            if (message.cseqMethod().equals("INVITE") && message.status() >= 200) finalAnswer(message, atNanos);
            return;
        }
        String method = message.method().orElse("");
        if (method.equals("ACK")) return;
        boolean media = method.equals("INVITE") || method.equals("UPDATE");
        socket.send(
                message.reply("200 OK", "c" + call.number, "sip:caller@" + socket.address(), media ? sdp : ""), sender);
        if (method.equals("BYE")) over(atNanos);
    }

    private void finalAnswer(SipText answer, long atNanos) {
        boolean again = call.answered != 0 || call.over != 0;
        to = answer.need("To");
        if (answer.status() >= 300) {
            socket.send(request("ACK", "", ""), server);
            whenOver.run();
            return;
        }
        if (!again) call.answered = atNanos;
        target = SipText.uri(answer.need("Contact"));
        socket.send(request("ACK", "", ""), server);
        if (!again) loop.after(load.digitAfter(), this::press);
    }

    private void press() {
        if (call.over != 0) return;
        cseq++;
        String info = request("INFO", "Content-Type: application/dtmf-relay\r\n", KEY);
        call.lastDigit = System.nanoTime();
        socket.send(info, server);
    }

    /// Time is up.
    void giveUp() {
        if (call.over != 0) return;
        boolean up = call.answered != 0;
        if (up) cseq++;
        socket.send(request(up ? "BYE" : "CANCEL", "", ""), server);
    }

    private void over(long atNanos) {
        if (call.over != 0) return;
        call.over = atNanos;
        whenOver.run();
    }

    /// From the agent's answer to the agent's hang-up.
    Duration talk() {
        int number = Integer.parseInt(call.number.substring(call.number.length() - 4));
        // Neighbours differ; the same call differs in the same way in every round.
        return load.talk()
                .plus(load.talkSpread().multipliedBy(number * 37 % 100).dividedBy(100));
    }

    Call call() {
        return call;
    }
}
