package org.helpline.benchmarks.calls;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The agents' desktops: WebSocket clients that accept every offer and complete every wrap-up at once.
final class Desks implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final int SECONDS = 30;
    /// Vert.x stops at 50 by default, and the next one waits without a word.
    private static final int MOST_DESKS = 1_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http = vertx.createHttpClient();
    private final WebSocketClient sockets =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(MOST_DESKS));
    private final int port;
    private final List<Desk> desks = new ArrayList<>();
    private final Map<String, OfferTimes> byNumber = new ConcurrentHashMap<>();

    /// When an offer was there and when its accept was confirmed; zero is never.
    static final class OfferTimes {
        volatile long offered;
        volatile long confirmed;
    }

    Desks(int port) {
        this.port = port;
    }

    /// Signs in agents 1 to `agents`.
    void open(int agents) throws InterruptedException {
        for (int first = 1; first <= agents; first += AT_ONCE) {
            List<Future<Desk>> opening = new ArrayList<>();
            for (int i = first; i < Math.min(first + AT_ONCE, agents + 1); i++) opening.add(open("agent" + i));
            await(Future.all(opening), "sign in");
            opening.forEach(desk -> desks.add(desk.result()));
        }
    }

    private Future<Desk> open(String user) {
        JsonObject credentials = new JsonObject().put("user", user).put("password", BenchSite.PASSWORD);
        return http.request(HttpMethod.POST, port, "127.0.0.1", "/v1/login")
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(credentials.toBuffer()))
                .compose(response -> response.statusCode() == 200
                        ? response.body()
                        : Future.failedFuture(user + " may not sign in: " + response.statusCode()))
                .compose(body -> sockets.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/v1/agent")
                        .setHeaders(MultiMap.caseInsensitiveMultiMap()
                                .add(
                                        "Authorization",
                                        "Bearer " + body.toJsonObject().getString("token")))))
                .map(socket -> {
                    Desk desk = new Desk(socket);
                    socket.textMessageHandler(desk::received);
                    return desk;
                });
    }

    /// The first agents become ready, the others not.
    void ready(int first) throws InterruptedException {
        List<Future<Void>> changes = new ArrayList<>();
        for (int i = 0; i < desks.size(); i++) {
            String state = i < first ? "ready" : "not-ready";
            changes.add(desks.get(i)
                    .command(new JsonObject().put("type", "set-state").put("state", state)));
        }
        await(Future.all(changes), "become ready");
    }

    /// Offers since the last [#forget], by the caller's number.
    Map<String, OfferTimes> offers() {
        return Map.copyOf(byNumber);
    }

    /// When the desk of an agent was offered something, in order.
    List<Long> offeredAt(int agent) {
        return List.copyOf(desks.get(agent - 1).offered);
    }

    /// When the desk of an agent sent that a wrap-up is complete, in order.
    List<Long> wrappedUpAt(int agent) {
        return List.copyOf(desks.get(agent - 1).wrappedUp);
    }

    void forget() {
        byNumber.clear();
        desks.forEach(desk -> {
            desk.offered.clear();
            desk.wrappedUp.clear();
        });
    }

    private final class Desk {
        private final io.vertx.core.http.WebSocket socket;
        private final Map<Long, Promise<Void>> pending = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Long> offered = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Long> wrappedUp = new ConcurrentLinkedQueue<>();
        private long commands;

        Desk(io.vertx.core.http.WebSocket socket) {
            this.socket = socket;
        }

        synchronized Future<Void> command(JsonObject command) {
            long id = ++commands;
            Promise<Void> promise = Promise.promise();
            pending.put(id, promise);
            socket.writeTextMessage(command.put("id", id).encode());
            return promise.future();
        }

        void received(String text) {
            long now = System.nanoTime();
            JsonObject message = new JsonObject(text);
            switch (message.getString("type")) {
                case "offer" -> offer(message, now);
                case "contact" -> contact(message.getJsonObject("contact"));
                case "done" -> pending.remove(message.getLong("id")).complete();
                case "refused" -> pending.remove(message.getLong("id")).fail(message.getString("message"));
                default -> {}
            }
        }

        private void offer(JsonObject message, long now) {
            Future<Void> accepted =
                    command(new JsonObject().put("type", "accept-offer").put("offerId", message.getString("offerId")));
            offered.add(now);
            OfferTimes times = new OfferTimes();
            times.offered = now;
            byNumber.put(
                    message.getJsonObject("contact").getJsonObject("caller").getString("number"), times);
            accepted.onSuccess(_ -> times.confirmed = System.nanoTime());
        }

        private void contact(JsonObject contact) {
            if (!contact.getString("state").equals("wrap-up")) return;
            wrappedUp.add(System.nanoTime());
            command(new JsonObject()
                    .put("type", "complete-wrap-up")
                    .put("contactId", contact.getString("contactId"))
                    .put("inquiries", List.of(Map.of("inquiry", "bench", "outcome", "resolved"))));
        }
    }

    private static void await(Future<?> future, String what) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("agents could not " + what + ": " + failure.getCause(), failure);
        } catch (TimeoutException failure) {
            throw new IllegalStateException("agents did not " + what + " within " + SECONDS + " s", failure);
        }
    }

    @Override
    public void close() {
        try {
            await(vertx.close(), "sign out");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
