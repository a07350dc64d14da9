package org.helpline.telephony.asterisk;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// The HTTP side of an Asterisk, as far as the adapter uses it; what it holds and answers is set by the test.
final class FakeAri implements AutoCloseable {
    private final Vertx vertx;
    private final int port;
    private HttpServer server;
    private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> uris = new CopyOnWriteArrayList<>();
    volatile JsonArray channels = new JsonArray();
    volatile JsonArray bridges = new JsonArray();
    /// Status of each request over the WebSocket; empty: it is never answered.
    volatile Function<JsonObject, Optional<Integer>> answers = request -> Optional.of(204);
    /// Without events a connection is worth nothing, though its requests are answered.
    volatile boolean eventsFlow = true;
    /// As Asterisk writes it; empty: it does not say.
    volatile Optional<String> startedAt = Optional.empty();
    /// Runs when the census is being read, before it is answered.
    volatile Runnable whenCensusIsRead = () -> {};

    /// Whether requests that wait for the end of a prompt are answered at once.
    volatile boolean promptsEnd = true;
    private final List<HttpServerRequest> waiting = new CopyOnWriteArrayList<>();

    FakeAri(Vertx vertx) {
        this.vertx = vertx;
        server = listening(0);
        port = server.actualPort();
    }

    private HttpServer listening(int port) {
        return vertx.createHttpServer()
                .webSocketHandler(this::connected)
                .requestHandler(this::census)
                .listen(port, "127.0.0.1")
                .await();
    }

    /// It dies: connections are lost, and further ones refused.
    void die() {
        server.close().await();
    }

    void liveAgain() {
        server = listening(port);
    }

    AsteriskSettings settings() {
        return new AsteriskSettings(
                URI.create("http://127.0.0.1:" + port),
                "someone",
                "open sesame",
                "helpline",
                Duration.ofMillis(1500),
                16,
                Duration.ofMillis(10),
                Duration.ofMillis(40),
                1_000_000,
                Duration.ofMillis(500),
                Duration.ofMillis(300),
                Duration.ofMinutes(5));
    }

    private void connected(ServerWebSocket socket) {
        authorizations.add(socket.headers().get("Authorization"));
        uris.add(socket.uri());
        sockets.add(socket);
        socket.textMessageHandler(text -> {
            JsonObject request = new JsonObject(text);
            if (request.getString("uri").startsWith("events/user/HelplineHeartbeat")) {
                answer(socket, request, 204);
                if (eventsFlow) {
                    socket.writeTextMessage(new JsonObject()
                            .put("type", "ChannelUserevent")
                            .put("eventname", "HelplineHeartbeat")
                            .encode());
                }
                return;
            }
            requests.add(request);
            answers.apply(request).ifPresent(status -> answer(socket, request, status));
        });
    }

    private static void answer(ServerWebSocket socket, JsonObject request, int status) {
        socket.writeTextMessage(new JsonObject()
                .put("type", "RESTResponse")
                .put("request_id", request.getString("request_id"))
                .put("status_code", status)
                .put("message_body", "")
                .encode());
    }

    private void census(HttpServerRequest request) {
        switch (request.path()) {
            case "/ari/channels" -> {
                whenCensusIsRead.run();
                request.response().end(channels.encode());
            }
            case "/ari/bridges" -> request.response().end(bridges.encode());
            case "/ari/applications/helpline" ->
                request.response()
                        .end(new JsonObject()
                                .put("channel_ids", new JsonArray())
                                .encode());
            case "/ari/asterisk/info" -> {
                request.response().setStatusCode(startedAt.isPresent() ? 200 : 404);
                request.response()
                        .end(new JsonObject()
                                .put("status", new JsonObject().put("startup_time", startedAt.orElse("")))
                                .encode());
            }
            default -> {
                if (request.path().endsWith("/variable") && !promptsEnd) {
                    waiting.add(request);
                } else {
                    request.response().setStatusCode(404).end("{}");
                }
            }
        }
    }

    void endPrompts() {
        promptsEnd = true;
        waiting.forEach(request -> request.response().setStatusCode(204).end());
    }

    void tell(JsonObject event) {
        sockets.getLast().writeTextMessage(event.encode());
    }

    void tellRaw(String text) {
        sockets.getLast().writeTextMessage(text);
    }

    void drop() {
        sockets.getLast().close();
    }

    int connections() {
        return sockets.size();
    }

    List<JsonObject> requests() {
        return List.copyOf(requests);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    List<String> uris() {
        return List.copyOf(uris);
    }

    static JsonObject arrival(String leg) {
        return new JsonObject()
                .put("type", "StasisStart")
                .put("args", new JsonArray().add("inbound").add("18005550100"))
                .put("channel", channel(leg));
    }

    static JsonObject channel(String leg) {
        return new JsonObject()
                .put("id", leg)
                .put("state", "Up")
                .put("caller", new JsonObject().put("number", "12125550001"))
                .put("channelvars", new JsonObject().put("HELPLINE_CONTACT", "").put("CALLERID(num-pres)", "allowed"))
                .put(
                        "dialplan",
                        new JsonObject().put("app_name", "Stasis").put("app_data", "helpline,inbound,18005550100"));
    }

    @Override
    public void close() {
        server.close().await();
    }
}
