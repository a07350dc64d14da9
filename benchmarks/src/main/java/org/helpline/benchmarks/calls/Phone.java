package org.helpline.benchmarks.calls;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An agent's desk phone: answers at once, talks, hangs up. On the SIP loop's thread.
final class Phone implements SipLoop.Receiver {
    private final SipLoad load;
    private final SipLoop loop;
    private final Map<String, Leg> legs = new HashMap<>();
    private final List<Long> invited = new ArrayList<>();
    private final List<Long> hungUp = new ArrayList<>();
    private SipLoop.Socket socket;

    private final class Leg {
        private final SipText invite;
        private final InetSocketAddress server;
        private final String answer;
        private boolean up;

        Leg(SipText invite, InetSocketAddress server) {
            this.invite = invite;
            this.server = server;
            this.answer = invite.reply("200 OK", tag(), contact(), load.sdp());
        }

        private String tag() {
            return "p" + Integer.toHexString(invite.need("Call-ID").hashCode());
        }

        private void hangUp() {
            if (legs.remove(invite.need("Call-ID")) == null) return;
            StringBuilder bye = new StringBuilder("BYE ").append(SipText.uri(invite.need("Contact")));
            bye.append(" SIP/2.0\r\nVia: SIP/2.0/UDP ").append(socket.address());
            bye.append(";branch=z9hG4bK").append(tag()).append("bye\r\nMax-Forwards: 70\r\nFrom: ");
            bye.append(invite.need("To")).append(";tag=").append(tag());
            bye.append("\r\nTo: ").append(invite.need("From"));
            bye.append("\r\nCall-ID: ").append(invite.need("Call-ID")).append("\r\nCSeq: 1 BYE\r\n");
            String message = SipText.finish(bye, contact(), "");
            hungUp.add(System.nanoTime());
            socket.send(message, server);
        }
    }

    Phone(SipLoad load, SipLoop loop) {
        this.load = load;
        this.loop = loop;
    }

    void open(String address, int port) throws java.io.IOException {
        socket = loop.open(address, port, this);
    }

    private String contact() {
        return "sip:phone@" + socket.address();
    }

    @Override
    public void received(SipText message, InetSocketAddress from, long atNanos) {
        if (message.isResponse()) return;
        Leg leg = legs.get(message.need("Call-ID"));
        switch (message.method().orElse("")) {
            case "INVITE" -> invited(message, from, atNanos, leg);
            case "ACK" -> acknowledged(leg, atNanos);
            case "BYE" -> {
                legs.remove(message.need("Call-ID"));
                ok(message, from, "");
            }
            case "CANCEL" -> {
                ok(message, from, "");
                if (leg != null && !leg.up) legs.remove(message.need("Call-ID"));
            }
            case "UPDATE" -> ok(message, from, load.sdp());
            default -> ok(message, from, "");
        }
    }

    private void ok(SipText request, InetSocketAddress to, String sdp) {
        socket.send(request.reply("200 OK", "p", contact(), sdp), to);
    }

    private void invited(SipText invite, InetSocketAddress from, long atNanos, Leg known) {
        if (known != null) {
            // Sent again because our answer was late, or media is negotiated anew.
            boolean repeated = invite.need("CSeq").equals(known.invite.need("CSeq"));
            if (repeated) socket.send(known.answer, from);
            else ok(invite, from, load.sdp());
            return;
        }
        Leg leg = new Leg(invite, from);
        legs.put(invite.need("Call-ID"), leg);
        invited.add(atNanos);
        load.agentInvited(SipText.user(SipText.uri(invite.need("From"))), atNanos);
        socket.send(leg.answer, from);
    }

    private void acknowledged(Leg leg, long atNanos) {
        if (leg == null || leg.up) return;
        leg.up = true;
        String number = SipText.user(SipText.uri(leg.invite.need("From")));
        load.agentUp(number, atNanos).ifPresent(talk -> loop.after(talk, leg::hangUp));
    }

    /// When it was called, in order.
    List<Long> invitedAt() {
        return invited;
    }

    /// When it hung up, in order.
    List<Long> hungUpAt() {
        return hungUp;
    }

    void forget() {
        invited.clear();
        hungUp.clear();
    }
}
