package org.helpline.gateway;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.helpline.gateway.Projection.Told;
import org.helpline.router.AgentId;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingState.AgentView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All agents' desks: takes their sockets in, carries their commands to the routing domain and its events
/// back. Everything here runs on the gateway's context.
final class AgentDesks {
    private static final Logger LOG = LoggerFactory.getLogger(AgentDesks.class);

    private final GatewaySettings.Sockets settings;
    private final Projection projection;
    private final RoutingPort routing;
    private final Supplier<Catalogue> catalogue;
    private final Predicate<Tokens.Token> revoke;
    private final Context context;
    private final Clock clock;
    private final Map<AgentId, AgentDesk> desks = new HashMap<>();
    private final Set<AgentDesk> late = new LinkedHashSet<>();
    private final DeskNumbers numbers;
    private boolean closed;

    AgentDesks(
            GatewaySettings.Sockets settings,
            Projection projection,
            DeskNumbers numbers,
            GatewayPorts ports,
            Predicate<Tokens.Token> revoke,
            Context context) {
        this.settings = settings;
        this.projection = projection;
        this.routing = ports.routing();
        this.catalogue = ports.catalogue();
        this.revoke = revoke;
        this.context = context;
        this.clock = ports.clock();
        this.numbers = numbers;
    }

    AgentDesk desk(AgentId agent) {
        return desks.computeIfAbsent(agent, id -> new AgentDesk(id, new DeskLog(numbers, settings.resumeLog())));
    }

    List<AgentDesk> all() {
        return List.copyOf(desks.values());
    }

    List<ClientSocket> sockets() {
        return desks.values().stream().flatMap(desk -> desk.open().stream()).toList();
    }

    void enter(AgentDesk desk, ClientSocket socket, OptionalLong after) {
        if (closed) socket.close(CloseReason.GOING_AWAY);
        if (socket.isClosed()) return;
        if (desk.open().size() >= settings.maxPerAgent()) {
            socket.close(CloseReason.TOO_MANY_SOCKETS);
            return;
        }
        if (desk.enter(socket)) {
            LOG.info("agent {} connected as {}", desk.agent(), socket.token().user());
            desk.connected(routing.submit(new Input.AgentConnected(desk.agent())));
        }
        desk.connected().onComplete(answer -> welcome(desk, socket, after, answer));
    }

    private void welcome(
            AgentDesk desk, ClientSocket socket, OptionalLong after, AsyncResult<Optional<Refusal>> answer) {
        if (socket.isClosed()) return;
        if (answer.failed()) {
            LOG.error("agent {} cannot be connected", desk.agent(), answer.cause());
            socket.close(CloseReason.SERVER_FAILED);
            return;
        }
        Optional<AgentView> agent = projection.agent(desk.agent());
        if (answer.result().isPresent() || agent.isEmpty()) {
            LOG.warn(
                    "agent {} was not taken: {}",
                    desk.agent(),
                    answer.result().map(Refusal::message).orElse("it is not configured"));
            socket.close(CloseReason.NOT_AN_AGENT);
            return;
        }
        JsonObject snapshot = projection
                .snapshot(agent.get(), clock.instant())
                .put(
                        "settings",
                        new JsonObject()
                                .put(
                                        "offerOn",
                                        MessageFields.word(
                                                agent.get().settings().offerOn()))
                                .put("maxFrameBytes", settings.maxFrameBytes())
                                .put("pingIntervalMs", settings.pingInterval().toMillis())
                                .put(
                                        "tokenExpiresAt",
                                        socket.token().expiresAt().toString()));
        desk.welcome(socket, after, snapshot, clock.instant());
    }

    void leave(AgentDesk desk, ClientSocket socket) {
        if (!desk.leave(socket) || closed) return;
        LOG.info("agent {} disconnected", desk.agent());
        routing.submit(new Input.AgentDisconnected(desk.agent()))
                .onFailure(failure -> LOG.error("agent {} cannot be disconnected", desk.agent(), failure));
    }

    void heard(AgentDesk desk, ClientSocket socket, String text) {
        switch (ClientMessage.read(text)) {
            case ClientMessage.Malformed(String what) -> socket.malformed(what);
            case ClientMessage.Faulty(Object id, var fault) -> {
                socket.wellFormed();
                socket.send(ClientMessage.refused(id, fault));
            }
            case ClientMessage.Request request -> {
                socket.wellFormed();
                carryOut(desk, socket, request);
            }
        }
    }

