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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.helpline.gateway.GatewayWatch.Kind;
import org.helpline.gateway.Projection.Told;
import org.helpline.gateway.Tokens.Check;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.gateway.sip.BrowserPhones;
import org.helpline.gateway.sip.SipRoutes;
import org.helpline.gateway.sip.SipSettings;
import org.helpline.router.AgentId;
import org.helpline.router.Event;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.ContactView;

/// What agents, supervisors and wallboards connect to: the pages, `/v1/login`, `/v1/logout`, `/v1/inquiries`,
/// `/v1/directory`, `/v1/sip-ticket`, and the sockets `/v1/agent`, `/v1/supervisor`, `/v1/live` and `/v1/sip`.
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
    private final RoutingState replica = new RoutingState();
    private final CallerFacts callers;
    private final Projection projection;
    private final LiveMetrics metrics;
    private final AgentDesks desks;
    private final SupervisorDesks supervisors;
    private final LiveFeed live;
    private final PageRoutes pages;
    private final PhoneDoor phoneDoor;
    private SipRoutes sip;
    private final List<Long> timers;
    private List<String> transferNumbers = List.of();

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
        this.callers = new CallerFacts(replica, ports.history(), context);
        this.projection = new Projection(replica, callers);
        this.metrics = new LiveMetrics(replica, settings.live());
        this.desks = new AgentDesks(settings.sockets(), projection, ports, signIn::revoke, context);
        this.callers.onLearnt(
                contact -> desks.tell(projection.retell(contact, ports.clock().instant())));
        this.supervisors = new SupervisorDesks(settings, replica, ports.routing(), ports.catalogue(), tokens);
        this.live = new LiveFeed(settings.sockets(), metrics, ports.clock());
        this.pages = new PageRoutes(vertx);
        this.phoneDoor = new PhoneDoor(tokens, settings.signIn().allowedOrigins());
        this.sip = new SipRoutes(vertx, context, SipSettings.DEFAULT, phoneDoor, Optional.empty(), ports.clock());
        this.timers = List.of(
                every(settings.sockets().pingInterval().toMillis(), this::checkSockets),
                every(settings.live().interval().toMillis(), live::push),
                every(settings.floor().interval().toMillis(), supervisors::push));
    }

    private long every(long millis, Runnable work) {
        return vertx.setPeriodic(millis, id -> context.runOnContext(v -> work.run()));
    }

    /// Lets browsers be phones. To be called before [#mount]; without it there are desk phones only.
    public void phones(BrowserPhones phones, SipSettings limits) {
        sip = new SipRoutes(vertx, context, limits, phoneDoor, Optional.of(phones), ports.clock());
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
        sip.mount(router);
        pages.mount(router);
    }

    /// Takes the domain's events, from any thread. Events given by one thread are seen in the order they were
    /// given.
    public void publish(List<Event> events) {
        List<Event> taken = List.copyOf(events);
        context.runOnContext(ignored -> {
            List<Told> told = projection.apply(taken, this::observe);
            desks.tell(told);
        });
    }

    private void observe(Event event, Optional<ContactView> before) {
        if (event instanceof Event.DomainConfigured configured) {
            transferNumbers = configured.settings().transferNumbers();
        }
        callers.observe(event);
        metrics.observe(event);
        supervisors.observe(event, before);
    }

    /// Closes all sockets without telling the routing domain that agents left: it is the server that leaves.
    public Future<Void> close() {
        timers.forEach(vertx::cancelTimer);
        Promise<Void> closed = Promise.promise();
        context.runOnContext(ignored -> {
            desks.close();
            supervisors.close();
            live.close();
            sip.close();
            closed.complete();
        });
        return closed.future();
    }

    private void checkSockets() {
        checkTokens();
        desks.sockets().forEach(ClientSocket::ping);
        supervisors.sockets().forEach(ClientSocket::ping);
        live.sockets().forEach(ClientSocket::ping);
        sip.checkSockets();
    }

    private void checkTokens() {
        sip.checkTokens();
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
        for (ClientSocket socket : supervisors.sockets()) {
            switch (tokens.check(socket.token())) {
                case Check.Refused _ -> socket.close(CloseReason.TOKEN_VOID);
                case Check.Accepted accepted -> {
                    if (!SupervisorDesks.isSupervisor(accepted.user())) socket.close(CloseReason.NOT_A_SUPERVISOR);
                }
            }
        }
        for (ClientSocket socket : live.sockets()) {
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
                text -> desks.heard(desks.desk(agent), socket, text),
                () -> desks.leave(desks.desk(agent), socket));
        context.runOnContext(ignored -> desks.enter(desks.desk(agent), socket, after));
    }

    private void supervisorSocket(RoutingContext ctx) {
        door.signedIn(ctx).ifPresent(accepted -> {
            if (!SupervisorDesks.isSupervisor(accepted.user())) {
                Problem problem = Problem.forbidden("not-a-supervisor", "the user is neither supervisor nor admin");
                door.refuse(ctx, accepted.user().name(), problem);
                return;
            }
            door.upgrade(ctx, accepted, Kind.SUPERVISOR, socket -> {
                socket.listen(context, text -> supervisors.heard(socket, text), () -> supervisors.leave(socket));
                context.runOnContext(ignored -> supervisors.enter(socket));
            });
        });
    }

    private void liveSocket(RoutingContext ctx) {
        door.signedIn(ctx)
                .ifPresent(accepted -> door.upgrade(ctx, accepted, Kind.LIVE, socket -> {
                    socket.listen(context, text -> live.heard(socket, text), () -> live.leave(socket));
                    context.runOnContext(ignored -> live.enter(socket));
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
                JsonObject directory =
                        DeskLists.directory(replica, ports.catalogue().get(), transferNumbers, accepted.user());
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
