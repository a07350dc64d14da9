package org.helpline.simulation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.helpline.gateway.AgentGateway;
import org.helpline.gateway.GatewayPorts;
import org.helpline.gateway.GatewaySettings;
import org.helpline.gateway.Journalled;
import org.helpline.gateway.PasswordHash;
import org.helpline.gateway.RevokedTokens;
import org.helpline.gateway.TokenKey;
import org.helpline.gateway.UserDirectory;
import org.helpline.router.Event;

/// What a wallboard shows at the end of a run: a real gateway that has heard the run's events, and a client
/// of `/v1/live`.
final class Wallboard {
    private static final String PASSWORD = "of the test";
    private static final long PATIENCE_SECONDS = 60;

    private Wallboard() {}

    /// @param at the moment that is shown
    static JsonObject shows(List<Event> events, Instant at) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            GatewaySettings settings = GatewaySettings.of(TokenKey.of(new SecureRandom().generateSeed(32)));
            UserDirectory users = new UserDirectory(List.of(new UserDirectory.User(
                    "wallboard",
                    PasswordHash.make(PASSWORD, 1_000, new SecureRandom()).written(),
                    Set.of(UserDirectory.Role.SUPERVISOR),
                    Optional.empty(),
                    false)));
            AgentGateway gateway = new AgentGateway(
                    vertx,
                    settings,
                    new GatewayPorts(
                            () -> users,
                            _ -> Future.failedFuture("nobody works here"),
                            RevokedTokens.inMemory(),
                            Clock.fixed(at, ZoneOffset.UTC)));
            Router routes = Router.router(vertx);
            gateway.mount(routes);
            HttpServer server = vertx.createHttpServer(settings.applyTo(new HttpServerOptions()))
                    .requestHandler(routes);
            await(server.listen(0, "127.0.0.1"));
            gateway.publish(Journalled.of(1, events));
            return first(vertx, server.actualPort(), token(server.actualPort()));
        } finally {
            await(vertx.close());
        }
    }

    private static JsonObject first(Vertx vertx, int port, String token) throws Exception {
        BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
        // Held to the end: a client that nobody holds is closed by the garbage collector, with its sockets.
        WebSocketClient client = vertx.createWebSocketClient();
        var socket = client.webSocket();
        socket.textMessageHandler(text -> told.add(new JsonObject(text)));
        await(socket.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/v1/live")
                .addSubProtocol("helpline.v1")
                .addHeader("Authorization", "Bearer " + token)));
        JsonObject figures = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        await(client.close());
        if (figures == null) throw new AssertionError("the wallboard stays empty");
        return figures;
    }

    private static String token(int port) throws Exception {
        JsonObject body = new JsonObject().put("user", "wallboard").put("password", PASSWORD);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/login"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                    .build();
            return new JsonObject(client.send(request, BodyHandlers.ofString()).body()).getString("token");
        }
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
