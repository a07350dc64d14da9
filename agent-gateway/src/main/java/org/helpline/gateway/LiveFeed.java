package org.helpline.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Pushes the live figures to whoever watches, at most once per interval and only when something changed. A watcher
/// that has not read the last push yet skips this one: each push is the whole picture, except for the trends, of which
/// each watcher gets the quarters that changed since its own last push. Watchers at the same point, and that is nearly
/// always all of them, share one text. Runs on the gateway's context.
final class LiveFeed {
    private final GatewaySettings.Sockets settings;
    private final LiveMetrics metrics;
    private final Supplier<List<Notice>> notices;
    private final Clock clock;
    private final Map<ClientSocket, Sent> watchers = new LinkedHashMap<>();
    private JsonObject figures = new JsonObject();
    private long version;

    private boolean closed;

    /// What a watcher has: versions of the figures and of the trends.
    private record Sent(long figures, long trends) {
        static final Sent NOTHING = new Sent(-1, -1);
    }

    LiveFeed(GatewaySettings.Sockets settings, LiveMetrics metrics, Supplier<List<Notice>> notices, Clock clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.notices = notices;
        this.clock = clock;
    }

    List<ClientSocket> sockets() {
        return List.copyOf(watchers.keySet());
    }

    void enter(ClientSocket socket) {
        if (closed) socket.close(CloseReason.GOING_AWAY);
        if (socket.isClosed()) return;
        if (watchers.size() >= settings.maxLive()) {
            socket.close(CloseReason.TOO_MANY_SOCKETS);
            return;
        }
        watchers.put(socket, Sent.NOTHING);
        push();
    }

    void leave(ClientSocket socket) {
        watchers.remove(socket);
    }

    /// A watcher has nothing to say.
    void heard(ClientSocket socket, String ignoredText) {
        socket.malformed("this socket takes no messages");
    }

    void push() {
        if (watchers.isEmpty()) return;
        Instant now = clock.instant();
        JsonObject newest = metrics.figures(now).put("notices", Notice.json(notices.get()));
        if (!newest.equals(figures)) {
            figures = newest;
            version++;
        }
        Sent all = new Sent(version, metrics.trends().version());
        Map<Long, String> texts = new HashMap<>();
        for (ClientSocket socket : sockets()) {
            Sent sent = watchers.get(socket);
            if (sent == null || !socket.isDrained() || sent.equals(all)) continue;
            watchers.put(socket, all);
            socket.send(texts.computeIfAbsent(sent.trends, seen -> text(now, seen)));
        }
    }

    private String text(Instant now, long seen) {
        JsonObject push = new JsonObject().put("at", now.toString()).mergeIn(figures);
        JsonArray quarters = metrics.trends().since(seen);
        if (seen < 0 || !quarters.isEmpty()) {
            push.put(
                    "trends",
                    new JsonObject()
                            .put("intervalMs", DayTrends.QUARTER.toMillis())
                            .put("quarters", quarters));
        }
        return push.encode();
    }

    void close() {
        closed = true;
        sockets().forEach(socket -> socket.close(CloseReason.GOING_AWAY));
    }
}
