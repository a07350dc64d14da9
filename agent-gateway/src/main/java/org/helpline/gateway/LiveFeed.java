package org.helpline.gateway;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pushes the live figures to whoever watches, at most once per interval and only what changed. A watcher
/// that has not read the last push yet skips this one: each push is the whole picture. Runs on the gateway's
/// context.
final class LiveFeed {
    private final GatewaySettings.Sockets settings;
    private final LiveMetrics metrics;
    private final Clock clock;
    /// Each watcher with what it was sent last.
    private final Map<ClientSocket, JsonObject> watchers = new LinkedHashMap<>();

    private boolean closed;

    LiveFeed(GatewaySettings.Sockets settings, LiveMetrics metrics, Clock clock) {
        this.settings = settings;
        this.metrics = metrics;
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
        watchers.put(socket, new JsonObject());
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
        JsonObject figures = metrics.figures(clock.instant());
        String text = new JsonObject()
                .put("at", clock.instant().toString())
                .mergeIn(figures)
                .encode();
        for (ClientSocket socket : sockets()) {
            JsonObject sent = watchers.get(socket);
            if (sent == null || !socket.isDrained() || sent.equals(figures)) continue;
            watchers.put(socket, figures);
            socket.send(text);
        }
    }

    void close() {
        closed = true;
        sockets().forEach(socket -> socket.close(CloseReason.GOING_AWAY));
    }
}
