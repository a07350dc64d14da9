package org.helpline.gateway;

import io.vertx.core.Future;
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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.gateway.UserDirectory.User;
import org.helpline.router.AgentId;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingSnapshot;

/// A gateway on a real HTTP server, a routing domain behind it, and time in the test's hands.
final class GatewayServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// Checks sockets often, so that a test that moves the clock sees the consequence at once.
    static final GatewaySettings SETTINGS = withSockets(new GatewaySettings.Sockets(
            65_536, 1_048_576, 3, 3, 512, 32, 5, Duration.ofMillis(20), Duration.ofSeconds(8)));

    private static final String HASH =
            PasswordHash.make(PASSWORD, 1_000, new SecureRandom()).written();

    final ManualClock clock;
    final Vertx vertx = Vertx.vertx();
    final RoutingDomain domain;
    final RevokedTokens revoked = RevokedTokens.inMemory();
    final AgentGateway gateway;
    /// Kept here: a client that nobody holds is closed by the garbage collector, with its sockets.
    final WebSocketClient sockets = vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(2_097_152).setMaxMessageSize(4_194_304));

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile UserDirectory users = new UserDirectory(List.of(
            user("agent1", Role.AGENT, false),
            user("agent2", Role.AGENT, false),
            user("agent3", Role.AGENT, false),
            user("supervisor1", Role.SUPERVISOR, false),
            user("admin1", Role.ADMIN, false),
            user("gone", Role.AGENT, true)));

    volatile Catalogue catalogue = Catalogue.EMPTY;
    volatile CallerHistory history = CallerHistory.NONE;
    volatile DayHistory day = DayHistory.NONE;
    volatile List<Notice> notices = List.of();

    private GatewayServer(
            GatewaySettings settings, ManualClock clock, List<Event> journal, Consumer<AgentGateway> more) {
        this.clock = clock;
        domain = new RoutingDomain(vertx, clock, journal);
        GatewayPorts ports = new GatewayPorts(
                () -> users,
                () -> catalogue,
                domain,
                revoked,
                number -> history.of(number),
                from -> day.endedSince(from),
                clock,
                GatewayWatch.NONE,
                () -> notices);
        gateway = new AgentGateway(vertx, settings, ports);
        domain.onEvents(gateway::publish);
        more.accept(gateway);
        Router router = Router.router(vertx);
        gateway.mount(router);
        server = vertx.createHttpServer(settings.applyTo(new HttpServerOptions()))
                .requestHandler(router);
    }

    private GatewayServer listening() {
        await(server.listen(0, "127.0.0.1"));
        return this;
    }

    static GatewayServer start() {
        return start(SETTINGS);
    }

    static GatewayServer start(GatewaySettings settings) {
        GatewayServer started = new GatewayServer(settings, new ManualClock(), List.of(), _ -> {}).listening();
        started.submit(new Input.Configure(RoutingDomain.settings()));
        return started;
    }

    static GatewayServer draining(DrainPort drain, OperatorKey key) {
        return new GatewayServer(SETTINGS, new ManualClock(), List.of(), gateway -> gateway.operated(drain, key))
                .listening();
    }

    /// What is left of a server that was killed, at work again.
    ///
    /// @param snapshotAfter how many entries of its journal are in the snapshot
    static GatewayServer recovered(GatewayServer killed, int snapshotAfter) {
        List<Event> journal = killed.domain.journalled();
        GatewayServer started = new GatewayServer(SETTINGS, killed.clock, journal, _ -> {});
        RoutingSnapshot snapshot =
                RoutingDomain.stateAfter(journal.subList(0, snapshotAfter)).snapshot();
        started.history = killed.history;
        started.day = killed.day;
        await(started.gateway.recovered(
                snapshot, Journalled.of(snapshotAfter + 1, journal.subList(snapshotAfter, journal.size()))));
        return started.listening();
    }

    static GatewaySettings withSockets(GatewaySettings.Sockets sockets) {
        return new GatewaySettings(
                TokenKey.of(KEY),
                GatewaySettings.SignIn.DEFAULT,
                sockets,
                GatewaySettings.Live.DEFAULT,
                new GatewaySettings.Floor(Duration.ofMillis(20), 2, Duration.ofMillis(300)));
    }

    static User user(String name, Role role, boolean disabled) {
        Optional<AgentId> agent = role == Role.AGENT ? Optional.of(new AgentId(name)) : Optional.empty();
        return new User(name, HASH, Set.of(role), agent, disabled);
    }

    void users(User... newest) {
        users = new UserDirectory(List.of(newest));
    }

    int port() {
        return server.actualPort();
    }

    Optional<Refusal> submit(Input input) {
        return await(domain.submit(input));
    }

    String token(String user) {
        HttpResponse<String> response = login(user, PASSWORD);
        if (response.statusCode() != 200) throw new AssertionError(response.body());
        return new JsonObject(response.body()).getString("token");
    }

    HttpResponse<String> login(String user, String password) {
        return post(
                "/v1/login",
                new JsonObject().put("user", user).put("password", password).encode(),
                "Content-Type",
                "application/json");
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    DeskClient desk(String user) {
        return DeskClient.connect(this, "/v1/agent", token(user));
    }

    DeskClient supervisor(String user) {
        return DeskClient.connect(this, "/v1/supervisor", token(user));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within 10 s", e);
        }
    }

    @Override
    public void close() {
        await(gateway.close());
        await(vertx.close());
        http.close();
    }
}
