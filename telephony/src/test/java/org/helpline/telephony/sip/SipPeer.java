package org.helpline.telephony.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A small SIP telephone over UDP, for tests on loopback: places calls, takes calls, answers re-INVITEs.
public final class SipPeer implements AutoCloseable {
    private final InetAddress address;
    private final DatagramSocket socket;
    private final Consumer<SipCall> whenCalled;
    private final Map<String, SipCall> calls = new ConcurrentHashMap<>();
    private final List<SipCall> received = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /// @param whenCalled decides about each incoming call: [SipCall#ring], [SipCall#answer], [SipCall#refuse]
    public SipPeer(String address, int port, Consumer<SipCall> whenCalled) {
        try {
            this.address = InetAddress.getByName(address);
            this.socket = new DatagramSocket(port, this.address);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.whenCalled = whenCalled;
        Thread.ofVirtual().start(this::receive);
    }

    /// A telephone that only places calls.
    public static SipPeer caller(String address) {
        return new SipPeer(address, 0, call -> call.refuse(480, "Temporarily Unavailable"));
    }

    public String address() {
        return address.getHostAddress() + ":" + socket.getLocalPort();
    }

    /// Places a call; it goes on from there by itself.
    ///
    /// @param server where the INVITE is sent
    /// @param from the caller's number; empty withholds it, in the way of a carrier that knows it all the
    /// same
    public SipCall call(InetSocketAddress server, String called, Optional<String> from) {
        return call(server, called, from, true);
    }

    /// @param telephoneEvents offer RFC 4733 for keys; without it a caller presses keys by INFO only
    public SipCall call(InetSocketAddress server, String called, Optional<String> from, boolean telephoneEvents) {
        SipCall call = SipCall.outgoing(this, server, called, from, telephoneEvents);
        calls.put(call.callId(), call);
        call.start();
        return call;
    }

    /// Calls that came in, in order.
    public List<SipCall> received() {
        return List.copyOf(received);
    }

    InetAddress inetAddress() {
        return address;
    }

    void send(InetSocketAddress to, SipMessage message) {
        byte[] data = message.encode();
        try {
            socket.send(new DatagramPacket(data, data.length, to));
        } catch (IOException gone) {
            // As a lost packet.
        }
    }

    private void receive() {
        byte[] buffer = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!closed) {
            try {
                packet.setLength(buffer.length);
                socket.receive(packet);
            } catch (IOException gone) {
                continue;
            }
            InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
            SipMessage.parse(buffer, packet.getLength()).ifPresent(message -> dispatch(message, from));
        }
    }

    private void dispatch(SipMessage message, InetSocketAddress from) {
        SipCall call = calls.get(message.need("Call-ID"));
        if (message.isResponse()) {
            if (call != null) {
                call.response(message);
            }
        } else if (call != null) {
            call.request(message, from);
        } else if (message.method().equals("INVITE")) {
            SipCall incoming = SipCall.incoming(this, message, from);
            calls.put(incoming.callId(), incoming);
            received.add(incoming);
            whenCalled.accept(incoming);
        } else if (!message.method().equals("ACK")) {
            send(from, reply(message, message.method().equals("OPTIONS") ? "200 OK" : "481 Unknown Call", ""));
        }
    }

    static SipMessage reply(SipMessage request, String status, String toTag) {
        List<SipMessage.Header> headers = new ArrayList<>(request.all("Via"));
        headers.addAll(request.all("Record-Route"));
        headers.addAll(request.all("From"));
        String to = request.need("To");
        boolean tagged = to.contains(";tag=") || toTag.isEmpty();
        headers.add(new SipMessage.Header("To", tagged ? to : to + ";tag=" + toTag));
        headers.addAll(request.all("Call-ID"));
        headers.addAll(request.all("CSeq"));
        return new SipMessage("SIP/2.0 " + status, headers, "");
    }

    /// Stops everything without a word, as a telephone that lost its power.
    @Override
    public void close() {
        closed = true;
        calls.values().forEach(SipCall::stopMedia);
        socket.close();
    }
}
