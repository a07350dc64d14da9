package org.helpline.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.helpline.gateway.GatewayWatch.Kind;
import org.helpline.gateway.Tokens.Check;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.gateway.sip.BrowserPhones;
import org.helpline.gateway.sip.SipRoutes;
import org.helpline.gateway.sip.SipSettings;
import org.helpline.router.AgentId;
import org.helpline.router.RoutingSnapshot;
import org.helpline.router.RoutingState;

/// What agents, supervisors and wallboards connect to: the pages, `/v1/login`, `/v1/logout`, `/v1/inquiries`,
/// `/v1/directory`, `/v1/sip-ticket`, `/v1/drain`, and the sockets `/v1/agent`, `/v1/supervisor`, `/v1/live`
/// and `/v1/sip`.
///
/// It never touches the routing owner's state. It gets the domain's events ([#publish]), applies them to a
/// replica on a context of its own and tells each desktop what they mean; commands go the other way through
/// [RoutingPort].
public final class AgentGateway {
    private final Vertx vertx;
    private final GatewayPorts ports;
    private final Context context;
    private final Tokens tokens;
    private final Door door;
    private final SignInRoutes signIn;
    private final GatewaySettings settings;
    /// On the gateway's context.
    private Audience audience;

    private final PageRoutes pages;
    private final PhoneDoor phoneDoor;
    private SipRoutes sip;
    private Optional<DrainRoutes> drain = Optional.empty();
    private final List<Long> timers;

    /// A gateway without lists to choose from and without records.
    ///
    /// @param users asked at each use, so that a reloaded file counts at once
    public AgentGateway(
            Vertx vertx,
            GatewaySettings settings,
            Supplier<UserDirectory> users,
            RoutingPort routing,
            RevokedTokens revoked,
            Clock clock) {
        this(vertx, settings, new GatewayPorts(users, routing, revoked, clock));
    }

    public AgentGateway(Vertx vertx, GatewaySettings settings, GatewayPorts ports) {
        this.vertx = vertx;
        this.settings = settings;
        this.ports = ports;
        // A context of its own whoever calls: the public way to make one would share the caller's.
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.tokens = new Tokens(vertx, settings, ports.users(), ports.revoked(), ports.clock());
        this.door = new Door(vertx, settings, tokens, ports.watch());
        this.signIn = new SignInRoutes(
                vertx,
                settings.signIn(),
                ports.users(),
                tokens,
                ports.revoked(),
                ports.clock(),
                () -> context.runOnContext(v -> checkTokens()),
                ports.watch());
        this.audience =
                audience(new RoutingState(), new DeskNumbers(), ports.clock().instant());
        this.pages = new PageRoutes(vertx);
        this.phoneDoor = new PhoneDoor(tokens, settings.signIn().allowedOrigins());
        this.sip = new SipRoutes(vertx, context, SipSettings.DEFAULT, phoneDoor, Optional.empty(), ports.clock());
        this.timers = List.of(
                every(settings.sockets().pingInterval().toMillis(), this::checkSockets),
                every(settings.live().interval().toMillis(), () -> audience.live.push()),
                every(settings.floor().interval().toMillis(), () -> audience.supervisors.push()));
    }

    private Audience audience(RoutingState replica, DeskNumbers numbers, Instant begun) {
        return new Audience(settings, ports, tokens, signIn::revoke, context, replica, numbers, begun);
    }

