package org.helpline.benchmarks.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.GatewayFeed;
import org.helpline.app.owner.OwnerPort;
import org.helpline.app.owner.VertxScheduler;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.benchmarks.ShippedLine;
import org.helpline.config.Configuration;
import org.helpline.config.ConfigurationException;
import org.helpline.config.ConfigurationReader;
import org.helpline.gateway.AgentGateway;
import org.helpline.gateway.GatewaySettings;
import org.helpline.gateway.PasswordHash;
import org.helpline.gateway.RevokedTokens;
import org.helpline.gateway.TokenKey;
import org.helpline.gateway.UserDirectory;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.Input;
import org.helpline.store.InMemoryJournal;
import org.helpline.telephony.simulated.DemoCallers;
import org.helpline.telephony.simulated.DemoSettings;
import org.helpline.telephony.simulated.Schedule;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;

/// A whole Helpline in this process, on a simulated carrier, under a steady load: callers of the shipped
/// line call, agents serve them. Wallboards connect over HTTP as they do in life.
final class LoadedDomain implements AutoCloseable {
    static final String WORLD = "15 calls/s, 100 agents";

    private static final int AGENTS = 100;
    private static final DemoSettings CALLERS = new DemoSettings(
            List.of("18005550100"),
            List.of('1', '1', '2'),
            List.of('1', '2', '3', '4', '5'),
            Duration.ofNanos(1_000_000_000 / 15),
            Duration.ofMinutes(3),
            Duration.ofSeconds(3),
            600);
    private static final String PASSWORD = "of the measurement";
    private static final long AWAIT_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final Context ownerContext = ((VertxInternal) vertx).createEventLoopContext();
    private final AtomicLong contacts = new AtomicLong();
    private final Desks desks;
    private final AgentGateway gateway;
    private final HttpServer http;
    private final String token;

    private LoadedDomain(Configuration shipped) throws IOException, InterruptedException {
        List<AgentSettings> agents = Desks.agents(AGENTS, shipped);
        SimulatedCarrier carrier =
                new SimulatedCarrier(SimulatedSettings.standard(), Schedule.on(vertx), new Random(1));
        DomainOwner owner = new DomainOwner(
                "bench",
                new Switchboard(new SwitchState(), ShippedLine.plan(shipped, agents)),
                new InMemoryJournal(10_000),
                new JsonEventCodec(),
                carrier,
                new VertxScheduler(vertx, ownerContext, Clock.systemUTC()),
                () -> new ContactId("c-" + contacts.incrementAndGet()));
        desks = new Desks(agents, owner, ownerContext);
        GatewaySettings settings = GatewaySettings.of(TokenKey.of(new SecureRandom().generateSeed(32)));
        UserDirectory users = new UserDirectory(List.of(new UserDirectory.User(
                "wallboard",
                PasswordHash.make(PASSWORD, 1_000, new SecureRandom()).written(),
                Set.of(UserDirectory.Role.SUPERVISOR),
                Optional.empty(),
                false)));
        gateway = new AgentGateway(
                vertx,
                settings,
                () -> users,
                new OwnerPort(owner, ownerContext),
                RevokedTokens.inMemory(),
                Clock.systemUTC());
        owner.addListener(desks);
        owner.addListener(new GatewayFeed(gateway));
        Router routes = Router.router(vertx);
        gateway.mount(routes);
        http = vertx.createHttpServer(settings.applyTo(new HttpServerOptions())).requestHandler(routes);
        await(http.listen(0, "127.0.0.1"));
        DomainSettings domain = new DomainSettings(
                "bench", shipped.domain().queues(), agents, shipped.domain().graces());
        await(onOwner(() -> owner.submit(new Input.Configure(domain))));
        await(onOwner(() -> owner.open(Duration.ofSeconds(30))));
        desks.signIn();
        DemoCallers callers = new DemoCallers(carrier, Schedule.on(vertx), new Random(2), CALLERS);
        ownerContext.runOnContext(_ -> callers.start());
        token = login();
    }

    /// Starts it; calls begin to come.
    static LoadedDomain start(Path root) throws IOException, InterruptedException {
        try {
            return new LoadedDomain(ConfigurationReader.read(root.resolve("config"), Map.of()));
        } catch (ConfigurationException faulty) {
            throw new IOException("the shipped configuration does not read: " + faulty.getMessage(), faulty);
        }
    }

    /// How long commands took from being given to being answered, for this time.
    Histogram measure(Duration time) throws InterruptedException {
        desks.reset();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        return desks.taken();
    }

    int port() {
        return http.actualPort();
    }

    String token() {
        return token;
    }

    private String login() throws IOException, InterruptedException {
        JsonObject body = new JsonObject().put("user", "wallboard").put("password", PASSWORD);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/v1/login"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                    .build();
            return new JsonObject(client.send(request, BodyHandlers.ofString()).body()).getString("token");
        }
    }

    private <T> Future<T> onOwner(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        ownerContext.runOnContext(_ -> work.get().onComplete(done));
        return done.future();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(AWAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("Helpline did not start within " + AWAIT_SECONDS + " s", late);
        }
    }

    @Override
    public void close() {
        desks.close();
        await(gateway.close());
        await(vertx.close());
    }
}