    private void carryOut(AgentDesk desk, ClientSocket socket, ClientMessage.Request request) {
        Optional<AgentCommand.Type> type = AgentCommand.Type.of(request.type());
        if (type.isEmpty()) {
            unknown(desk, socket, request);
            return;
        }
        try {
            submit(
                    desk,
                    socket,
                    request.id(),
                    AgentCommand.read(type.get(), request.fields(), desk.agent(), catalogue.get()));
        } catch (MessageFields.Invalid fault) {
            socket.send(ClientMessage.refused(request.id(), fault));
        }
    }

    /// A supervisor's command here is worth a line in the log: somebody tries what is not theirs.
    private static void unknown(AgentDesk desk, ClientSocket socket, ClientMessage.Request request) {
        if (SupervisorCommand.Type.of(request.type()).isEmpty()) {
            socket.send(ClientMessage.unknownType(request));
            return;
        }
        LOG.warn("{} of agent {} refused: not-a-supervisor", request.type(), desk.agent());
        socket.send(ClientMessage.refused(
                request.id(), "not-a-supervisor", request.type() + " is for supervisors, at /v1/supervisor"));
    }

    private static void refused(
            AgentDesk desk, ClientSocket socket, Object id, AgentCommand.Type type, Refusal refusal) {
        LOG.info("{} of agent {} refused: {}", type.word(), desk.agent(), refusal.reason());
        socket.send(ClientMessage.refused(id, refusal.reason(), refusal.message()));
    }

    private void submit(AgentDesk desk, ClientSocket socket, Object id, AgentCommand command) {
        if (!socket.startCommand()) {
            socket.send(ClientMessage.refused(
                    id, "busy", "more than " + settings.maxInFlight() + " commands are unanswered"));
            return;
        }
        routing.submit(command.input()).onComplete(answer -> {
            socket.endCommand();
            answered(desk, socket, id, command.type(), answer);
        });
    }

    private void answered(
            AgentDesk desk,
            ClientSocket socket,
            Object id,
            AgentCommand.Type type,
            AsyncResult<Optional<Refusal>> answer) {
        if (answer.failed()) {
            LOG.error("{} of agent {} failed", type.word(), desk.agent(), answer.cause());
            socket.send(ClientMessage.refused(id, "failed", "the server could not carry it out"));
        } else if (answer.result().isPresent()) {
            refused(desk, socket, id, type, answer.result().get());
        } else if (type == AgentCommand.Type.SIGN_OUT) {
            signOut(desk, socket, id);
        } else {
            socket.send(ClientMessage.done(id));
        }
    }

    /// Signs out every tab: one that stayed signed in would come back by itself and sign the agent in again.
    private void signOut(AgentDesk desk, ClientSocket socket, Object id) {
        List<Tokens.Token> tokens =
                desk.open().stream().map(ClientSocket::token).distinct().toList();
        desk.signingOut(true);
        Thread.ofVirtual().name("revoke").start(() -> {
            boolean kept = tokens.stream().map(revoke::test).reduce(true, Boolean::logicalAnd);
            context.runOnContext(ignored -> {
                socket.send(
                        kept
                                ? ClientMessage.done(id)
                                : ClientMessage.refused(id, "failed", "signed out, but perhaps not beyond a restart"));
                desk.open().forEach(tab -> tab.close(CloseReason.SIGNED_OUT));
                desk.signingOut(false);
            });
        });
    }

    void tell(List<Told> told) {
        for (Told message : told) {
            AgentDesk desk = desk(message.agent());
            desk.post(message, clock.instant());
            if (desk.holdsBack()) late.add(desk);
        }
    }

    /// The journal has new entries, and what they led to was told: now there is room for what was held back.
    void tellLate() {
        if (late.isEmpty()) return;
        List.copyOf(late).forEach(desk -> desk.postLate(clock.instant()));
        late.removeIf(desk -> !desk.holdsBack());
    }

    void close() {
        closed = true;
        sockets().forEach(socket -> socket.close(CloseReason.GOING_AWAY));
    }
}
