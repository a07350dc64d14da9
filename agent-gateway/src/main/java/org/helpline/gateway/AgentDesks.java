package org.helpline.gateway;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
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
    private final Predicate<Tokens.Token> revoke;
    private final Context context;
    private final Clock clock;
    private final Map<AgentId, AgentDesk> desks = new HashMap<>();
    private final long firstSeq;
    private boolean closed;

    AgentDesks(
            GatewaySettings.Sockets settings,
            Projection projection,
            RoutingPort routing,
            Predicate<Tokens.Token> revoke,
            Context context,
            Clock clock) {
        this.settings = settings;
        this.projection = projection;
        this.routing = routing;
        this.revoke = revoke;
        this.context = context;
        this.clock = clock;
        // Numbers of a later start are above those of an earlier one, as long as no agent is sent a thousand
        // messages in each millisecond; so an `after` of another run is known by its size.
        this.firstSeq = clock.millis() * 1_000;
    }

    AgentDesk desk(AgentId agent) {
        return desks.computeIfAbsent(agent, id -> new AgentDesk(id, firstSeq, settings.resumeLog()));
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
        ClientMessage message = ClientMessage.read(text, desk.agent());
        if (!(message instanceof ClientMessage.Malformed)) socket.wellFormed();
        switch (message) {
            case ClientMessage.Malformed(String what) -> socket.malformed(what);
            case ClientMessage.Unknown(Object id, String type) ->
                socket.send(ClientMessage.refused(id, "unknown-type", "there is no message of type " + type));
            case ClientMessage.Faulty faulty -> socket.send(ClientMessage.refused(faulty));
            case ClientMessage.Command command -> submit(desk, socket, command);
        }
    }

    private void submit(AgentDesk desk, ClientSocket socket, ClientMessage.Command command) {
        if (!socket.startCommand()) {
            socket.send(ClientMessage.refused(
                    command.id(), "busy", "more than " + settings.maxInFlight() + " commands are unanswered"));
            return;
        }
        routing.submit(command.input()).onComplete(answer -> {
            socket.endCommand();
            answered(desk, socket, command, answer);
        });
    }

    private void answered(
            AgentDesk desk, ClientSocket socket, ClientMessage.Command command, AsyncResult<Optional<Refusal>> answer) {
        if (answer.failed()) {
            LOG.error("{} of agent {} failed", command.type().word(), desk.agent(), answer.cause());
            socket.send(ClientMessage.refused(command.id(), "failed", "the server could not carry it out"));
            return;
        }
        if (answer.result().isPresent()) {
            Refusal refusal = answer.result().get();
            LOG.info("{} of agent {} refused: {}", command.type().word(), desk.agent(), refusal.reason());
            socket.send(ClientMessage.refused(command.id(), refusal.reason(), refusal.message()));
            return;
        }
        if (command.type() == ClientMessage.Type.SIGN_OUT) signOut(desk, socket, command.id());
        else socket.send(ClientMessage.done(command.id()));
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
            AgentDesk desk = desks.get(message.agent());
            if (desk != null) desk.post(message.type(), message.body(), message.expiresAt(), clock.instant());
        }
    }

    void close() {
        closed = true;
        sockets().forEach(socket -> socket.close(CloseReason.GOING_AWAY));
    }
}
