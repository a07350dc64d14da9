package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Callers and agents' phones on loopback. Signalling only: what is sent to their media port is dropped by
/// the kernel, and they send no media, so that the processor is left to what is measured.
final class SipLoad implements AutoCloseable {
    private static final String CALLERS = "127.0.1.1";
    private static final String PHONES = "127.0.2.";
    private static final Duration LAST_GRACE = Duration.ofSeconds(2);

    private final InetSocketAddress server;
    private final SipLoop loop = new SipLoop();
    private final DatagramChannel deaf;
    private final String sdp;
    private final SipLoop.Socket callers;
    private final List<Phone> phones = new ArrayList<>();
    private final Map<String, Caller> byCallId = new HashMap<>();
    private final Map<String, Caller> byNumber = new HashMap<>();
    private long numbers;

    SipLoad(InetSocketAddress server, int agents, int phonePort) throws IOException {
        this.server = server;
        deaf = DatagramChannel.open().bind(new InetSocketAddress(CALLERS, 0));
        sdp = sdp(((InetSocketAddress) deaf.getLocalAddress()).getPort());
        callers = loop.open(CALLERS, 0, this::received);
        for (int i = 1; i <= agents; i++) {
            Phone phone = new Phone(this, loop);
            phone.open(PHONES + i, phonePort);
            phones.add(phone);
        }
        loop.start();
    }

    static String device(int agent, int port) {
        return "sip:agent" + agent + "@" + PHONES + agent + ":" + port;
    }

    private static String sdp(int port) {
        return String.join(
                        "\r\n",
                        "v=0",
                        "o=- 1 1 IN IP4 " + CALLERS,
                        "s=-",
                        "c=IN IP4 " + CALLERS,
                        "t=0 0",
                        "m=audio " + port + " RTP/AVP 0",
                        "a=rtpmap:0 PCMU/8000",
                        "a=sendrecv")
                + "\r\n";
    }

    String sdp() {
        return sdp;
    }

    /// One agent's phone in a run: when it rang and when it hung up, in order.
    record PhoneTimes(List<Long> invited, List<Long> hungUp) {}

    /// @param phones by agent, the first is agent 1
    record Outcome(List<Call> calls, List<PhoneTimes> phones) {}

    /// Places the calls and waits until they are over, or until patience is.
    Outcome run(Load load) throws InterruptedException {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        loop.execute(() -> begin(load, done));
        Duration most = placing(load).plus(load.patience()).plus(LAST_GRACE).plusSeconds(10);
        try {
            return done.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("the load of calls did not end: " + failure, failure);
        }
    }

    static Duration placing(Load load) {
        return Duration.ofSeconds(load.calls()).dividedBy(load.perSecond());
    }

    private void begin(Load load, CompletableFuture<Outcome> done) {
        byCallId.clear();
        byNumber.clear();
        phones.forEach(Phone::forget);
        List<Caller> placed = new ArrayList<>();
        int[] open = {load.calls()};
        Runnable end = () -> done.complete(new Outcome(
                placed.stream().map(Caller::call).toList(),
                phones.stream()
                        .map(phone -> new PhoneTimes(List.copyOf(phone.invitedAt()), List.copyOf(phone.hungUpAt())))
                        .toList()));
        for (int i = 0; i < load.calls(); i++) {
            Call call = new Call("1212%07d".formatted(++numbers));
            Caller caller = new Caller(call, loop, callers, server, load, sdp, () -> {
                if (--open[0] == 0) end.run();
            });
            placed.add(caller);
            byCallId.put(caller.callId(), caller);
            byNumber.put(call.number, caller);
            loop.after(Duration.ofSeconds(i).dividedBy(load.perSecond()), caller::invite);
        }
        loop.after(placing(load).plus(load.patience()), () -> {
            if (!done.isDone()) placed.forEach(Caller::giveUp);
        });
        loop.after(placing(load).plus(load.patience()).plus(LAST_GRACE), end);
    }

    private void received(SipText message, InetSocketAddress from, long atNanos) {
        Caller caller = byCallId.get(message.need("Call-ID"));
        if (caller != null) {
            caller.received(message, from, atNanos);
        } else if (!message.isResponse() && !message.method().equals(Optional.of("ACK"))) {
            callers.send(message.reply("481 Unknown Call", "none", "sip:caller@" + callers.address(), ""), from);
        }
    }

    /// An agent's phone rings for the caller with this number.
    void agentInvited(String number, long atNanos) {
        Caller caller = byNumber.get(number);
        if (caller != null && caller.call().agentInvited == 0) caller.call().agentInvited = atNanos;
    }

    /// The agent's phone is up. How long to talk; empty for a call that is not one of ours.
    Optional<Duration> agentUp(String number, long atNanos) {
        Caller caller = byNumber.get(number);
        if (caller == null) return Optional.empty();
        if (caller.call().agentUp == 0) caller.call().agentUp = atNanos;
        return Optional.of(caller.talk());
    }

    @Override
    public void close() throws IOException {
        loop.close();
        deaf.close();
    }
}