    /// Starts from what an earlier run left in the journal: the state as a snapshot has it, and all entries
    /// since, which are what desks that come back can have missed. Works on the calling thread, in proportion
    /// to both, so not on an event loop; before the first [#publish], and before anyone can connect.
    ///
    /// @param since its first entry follows the snapshot's last, even when there is none
    public Future<Void> recovered(RoutingSnapshot snapshot, Journalled since) {
        DeskNumbers numbers = new DeskNumbers();
        numbers.startAfter(since.firstEntry() - 1);
        Instant begun = since.events().stream()
                .findFirst()
                .map(first -> first.event().at())
                .orElseGet(() -> ports.clock().instant());
        Audience recovered = audience(RoutingState.restore(snapshot), numbers, begun);
        recovered.catchUp(snapshot, since);
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            audience = recovered;
            audience.caughtUp();
            vertx.timer(Math.max(1, settings.floor().returnWithin().toMillis()), TimeUnit.MILLISECONDS)
                    .onSuccess(_ -> context.runOnContext(alsoIgnored -> audience.supervisors.endUnseen()));
            done.complete();
        });
        return done.future();
    }

    private long every(long millis, Runnable work) {
        return vertx.setPeriodic(millis, id -> context.runOnContext(v -> work.run()));
    }

    /// Lets browsers be phones. To be called before [#mount]; without it there are desk phones only.
    public void phones(BrowserPhones phones, SipSettings limits) {
        sip = new SipRoutes(vertx, context, limits, phoneDoor, Optional.of(phones), ports.clock());
    }

    /// Lets the domain be drained over HTTP. To be called before [#mount]; without it that is not to be had.
    public void operated(DrainPort by, OperatorKey key) {
        drain = Optional.of(new DrainRoutes(door, by, key));
    }

    /// Where everything of the gateway runs that is not of one connection.
    public Context context() {
        return context;
    }

    /// Adds the gateway's routes, and answers as problem documents for all that the router itself refuses.
    public void mount(Router router) {
        Problem.mount(router);
        signIn.mount(router);
        router.get("/v1/agent").handler(this::agentSocket);
        router.get("/v1/supervisor").handler(this::supervisorSocket);
        router.get("/v1/live").handler(this::liveSocket);
        router.get("/v1/inquiries").handler(this::inquiries);
        router.get("/v1/directory").handler(this::directory);
        drain.ifPresent(routes -> routes.mount(router));
        sip.mount(router);
        pages.mount(router);
    }

    /// Takes what the journal got, from any thread. What one thread gives is seen in the order it was given.
    public void publish(Journalled entries) {
        context.runOnContext(ignored -> audience.hear(entries));
    }

    /// Closes all sockets without telling the routing domain that agents left: it is the server that leaves.
    public Future<Void> close() {
        timers.forEach(vertx::cancelTimer);
        Promise<Void> closed = Promise.promise();
        context.runOnContext(ignored -> {
            audience.close();
            sip.close();
            closed.complete();
        });
        return closed.future();
    }

    private void checkSockets() {
        checkTokens();
        audience.desks.sockets().forEach(ClientSocket::ping);
        audience.supervisors.sockets().forEach(ClientSocket::ping);
        audience.live.sockets().forEach(ClientSocket::ping);
        sip.checkSockets();
    }

    private void checkTokens() {
        sip.checkTokens();
        for (AgentDesk desk : audience.desks.all()) {
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
        for (ClientSocket socket : audience.supervisors.sockets()) {
            switch (tokens.check(socket.token())) {
                case Check.Refused _ -> socket.close(CloseReason.TOKEN_VOID);
                case Check.Accepted accepted -> {
                    if (!SupervisorDesks.isSupervisor(accepted.user())) socket.close(CloseReason.NOT_A_SUPERVISOR);
                }
            }
        }
        for (ClientSocket socket : audience.live.sockets()) {
            if (tokens.check(socket.token()) instanceof Check.Refused) socket.close(CloseReason.TOKEN_VOID);
        }
    }

    private void agentSocket(RoutingContext ctx) {
        door.signedIn(ctx).ifPresent(accepted -> {
            Optional<AgentId> agent = agentOf(accepted);
            if (agent.isEmpty()) {
                Problem problem = Problem.forbidden("not-an-agent", "the user does not work as an agent");
                door.refuse(ctx, accepted.user().name(), problem);
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
            door.upgrade(ctx, accepted, Kind.AGENT, socket -> openDesk(socket, agent.get(), after));
        });
    }

    private void openDesk(ClientSocket socket, AgentId agent, OptionalLong after) {
        socket.listen(
                context,
                text -> audience.desks.heard(audience.desks.desk(agent), socket, text),
                () -> audience.desks.leave(audience.desks.desk(agent), socket));
        context.runOnContext(ignored -> audience.desks.enter(audience.desks.desk(agent), socket, after));
    }

    private void supervisorSocket(RoutingContext ctx) {
        door.signedIn(ctx).ifPresent(accepted -> {
            if (!SupervisorDesks.isSupervisor(accepted.user())) {
                Problem problem = Problem.forbidden("not-a-supervisor", "the user is neither supervisor nor admin");
                door.refuse(ctx, accepted.user().name(), problem);
                return;
            }
            door.upgrade(ctx, accepted, Kind.SUPERVISOR, socket -> {
                socket.listen(
                        context,
                        text -> audience.supervisors.heard(socket, text),
                        () -> audience.supervisors.leave(socket));
                context.runOnContext(ignored -> audience.supervisors.enter(socket));
            });
        });
    }

    private void liveSocket(RoutingContext ctx) {
        door.signedIn(ctx)
                .ifPresent(accepted -> door.upgrade(ctx, accepted, Kind.LIVE, socket -> {
                    socket.listen(
                            context, text -> audience.live.heard(socket, text), () -> audience.live.leave(socket));
                    context.runOnContext(ignored -> audience.live.enter(socket));
                }));
    }

    private void inquiries(RoutingContext ctx) {
        if (door.signedIn(ctx).isEmpty()) return;
        answer(ctx, DeskLists.inquiries(ports.catalogue().get()));
    }

    private void directory(RoutingContext ctx) {
        door.signedIn(ctx).ifPresent(accepted -> {
            Context back = vertx.getOrCreateContext();
            context.runOnContext(ignored -> {
                JsonObject directory = DeskLists.directory(
                        audience.replica, ports.catalogue().get(), audience.transferNumbers(), accepted.user());
                back.runOnContext(alsoIgnored -> answer(ctx, directory));
            });
        });
    }

    private static void answer(RoutingContext ctx, JsonObject list) {
        String text = list.encode();
        String etag = DeskLists.etag(text);
        ctx.response().putHeader("ETag", etag).putHeader("Cache-Control", "private, no-cache");
        if (etag.equals(ctx.request().getHeader("If-None-Match"))) {
            ctx.response().setStatusCode(304).end();
        } else {
            ctx.response().putHeader("Content-Type", "application/json").end(text);
        }
    }

    private static Optional<AgentId> agentOf(Check.Accepted accepted) {
        return accepted.user().roles().contains(Role.AGENT) ? accepted.user().agent() : Optional.empty();
    }
}
