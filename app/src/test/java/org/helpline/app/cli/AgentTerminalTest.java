package org.helpline.app.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.helpline.gateway.AgentGateway;
import org.helpline.gateway.GatewaySettings;
import org.helpline.gateway.Journalled;
import org.helpline.gateway.PasswordHash;
import org.helpline.gateway.RevokedTokens;
import org.helpline.gateway.RoutingPort;
import org.helpline.gateway.TokenKey;
import org.helpline.gateway.UserDirectory;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactContext.PathStep;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.Effect;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingCore;
import org.helpline.router.RoutingState;
import org.helpline.router.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The terminal client against a real gateway with a real router behind it.
class AgentTerminalTest {
    private static final HelplineId HELPLINE = new HelplineId("social-services");
    private static final QueueId QUEUE = new QueueId("snap");

    private final Vertx vertx = Vertx.vertx();
    private final Domain domain = new Domain(vertx);
    private final StringWriter screen = new StringWriter();
    private AgentGateway gateway;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        String hash = PasswordHash.make("secret", 1_000, new SecureRandom()).written();
        UserDirectory users = new UserDirectory(List.of(new UserDirectory.User(
                "agent1", hash, Set.of(UserDirectory.Role.AGENT), Optional.of(new AgentId("agent1")), false)));
        GatewaySettings settings = GatewaySettings.of(TokenKey.of(new byte[32]));
        gateway = new AgentGateway(vertx, settings, () -> users, domain, RevokedTokens.inMemory(), Clock.systemUTC());
        domain.gateway = gateway;
        Router router = Router.router(vertx);
        gateway.mount(router);
        server = vertx.createHttpServer(settings.applyTo(new HttpServerOptions()))
                .requestHandler(router);
        server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        domain.submit(new Input.Configure(settings())).await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void aWholeCallInWords() throws Exception {
        AgentTerminal terminal = terminal();
        terminal.signIn("agent1", "secret").await(10, TimeUnit.SECONDS);
        CompletableFuture<Integer> exit = terminal.open();
        shown("You are Agent One (agent1)");
        terminal.typed("accept");
        shown("There is no offer to answer.");
        terminal.typed("ready");
        shown("State: ready.");
        domain.submit(caller()).await(10, TimeUnit.SECONDS);
        shown("Offer: voice call, language es, need snap, caller +12125550147, waited 0 s.");
        shown("Path: language es, then need snap.");
        terminal.typed("accept");
        shown("Call call-1: your phone is called.");
        domain.answerDevice();
        shown("Call call-1: you are connected.");
        terminal.typed("hang-up");
        shown("Call call-1 is over.");
        terminal.typed("wrap-up SNAP - Recertification resolved");
        shown("Call call-1 is closed for you.");
        terminal.typed("sign-out");
        assertEquals(0, exit.get(10, TimeUnit.SECONDS));
        shown("Signed out.");
    }

    @Test
    void aLostConnectionIsTakenUpAgain() throws Exception {
        AgentTerminal terminal = terminal();
        terminal.signIn("agent1", "secret").await(10, TimeUnit.SECONDS);
        terminal.typed("ready");
        CompletableFuture<Integer> exit = terminal.open();
        shown("You are Agent One");
        shown("State: ready.");
        int port = server.actualPort();
        server.close().await(10, TimeUnit.SECONDS);
        shown("The connection is lost. Trying again.");
        Router router = Router.router(vertx);
        gateway.mount(router);
        vertx.createHttpServer(GatewaySettings.of(TokenKey.of(new byte[32])).applyTo(new HttpServerOptions()))
                .requestHandler(router)
                .listen(port, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        await().until(() -> screen.toString().split("You are Agent One", -1).length == 3);
        terminal.typed("quit");
        assertEquals(0, exit.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aWrongPasswordIsSaidSo() {
        AgentTerminal terminal = terminal();
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> terminal.signIn("agent1", "wrong").await(10, TimeUnit.SECONDS));
        assertEquals("Not signed in: user or password is wrong.", e.getMessage());
        assertTrue(screen.toString().isEmpty());
    }

    private AgentTerminal terminal() {
        PrintWriter out = new PrintWriter(screen, true);
        return new AgentTerminal(vertx, URI.create("http://127.0.0.1:" + server.actualPort()), false, out, out);
    }

    private void shown(String text) {
        await().alias(text).until(() -> screen.toString().contains(text));
    }

    private static DomainSettings settings() {
        AgentSettings agent = new AgentSettings(
                new AgentId("agent1"),
                "Agent One",
                List.of(new Language("es")),
                List.of(Modality.VOICE),
                new TreeMap<>(),
                OfferOn.DESKTOP);
        return new DomainSettings(
                "demo",
                List.of(QueueSettings.of(QUEUE, HELPLINE, List.of())),
                List.of(agent),
                DomainSettings.DisconnectGraces.DEFAULT);
    }

    private static Input.EnterQueue caller() {
        Instant now = Instant.now();
        return new Input.EnterQueue(
                new ContactId("call-1"),
                QUEUE,
                new Language("es"),
                Modality.VOICE,
                new ContactContext(
                        HELPLINE,
                        Optional.of("+12125550147"),
                        Optional.of("snap"),
                        List.of(new PathStep(now, "language", "es"), new PathStep(now, "need", "snap")),
                        now));
    }

    /// The owner of the domain, without journal and carrier.
    private static final class Domain implements RoutingPort {
        private final Vertx vertx;
        private final RoutingCore core = new RoutingCore(new RoutingState());
        private AgentGateway gateway;
        private Effect.RingDevice ringing;
        private long entries;

        Domain(Vertx vertx) {
            this.vertx = vertx;
        }

        @Override
        public Future<Optional<Refusal>> submit(Input input) {
            Promise<Optional<Refusal>> answer = Promise.promise();
            Context caller = vertx.getOrCreateContext();
            Turn turn = step(input);
            caller.runOnContext(ignored -> answer.complete(turn.refusal()));
            return answer.future();
        }

        private synchronized Turn step(Input input) {
            Turn turn = core.step(input, Instant.now());
            gateway.publish(Journalled.of(entries + 1, turn.events()));
            entries += turn.events().size();
            for (Effect effect : turn.effects()) if (effect instanceof Effect.RingDevice ring) ringing = ring;
            return turn;
        }

        synchronized void answerDevice() {
            step(new Input.DeviceAnswered(ringing.leg()));
        }
    }
}
