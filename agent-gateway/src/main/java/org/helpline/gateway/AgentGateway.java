package org.helpline.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.gateway.Tokens.Check;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.router.AgentId;
import org.helpline.router.Event;
import org.helpline.router.RoutingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What agents and wallboards connect to: the pages, `/v1/login`, `/v1/logout`, `/v1/agent`, `/v1/live`.
///
/// It never touches the routing owner's state. It gets the domain's events ([#publish]), applies them to a
/// replica on a context of its own and tells each desktop what they mean; commands go the other way through
/// [RoutingPort].
public final class AgentGateway {
    private static final Logger LOG = LoggerFactory.getLogger(AgentGateway.class);

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final Context context;
    private final Tokens tokens;
    private final SignInRoutes signIn;
    private final Projection projection;
    private final LiveMetrics metrics;
    private final AgentDesks desks;
    private final LiveFeed live;
    private final PageRoutes pages;
    private final List<Long> timers;

    /// @param users asked at each use, so that a reloaded file counts at once
    public AgentGateway(
            Vertx vertx,
            GatewaySettings settings,
            Supplier<UserDirectory> users,
            RoutingPort routing,
            RevokedTokens revoked,
            Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        // A context of its own whoever calls: the public way to make one would share the caller's.
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.tokens = new Tokens(vertx, settings, users, revoked, clock);
        this.signIn = new SignInRoutes(
                vertx,
                settings.signIn(),
                users,
                tokens,
                revoked,
                clock,
                () -> context.runOnContext(v -> checkTokens()));
        RoutingState replica = new RoutingState();
        this.projection = new Projection(replica);
        this.metrics = new LiveMetrics(replica, settings.live());
        this.desks = new AgentDesks(settings.sockets(), projection, routing, signIn::revoke, context, clock);
        this.live = new LiveFeed(settings.sockets(), metrics, clock);
        this.pages = new PageRoutes(vertx);
        this.timers = List.of(
                vertx.setPeriodic(
                        settings.sockets().pingInterval().toMillis(), id -> context.runOnContext(v -> checkSockets())),
                vertx.setPeriodic(settings.live().interval().toMillis(), id -> context.runOnContext(v -> live.push())));
    }

    /// Adds the gateway's routes, and answers as problem documents for all that the router itself refuses.
    public void mount(Router router) {
        Problem.mount(router);
        signIn.mount(router);
        router.get("/v1/agent").handler(this::agentSocket);
        router.get("/v1/live").handler(this::liveSocket);
        pages.mount(router);
    }

    /// Takes the domain's events, from any thread. Events given by one thread are seen in the order they were
    /// given.
    public void publish(List<Event> events) {
        List<Event> taken = List.copyOf(events);
        context.runOnContext(ignored -> desks.tell(projection.apply(taken, metrics::observe)));
    }

    /// Closes all sockets without telling the routing domain that agents left: it is the server that leaves.
    public Future<Void> close() {
        timers.forEach(vertx::cancelTimer);
        Promise<Void> closed = Promise.promise();
        context.runOnContext(ignored -> {
            desks.close();
            live.close();
            closed.complete();
        });
        return closed.future();
    }

    private void checkSockets() {
        checkTokens();
        desks.sockets().forEach(ClientSocket::ping);
        live.sockets().forEach(ClientSocket::ping);
    }

    private void checkTokens() {
        for (AgentDesk desk : desks.all()) {
            if (desk.signingOut()) continue;
            for (ClientSocket socket : desk.open()) {
                switch (tokens.check(socket.token())) {
                    case Check.Refused _ -> socket.close(CloseReason.TOKEN_VOID);
                    case Check.Accepted accepted -> {
                        if (!agentOf(accepted).equals(Optional.of(desk.agent()))) {
                            socket.close(CloseReason.NOT_AN_AGENT);
                        }
                    }
                }
            }
        }
        for (ClientSocket socket : live.sockets()) {
            if (tokens.check(socket.token()) instanceof Check.Refused) socket.close(CloseReason.TOKEN_VOID);
        }
    }

    private void agentSocket(RoutingContext ctx) {
        signedIn(ctx).ifPresent(accepted -> {
            Optional<AgentId> agent = agentOf(accepted);
            if (agent.isEmpty()) {
                Problem.forbidden("not-an-agent", "the user does not work as an agent")
                        .answer(ctx);
                return;
            }
            OptionalLong after;
            try {
                String given = ctx.request().getParam("after");
                after = given == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(given));
            } catch (NumberFormatException e) {
                Problem.badRequest("after must be the seq of a message").answer(ctx);
                return;
            }
            upgrade(ctx, accepted, socket -> openDesk(socket, agent.get(), after));
        });
    }

    private void openDesk(ClientSocket socket, AgentId agent, OptionalLong after) {
        socket.listen(
                context,
                text -> desks.heard(desks.desk(agent), socket, text),
                () -> desks.leave(desks.desk(agent), socket));
        context.runOnContext(ignored -> desks.enter(desks.desk(agent), socket, after));
    }

    private void liveSocket(RoutingContext ctx) {
        signedIn(ctx)
                .ifPresent(accepted -> upgrade(ctx, accepted, socket -> {
                    socket.listen(context, text -> live.heard(socket, text), () -> live.leave(socket));
                    context.runOnContext(ignored -> live.enter(socket));
                }));
    }

    /// Empty when the request was answered with a problem.
    private Optional<Check.Accepted> signedIn(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (!Handshake.originAllowed(request, settings.signIn().allowedOrigins())) {
            Problem.forbidden("foreign-origin", "pages of this origin may not connect")
                    .answer(ctx);
            return Optional.empty();
        }
        Check check = Handshake.token(request)
                .map(tokens::check)
                .orElseGet(() -> new Check.Refused("invalid-token", "no token was given"));
        return switch (check) {
            case Check.Accepted accepted -> Optional.of(accepted);
            case Check.Refused(String reason, String message) -> {
                Problem.unauthorized(reason, message).answer(ctx);
                yield Optional.empty();
            }
        };
    }

    private void upgrade(RoutingContext ctx, Check.Accepted accepted, Consumer<ClientSocket> onOpen) {
        HttpServerRequest request = ctx.request();
        if (!Handshake.speaksOurProtocol(request)) {
            Problem.badRequest("the only subprotocol is " + Handshake.PROTOCOL).answer(ctx);
            return;
        }
        if (!request.canUpgradeToWebSocket()) {
            // HTTP/2 has no such header.
            if (request.version() == HttpVersion.HTTP_1_1) ctx.response().putHeader("Upgrade", "websocket");
            new Problem(426, "upgrade-required", "This is a WebSocket", "connect with a WebSocket client").answer(ctx);
            return;
        }
        HttpConnection connection = request.connection();
        request.toWebSocket()
                .onSuccess(socket -> onOpen.accept(
                        new ClientSocket(vertx, socket, connection, settings.sockets(), accepted.token())))
                .onFailure(failure -> LOG.debug("a WebSocket could not be opened: {}", failure.toString()));
    }

    private static Optional<AgentId> agentOf(Check.Accepted accepted) {
        return accepted.user().roles().contains(Role.AGENT) ? accepted.user().agent() : Optional.empty();
    }
}
