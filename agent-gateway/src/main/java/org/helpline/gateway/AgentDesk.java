package org.helpline.gateway;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.helpline.router.AgentId;
import org.helpline.router.Refusal;

/// One agent's sockets (tabs) and the numbered messages that all of them get. The last messages are kept, so
/// that a tab that was away can have what it missed.
final class AgentDesk {
    private final AgentId agent;
    private final int keep;
    private final ArrayDeque<Kept> log = new ArrayDeque<>();
    private final Set<ClientSocket> open = new LinkedHashSet<>();
    private final Set<ClientSocket> welcomed = new LinkedHashSet<>();
    private long seq;
    private boolean signingOut;
    private Future<Optional<Refusal>> connected = Future.succeededFuture(Optional.empty());

    /// @param firstSeq number before the first message; of another run's numbers none is above it
    AgentDesk(AgentId agent, long firstSeq, int keep) {
        this.agent = agent;
        this.seq = firstSeq;
        this.keep = keep;
    }

    AgentId agent() {
        return agent;
    }

    /// Number of the newest message.
    long seq() {
        return seq;
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

    void post(ServerMessage.Type type, JsonObject body, Optional<Instant> expiresAt, Instant now) {
        seq++;
        Kept kept = new Kept(seq, type, body, expiresAt);
        log.addLast(kept);
        if (log.size() > keep) log.removeFirst();
        if (welcomed.isEmpty()) return;
        String text = kept.text(now);
        for (ClientSocket socket : new ArrayList<>(welcomed)) socket.send(text);
    }

    /// Whether everything after this number is still here.
    boolean canResume(long after) {
        return after <= seq && after >= seq - log.size();
    }

    /// Sends the snapshot and, when `after` is given and known, what was missed since. The socket gets all
    /// that follows.
    void welcome(ClientSocket socket, OptionalLong after, JsonObject snapshot, Instant now) {
        boolean resumed = after.isPresent() && canResume(after.getAsLong());
        long from = resumed ? after.getAsLong() : seq;
        socket.send(new JsonObject()
                .put("type", MessageFields.word(ServerMessage.Type.WELCOME))
                .put("seq", from)
                .put("snapshotSeq", seq)
                .put("reset", after.isPresent() && !resumed)
                .mergeIn(snapshot));
        log.stream().filter(kept -> kept.seq > from).forEach(kept -> socket.send(kept.text(now)));
        if (!socket.isClosed()) welcomed.add(socket);
    }

    private record Kept(long seq, ServerMessage.Type type, JsonObject body, Optional<Instant> expiresAt) {
        String text(Instant now) {
            JsonObject message = new JsonObject()
                    .put("type", MessageFields.word(type))
                    .put("seq", seq)
                    .mergeIn(body);
            expiresAt.ifPresent(end -> message.put("expiresInMs", ServerMessage.millisUntil(end, now)));
            return message.encode();
        }
    }
}
