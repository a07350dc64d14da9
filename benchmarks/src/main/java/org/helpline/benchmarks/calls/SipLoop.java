package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// All SIP sockets of a load on one thread: what arrives is stamped with the time before anything else is
/// done with it, and no other thread's turn comes in between.
final class SipLoop implements AutoCloseable {
    private static final int LARGEST = 65_536;
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final long IDLE_MILLIS = 100;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> schedule = new PriorityQueue<>((a, b) -> Long.signum(a.atNanos - b.atNanos));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    private volatile boolean closed;

    private record Due(long atNanos, Runnable action) {}

    /// Whoever sits behind a socket.
    interface Receiver {
        void received(SipText message, InetSocketAddress from, long atNanos);
    }

    /// One socket.
    static final class Socket {
        private final DatagramChannel channel;
        private final Receiver receiver;
        private final String address;

        private Socket(DatagramChannel channel, Receiver receiver) throws IOException {
            this.channel = channel;
            this.receiver = receiver;
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            this.address = local.getAddress().getHostAddress() + ":" + local.getPort();
        }

        String address() {
            return address;
        }

        void send(String message, InetSocketAddress to) {
            try {
                channel.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), to);
            } catch (IOException gone) {
                // As a lost packet: the call fails, and is counted.
            }
        }
    }

    SipLoop() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().daemon().name("sip-load").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Before the start.
    Socket open(String address, int port, Receiver receiver) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            channel.configureBlocking(false);
            Socket socket = new Socket(channel, receiver);
            channel.register(selector, SelectionKey.OP_READ, socket);
            return socket;
        } catch (IOException failure) {
            channel.close();
            throw new IOException("cannot use " + address + ":" + port + ": " + failure.getMessage(), failure);
        }
    }

    /// On the loop's thread.
    void after(Duration delay, Runnable action) {
        schedule.add(new Due(System.nanoTime() + delay.toNanos(), action));
    }

    /// From any thread.
    void execute(Runnable action) {
        handedOver.add(action);
        selector.wakeup();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::readable, untilNext());
                for (Runnable action = handedOver.poll(); action != null; action = handedOver.poll()) action.run();
                while (!schedule.isEmpty() && schedule.peek().atNanos - System.nanoTime() <= 0) {
                    schedule.poll().action.run();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private long untilNext() {
        if (schedule.isEmpty()) return IDLE_MILLIS;
        long nanos = schedule.peek().atNanos - System.nanoTime();
        return Math.clamp(Duration.ofNanos(nanos).toMillis(), 1, IDLE_MILLIS);
    }

    private void readable(SelectionKey key) {
        Socket socket = (Socket) key.attachment();
        while (true) {
            buffer.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) socket.channel.receive(buffer);
            } catch (IOException refused) {
                // The far end has told that an earlier packet of ours found nobody.
                continue;
            }
            if (from == null) return;
            long now = System.nanoTime();
            buffer.flip();
            SipText.parse(buffer).ifPresent(message -> socket.receiver.received(message, from, now));
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) key.channel().close();
        selector.close();
    }
}
