package org.helpline.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.gateway.sip.SipSettings;

/// A gateway whose carrier has phones for browsers.
final class PhoneServer implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final Vertx vertx = Vertx.vertx();
    final FakeSipCarrier carrier = new FakeSipCarrier(vertx);
    final FakeSipCarrier.Phones phones = new FakeSipCarrier.Phones(carrier.address());
    /// Small buffers: what a page does not read soon stands at the gateway.
    final WebSocketClient sockets = vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(1_048_576).setReceiveBufferSize(16_384));

    private final AgentGateway gateway;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final UserDirectory users = new UserDirectory(List.of(
            GatewayServer.user("agent1", Role.AGENT, false),
            GatewayServer.user("agent2", Role.AGENT, false),
            GatewayServer.user("supervisor1", Role.SUPERVISOR, false),
            GatewayServer.user("admin1", Role.ADMIN, false)));

    private PhoneServer(SipSettings settings) {
        RoutingDomain domain = new RoutingDomain(vertx, clock, List.of());
        gateway = new AgentGateway(vertx, GatewayServer.SETTINGS, () -> users, domain, RevokedTokens.inMemory(), clock);
        gateway.phones(phones, settings);
        Router router = Router.router(vertx);
        gateway.mount(router);
        server = vertx.createHttpServer(
                        GatewayServer.SETTINGS.applyTo(new HttpServerOptions().setSendBufferSize(16_384)))
                .requestHandler(router);
        GatewayServer.await(server.listen(0, "127.0.0.1"));
    }

    static PhoneServer start(SipSettings settings) {
        return new PhoneServer(settings);
    }

    int port() {
        return server.actualPort();
    }

    String token(String user) {
        HttpResponse<String> response = post(
                "/v1/login",
                new JsonObject()
                        .put("user", user)
                        .put("password", GatewayServer.PASSWORD)
                        .encode(),
                "Content-Type",
                "application/json");
        return new JsonObject(response.body()).getString("token");
    }

    void logout(String token) {
        post("/v1/logout", "", "Authorization", "Bearer " + token);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        GatewayServer.await(gateway.close());
        GatewayServer.await(vertx.close());
        http.close();
    }
}
