package org.helpline.telephony.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/// One end of a G.711 µ-law stream: speaks a tone or nothing, presses keys by RFC 4733, and tells what it
/// hears.
public final class RtpPeer implements AutoCloseable {
    private static final int SAMPLES = 160;
    private static final long FRAME_NANOS = 20_000_000;
    private static final int WINDOW = 3200;
    private static final int EVENT_TYPE = 101;
    private static final double LOUD = 300;
    /// Share of the energy that a pure tone has at its own frequency, less what transcoding takes.
    private static final double PURE = 0.5;

    /// The same when up to four tones of like strength sound together.
    private static final double ONE_OF_A_FEW = 0.08;

    private final DatagramSocket socket;
    private final short[] window = new short[WINDOW];
    private final Queue<Character> keys = new ArrayDeque<>();
    private final StringBuilder keysHeard = new StringBuilder();
    private InetSocketAddress remote;
    private boolean answersToSender;
    private double toneHz;
    private double phase;
    private int sequence = 1;
    private int timestamp = 1000;
    private int windowAt;
    private int lastEventTimestamp = -1;
    private long packetsReceived;
    private long lastPacketNanos = System.nanoTime() - Duration.ofMinutes(1).toNanos();
    private long lastLoudNanos = lastPacketNanos;
    private long longestQuietNanos;
    private Runnable whenHeard = () -> {};
    private volatile boolean closed;

    public RtpPeer(InetAddress address) {
        try {
            socket = new DatagramSocket(0, address);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::receive);
        Thread.ofVirtual().start(this::speak);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// From now on packets go there; before, nothing is sent.
    public synchronized void sendTo(InetSocketAddress address) {
        remote = address;
    }

    /// From now on packets go to where the first one comes from: for signalling that is not ours.
    public synchronized void answerToSender() {
        answersToSender = true;
    }

    /// Zero is silence.
    public synchronized void tone(double hz) {
        toneHz = hz;
    }

    /// Queues a key press of 160 ms.
    public synchronized void press(char key) {
        keys.add(key);
    }

    public synchronized String keysHeard() {
        return keysHeard.toString();
    }

    public synchronized long packetsReceived() {
        return packetsReceived;
    }

    /// A tone of this frequency, and hardly anything else, over the latest 400 ms.
    public synchronized boolean hears(double hz) {
        return fresh() && shareOf(hz) > PURE && loudness() > LOUD;
    }

    /// A tone of this frequency among a few others, over the latest 400 ms.
    public synchronized boolean hearsAmongOthers(double hz) {
        return fresh() && shareOf(hz) > ONE_OF_A_FEW && loudness() > LOUD;
    }

    /// How much of what was heard over the latest 400 ms is a tone of this frequency, from 0 to 1; nothing when all
    /// was quiet.
    public synchronized double share(double hz) {
        return isLoud() ? shareOf(hz) : 0;
    }

    /// Whether there was anything loud in the latest 400 ms that came.
    public synchronized boolean isLoud() {
        return loudness() > LOUD;
    }

    /// Runs with each packet of sound, as soon as it is part of what was heard, and holding this object: nothing heard
    /// is missed, however late anybody else looks.
    public synchronized void whenHeard(Runnable task) {
        whenHeard = task;
    }

    /// How long ago the latest packet of sound came.
    public synchronized Duration sinceHeard() {
        return Duration.ofNanos(System.nanoTime() - lastPacketNanos);
    }

    /// Anything loud within this time.
    public synchronized boolean hearsAnythingWithin(Duration time) {
        return System.nanoTime() - lastLoudNanos < time.toNanos();
    }

    /// From now on the longest quiet is measured.
    public synchronized void measureQuiet() {
        lastLoudNanos = System.nanoTime();
        longestQuietNanos = 0;
    }

    /// The longest time without anything loud since [#measureQuiet], the present one included.
    public synchronized Duration longestQuiet() {
        return Duration.ofNanos(Math.max(longestQuietNanos, System.nanoTime() - lastLoudNanos));
    }

    private boolean fresh() {
        return System.nanoTime() - lastPacketNanos < 200_000_000;
    }

    private double loudness() {
        double sum = 0;
        for (short sample : window) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / WINDOW);
    }

