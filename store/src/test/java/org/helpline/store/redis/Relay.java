package org.helpline.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// A network between two ends of loopback that can be cut: with a word to both ends, or without any.
public final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private volatile int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore passing = new Semaphore(1);
    private volatile boolean refusing;

    public Relay(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Connections end, and no new ones come about.
    public void cut() {
        refusing = true;
        open.forEach(Relay::end);
    }

    /// Nothing passes any more; nobody is told.
    public void swallow() {
        passing.acquireUninterruptibly();
    }

    public void swallowNoMore() {
        passing.release();
    }

    /// Where new connections lead from now on.
    public void leadTo(int port) {
        target = port;
    }

    public void mend() {
        refusing = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                if (refusing) end(client);
                else join(client);
            }
        } catch (IOException closed) {
            open.forEach(Relay::end);
        }
    }

    private void join(Socket client) {
        try {
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(behind);
            Thread.ofVirtual().start(() -> pass(client, behind));
            Thread.ofVirtual().start(() -> pass(behind, client));
        } catch (IOException notThere) {
            end(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[16 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                passing.acquire();
                passing.release();
                out.write(bytes, 0, read);
            }
        } catch (IOException ended) {
            end(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(from);
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Relay::end);
        passing.release(10);
    }
}
