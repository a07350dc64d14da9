package org.helpline.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.gateway.sip.BrowserPhones;

/// The SIP WebSocket of a carrier: it repeats what it hears; at `flood` it sends more than anybody should keep.
final class FakeSipCarrier {
    /// A hundred times what a gateway may hold, and more than the kernel's own buffers take.
    private static final int MOST = 5_000;
    private static final String PIECE = "x".repeat(40_000);

    /// It had to wait with its flood.
    volatile boolean stalled;
    /// And could go on.
    volatile boolean flooded;
    private final AtomicInteger sentMessages = new AtomicInteger();

    private final HttpServer server;
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();

    FakeSipCarrier(Vertx vertx) {
        server = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("sip"))
                .webSocketHandler(this::connected);
        GatewayServer.await(server.listen(0, "127.0.0.1"));
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/ws");
    }

    int sent() {
        return sentMessages.get();
    }

    void hangUp() {
        sockets.forEach(ServerWebSocket::close);
    }

    private void connected(ServerWebSocket socket) {
        sockets.add(socket);
        socket.setWriteQueueMaxSize(65_536);
        socket.textMessageHandler(text -> {
            if (text.equals("flood")) flood(socket);
            else socket.writeTextMessage("heard " + text);
        });
    }

    /// Sends until nobody takes any more, and a little more when somebody does again.
    private void flood(ServerWebSocket socket) {
        while (!socket.writeQueueFull()) {
            if (sentMessages.get() == MOST) throw new AssertionError(MOST + " messages were taken");
            socket.writeTextMessage(PIECE);
            sentMessages.incrementAndGet();
        }
        stalled = true;
        socket.drainHandler(ignored -> {
            socket.writeTextMessage(PIECE);
            sentMessages.incrementAndGet();
            flooded = true;
        });
    }

    /// Accounts at this carrier.
    static final class Phones implements BrowserPhones {
        final Map<String, Account> accounts = new ConcurrentHashMap<>();
        volatile boolean failing;
        private final URI server;
        private final AtomicInteger made = new AtomicInteger();

        Phones(URI server) {
            this.server = server;
        }

        @Override
        public URI server() {
            return server;
        }

        @Override
        public Future<Account> make(String user, Optional<String> keep) {
            if (failing) return Future.failedFuture("not connected");
            Account kept = keep.map(accounts::get).orElse(null);
            if (kept != null) return Future.succeededFuture(kept);
            String name = "web-" + user + "-" + made.incrementAndGet();
            Account account = new Account(name, name, "secret" + made.get(), "127.0.0.1");
            accounts.put(name, account);
            return Future.succeededFuture(account);
        }

        @Override
        public Future<Void> remove(String endpoint) {
            accounts.remove(endpoint);
            return Future.succeededFuture();
        }
    }
}