    /// Goertzel: the energy at one frequency, as a share of all of it.
    private double shareOf(double hz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hz / 8000);
        double before = 0;
        double beforeThat = 0;
        double energy = 0;
        for (int i = 0; i < WINDOW; i++) {
            short sample = window[(windowAt + i) % WINDOW];
            double now = sample + coefficient * before - beforeThat;
            beforeThat = before;
            before = now;
            energy += (double) sample * sample;
        }
        double power = before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
        return energy == 0 ? 0 : 2 * power / (WINDOW * energy);
    }

    private void receive() {
        byte[] buffer = new byte[2048];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!closed) {
            try {
                packet.setLength(buffer.length);
                socket.receive(packet);
                received(buffer, packet.getLength(), (InetSocketAddress) packet.getSocketAddress());
            } catch (IOException gone) {
                // An ICMP error of an earlier packet, or our own close.
            }
        }
    }

    private synchronized void received(byte[] data, int length, InetSocketAddress from) {
        if (length < 12) {
            return;
        }
        if (remote == null && answersToSender) {
            remote = from;
        }
        int type = data[1] & 0x7f;
        packetsReceived++;
        if (type == 0) {
            lastPacketNanos = System.nanoTime();
            int peak = 0;
            for (int i = 12; i < length; i++) {
                short sample = Ulaw.decode(data[i]);
                peak = Math.max(peak, Math.abs(sample));
                window[windowAt] = sample;
                windowAt = (windowAt + 1) % WINDOW;
            }
            if (peak > LOUD) {
                longestQuietNanos = Math.max(longestQuietNanos, lastPacketNanos - lastLoudNanos);
                lastLoudNanos = lastPacketNanos;
            }
            whenHeard.run();
        } else if (type == EVENT_TYPE && length >= 16) {
            int eventTimestamp = ByteBuffer.wrap(data).getInt(4);
            if (eventTimestamp != lastEventTimestamp && (data[12] & 0xff) < 16) {
                lastEventTimestamp = eventTimestamp;
                keysHeard.append("0123456789*#ABCD".charAt(data[12]));
            }
        }
    }

    private void speak() {
        long next = System.nanoTime();
        while (!closed) {
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
            Character key;
            synchronized (this) {
                if (remote == null) {
                    continue;
                }
                key = keys.poll();
                if (key == null) {
                    send(0, false, audio());
                    timestamp += SAMPLES;
                    continue;
                }
            }
            next = pressNow(key, next);
        }
    }

    private synchronized byte[] audio() {
        byte[] frame = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            frame[i] = Ulaw.encode((short) (toneHz == 0 ? 0 : 8000 * Math.sin(phase)));
            phase = (phase + 2 * Math.PI * toneHz / 8000) % (2 * Math.PI);
        }
        return frame;
    }

    /// Eight packets with growing duration, the last three times with the end bit, then a pause of two
    /// frames.
    private long pressNow(char key, long began) {
        long next = began;
        int frames = 8;
        for (int i = 1; i <= frames; i++) {
            boolean end = i == frames;
            for (int copy = 0; copy < (end ? 3 : 1); copy++) {
                send(EVENT_TYPE, i == 1, event(key, end, i * SAMPLES));
            }
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        synchronized (this) {
            timestamp += (frames + 2) * SAMPLES;
        }
        next += 2 * FRAME_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
        return next;
    }

    private static byte[] event(char key, boolean end, int duration) {
        return new byte[] {
            (byte) "0123456789*#ABCD".indexOf(key),
            (byte) ((end ? 0x80 : 0) | 10),
            (byte) (duration >> 8),
            (byte) duration
        };
    }

    private synchronized void send(int type, boolean marker, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80)
                .put((byte) (type | (marker ? 0x80 : 0)))
                .putShort((short) sequence++)
                .putInt(timestamp)
                .putInt(port())
                .put(payload);
        try {
            socket.send(new DatagramPacket(packet.array(), packet.capacity(), remote));
        } catch (IOException gone) {
            // The far end has closed its port; the call will tell.
        }
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
