package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.AsyncResult;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.helpline.gateway.Tokens.Check;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.gateway.UserDirectory.User;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingState;
import org.helpline.router.SupervisorId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of supervisors: their commands go to the routing domain, the floor comes back. Whether the user still is
/// a supervisor is asked at each command. Everything a supervisor does is logged with who did it and to what. Runs on
/// the gateway's context.
final class SupervisorDesks {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorDesks.class);

    private final GatewaySettings settings;
    private final RoutingState replica;
    private final Floor floor;
    private final RoutingPort routing;
    private final Supplier<Catalogue> catalogue;
    private final Supplier<List<Notice>> notices;
    private final Tokens tokens;
    private final Set<ClientSocket> sockets = new LinkedHashSet<>();
    private final Set<ClientSocket> subscribed = new LinkedHashSet<>();
    private List<Notice> noticed = List.of();
    private long seq;
    private boolean closed;

    SupervisorDesks(GatewaySettings settings, RoutingState replica, GatewayPorts ports, Tokens tokens) {
        this.settings = settings;
        this.replica = replica;
        this.floor = new Floor(replica);
        this.routing = ports.routing();
        this.catalogue = ports.catalogue();
        this.notices = ports.notices();
        this.tokens = tokens;
    }

    enum Type {
        FLOOR,
        FLOOR_CHANGED,
        SUPERVISION
    }

    static boolean isSupervisor(User user) {
        return user.roles().contains(Role.SUPERVISOR) || user.roles().contains(Role.ADMIN);
    }

    List<ClientSocket> sockets() {
        return List.copyOf(sockets);
    }

    void enter(ClientSocket socket) {
        if (closed) socket.close(CloseReason.GOING_AWAY);
        if (socket.isClosed()) return;
        if (sockets.size() >= settings.floor().maxSockets()) {
            socket.close(CloseReason.TOO_MANY_SOCKETS);
            return;
        }
        sockets.add(socket);
        LOG.info("supervisor {} connected", user(socket));
    }

    /// Nobody listens in who cannot be seen to: with the last socket of a supervisor its supervision ends.
    void leave(ClientSocket socket) {
        subscribed.remove(socket);
        if (subscribed.isEmpty()) floor.looked();
        if (!sockets.remove(socket) || closed) return;
        LOG.info("supervisor {} disconnected", user(socket));
        endUnseen(new SupervisorId(user(socket)));
    }

    /// Ends the supervisions of an earlier run whose supervisors have not come back.
    void endUnseen() {
        if (closed) return;
        replica.supervisions().forEach(view -> endUnseen(view.supervisor()));
    }

    private void endUnseen(SupervisorId supervisor) {
        boolean here = sockets.stream().anyMatch(other -> user(other).equals(supervisor.value()));
        boolean supervises = replica.supervisions().stream()
                .anyMatch(view -> view.supervisor().equals(supervisor));
        if (here || !supervises) return;
        routing.submit(new Input.EndSupervision(supervisor))
                .onFailure(failure -> LOG.error("the supervision of {} cannot be ended", supervisor, failure));
    }

    void heard(ClientSocket socket, String text) {
        switch (ClientMessage.read(text)) {
            case ClientMessage.Malformed(String what) -> socket.malformed(what);
            case ClientMessage.Faulty(Object id, var fault) -> {
                socket.wellFormed();
                socket.send(ClientMessage.refused(id, fault));
            }
            case ClientMessage.Request request -> {
                socket.wellFormed();
                if (stillSupervisor(socket, request)) carryOut(socket, request);
            }
        }
    }

    private boolean stillSupervisor(ClientSocket socket, ClientMessage.Request request) {
        if (tokens.check(socket.token()) instanceof Check.Accepted accepted && isSupervisor(accepted.user())) {
            return true;
        }
        LOG.warn("{} by {} refused: not-a-supervisor", printable(request.type()), user(socket));
        socket.send(ClientMessage.refused(request.id(), "not-a-supervisor", "the user is no supervisor any more"));
        socket.close(CloseReason.NOT_A_SUPERVISOR);
        return false;
    }

    private void carryOut(ClientSocket socket, ClientMessage.Request request) {
        Optional<SupervisorCommand.Type> type = SupervisorCommand.Type.of(request.type());
        if (type.isEmpty()) {
            socket.send(ClientMessage.unknownType(request));
            return;
        }
        SupervisorCommand command;
        try {
            command = SupervisorCommand.read(
                    type.get(), request.fields(), new SupervisorId(user(socket)), catalogue.get());
        } catch (MessageFields.Invalid fault) {
            LOG.info("{} by supervisor {} refused: invalid {}", type.get().word(), user(socket), fault.field());
            socket.send(ClientMessage.refused(request.id(), fault));
            return;
        }
        switch (command) {
            case SupervisorCommand.Subscribe _ -> {
                socket.send(ClientMessage.done(request.id()));
                subscribe(socket);
            }
            case SupervisorCommand.Route route -> submit(socket, request.id(), route);
        }
    }

    private void submit(ClientSocket socket, Object id, SupervisorCommand.Route command) {
        if (!socket.startCommand()) {
            socket.send(ClientMessage.refused(
                    id, "busy", "more than " + settings.sockets().maxInFlight() + " commands are unanswered"));
            return;
        }
        routing.submit(command.input()).onComplete(answer -> {
            socket.endCommand();
            answered(socket, id, command, answer);
        });
    }

    private static void answered(
            ClientSocket socket, Object id, SupervisorCommand.Route command, AsyncResult<Optional<Refusal>> answer) {
        String word = command.type().word();
        if (answer.failed()) {
            LOG.error("{} of {} by supervisor {} failed", word, command.target(), user(socket), answer.cause());
            socket.send(ClientMessage.refused(id, "failed", "the server could not carry it out"));
        } else if (answer.result().isPresent()) {
            Refusal refusal = answer.result().get();
            LOG.info("{} of {} by supervisor {} refused: {}", word, command.target(), user(socket), refusal.reason());
            socket.send(ClientMessage.refused(id, refusal.reason(), refusal.message()));
        } else {
            LOG.info("{} of {} by supervisor {} done", word, command.target(), user(socket));
            socket.send(ClientMessage.done(id));
        }
    }

    /// The others are brought to the same point first, so that one message serves all afterwards.
    private void subscribe(ClientSocket socket) {
        push();
        floor.looked();
        JsonObject message = new JsonObject()
                .put("type", word(Type.FLOOR))
                .put("seq", seq)
                .put("user", user(socket))
                .put("languages", names(catalogue.get().languages()))
                .put("skills", names(catalogue.get().skills()))
                .put("notices", Notice.json(noticed))
                .mergeIn(floor.snapshot());
        replica.supervisions().stream()
                .filter(view -> view.supervisor().value().equals(user(socket)))
                .findFirst()
                .ifPresent(view -> message.put(
                        "supervision",
                        Floor.supervision(view).put("contactId", view.contact().value())));
        socket.send(message);
        if (!socket.isClosed()) subscribed.add(socket);
    }

    private static JsonObject names(Map<String, String> names) {
        JsonObject json = new JsonObject();
        names.forEach(json::put);
        return json;
    }

    /// Takes an event that the replica has applied.
    void observe(Event event, Optional<RoutingState.ContactView> before) {
        // Without subscribers nothing is kept: the first one gets all there is.
        if (!subscribed.isEmpty()) floor.observe(event, before);
        switch (event) {
            case Event.SupervisionRequested e ->
                supervision(e.supervisor(), e.contact(), e.agent(), word(e.mode()), "ringing", Optional.empty());
            case Event.SupervisionStarted e ->
                supervision(e.supervisor(), e.contact(), e.agent(), word(e.mode()), "listening", Optional.empty());
            case Event.SupervisionChanged e ->
                supervision(e.supervisor(), e.contact(), e.agent(), word(e.mode()), "listening", Optional.empty());
            case Event.SupervisionEnded e ->
                supervision(e.supervisor(), e.contact(), e.agent(), "none", "ended", Optional.of(word(e.outcome())));
            default -> {}
        }
    }

    private void supervision(
            SupervisorId supervisor,
            ContactId contact,
            AgentId agent,
            String mode,
            String state,
            Optional<String> outcome) {
        JsonObject message = new JsonObject()
                .put("type", word(Type.SUPERVISION))
                .put("contactId", contact.value())
                .put("agentId", agent.value())
                .put("mode", mode)
                .put("state", state);
        outcome.ifPresent(word -> message.put("outcome", word));
        for (ClientSocket socket : sockets()) {
            if (user(socket).equals(supervisor.value())) socket.send(message);
        }
    }

    /// Tells what has changed since the last time, to all subscribers the same.
    void push() {
        List<Notice> newest = notices.get();
        boolean news = !newest.equals(noticed);
        noticed = newest;
        if (subscribed.isEmpty() || !(news || floor.isTouched())) return;
        seq++;
        JsonObject message = new JsonObject()
                .put("type", word(Type.FLOOR_CHANGED))
                .put("seq", seq)
                .mergeIn(floor.changes());
        if (news) message.put("notices", Notice.json(noticed));
        String text = message.encode();
        floor.looked();
        List.copyOf(subscribed).forEach(socket -> socket.send(text));
    }

    void close() {
        closed = true;
        sockets().forEach(socket -> socket.close(CloseReason.GOING_AWAY));
    }

    private static String user(ClientSocket socket) {
        return socket.token().user();
    }

    /// What a stranger typed goes into the log without line ends or escapes.
    private static String printable(String word) {
        return word.replaceAll("[^A-Za-z0-9-]", "?");
    }
}
