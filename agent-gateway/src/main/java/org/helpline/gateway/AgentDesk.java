package org.helpline.gateway;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.helpline.gateway.Projection.Told;
import org.helpline.router.AgentId;
import org.helpline.router.Refusal;

/// One agent's sockets (tabs) and the numbered messages that all of them get.
final class AgentDesk {
    private final AgentId agent;
    private final DeskLog log;
    private final Set<ClientSocket> open = new LinkedHashSet<>();
    private final Set<ClientSocket> welcomed = new LinkedHashSet<>();
    private boolean signingOut;
    private Future<Optional<Refusal>> connected = Future.succeededFuture(Optional.empty());

    AgentDesk(AgentId agent, DeskLog log) {
        this.agent = agent;
        this.log = log;
    }

    AgentId agent() {
        return agent;
    }

    List<ClientSocket> open() {
        return new ArrayList<>(open);
    }

    /// Takes a socket in; true when it is the first.
    boolean enter(ClientSocket socket) {
        open.add(socket);
        return open.size() == 1;
    }

    /// True when this was the last socket.
    boolean leave(ClientSocket socket) {
        welcomed.remove(socket);
        return open.remove(socket) && open.isEmpty();
    }

    /// How the routing domain answered to the first socket; later sockets wait for the same answer.
    Future<Optional<Refusal>> connected() {
        return connected;
    }

    void connected(Future<Optional<Refusal>> answer) {
        connected = answer;
    }

    /// While the tokens are being voided the sockets stay for the answer; afterwards they are closed.
    boolean signingOut() {
        return signingOut;
    }

    void signingOut(boolean now) {
        signingOut = now;
    }

    void post(Told told, Instant now) {
        log.add(told).ifPresent(message -> send(message, now));
    }

    /// Whether a message waits until the journal has a new entry.
    boolean holdsBack() {
        return log.holdsBack();
    }

    void postLate(Instant now) {
        log.late().ifPresent(message -> send(message, now));
    }

    private void send(DeskLog.Message message, Instant now) {
        if (welcomed.isEmpty()) return;
        String text = message.text(now);
        for (ClientSocket socket : new ArrayList<>(welcomed)) socket.send(text);
    }

    /// Sends the snapshot and, when `after` is given and known, what was missed since. The socket gets all
    /// that follows.
    void welcome(ClientSocket socket, OptionalLong after, JsonObject snapshot, Instant now) {
        boolean reset = after.isPresent() && !log.canResume(after.getAsLong());
        long from = log.enter(after);
        socket.send(new JsonObject()
                .put("type", MessageFields.word(ServerMessage.Type.WELCOME))
                .put("seq", from)
                .put("snapshotSeq", log.last())
                .put("reset", reset)
                .mergeIn(snapshot));
        log.since(from).forEach(message -> socket.send(message.text(now)));
        if (!socket.isClosed()) welcomed.add(socket);
    }
}
