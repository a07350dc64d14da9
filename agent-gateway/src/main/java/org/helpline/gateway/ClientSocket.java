package org.helpline.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open WebSocket. What it hears is brought to the gateway's context; everything else here is called
/// there.
///
/// What waits to be sent is bounded: a reader that is too slow is cut off and can come back with `after`.
final class ClientSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSocket.class);
    private static final long CLOSING_MS = 3_000;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final HttpConnection connection;
    private final GatewaySettings.Sockets settings;
    private final Tokens.Token token;
    private final GatewayWatch watch;
    private final GatewayWatch.Kind kind;
    private final AtomicLong unsentBytes = new AtomicLong();
    /// Counted in pings, not in time: a clock that is set must not end every call's socket.
    private final AtomicInteger unansweredPings = new AtomicInteger();
    private Buffer partial = Buffer.buffer();
    private boolean partialIsText;
    private boolean tooBig;
    private boolean closed;
    private Runnable onClosed = () -> {};
    private int malformedInARow;
    private int inFlight;

    ClientSocket(
            Vertx vertx,
            ServerWebSocket socket,
            HttpConnection connection,
            GatewaySettings.Sockets settings,
            Tokens.Token token,
            GatewayWatch watch,
            GatewayWatch.Kind kind) {
        this.vertx = vertx;
        this.socket = socket;
        this.connection = connection;
        this.settings = settings;
        this.token = token;
        this.watch = watch;
        this.kind = kind;
        watch.opened(kind);
    }

    /// Starts to listen. Called on the socket's own context; both callbacks run on the gateway's.
    void listen(Context gateway, Consumer<String> onText, Runnable onGone) {
        onClosed = onGone;
        socket.pongHandler(ignored -> unansweredPings.set(0));
        socket.frameHandler(frame -> frame(frame, gateway, onText));
        socket.exceptionHandler(failure -> LOG.debug("socket of {} failed: {}", token.user(), failure.toString()));
        socket.closeHandler(ignored -> gateway.runOnContext(alsoIgnored -> gone("left")));
        if (socket.isClosed()) gateway.runOnContext(ignored -> gone("left"));
    }

    /// Puts messages together within their bound. On the socket's own context.
    private void frame(WebSocketFrame frame, Context gateway, Consumer<String> onText) {
        if (tooBig || frame.isPing() || frame.isClose()) return;
        unansweredPings.set(0);
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) return;
        if (!frame.isContinuation()) {
            partial = Buffer.buffer();
            partialIsText = frame.isText();
        }
        partial.appendBuffer(frame.binaryData());
        if (partial.length() > settings.maxFrameBytes()) {
            tooBig = true;
            partial = Buffer.buffer();
            gateway.runOnContext(ignored -> close(CloseReason.MESSAGE_TOO_BIG));
        } else if (frame.isFinal()) {
            // Text frames alone carry JSON; a binary one is as malformed as broken JSON.
            String text = partialIsText ? partial.toString(StandardCharsets.UTF_8) : "";
            partial = Buffer.buffer();
            watch.received(kind);
            gateway.runOnContext(ignored -> {
                if (!closed) onText.accept(text);
            });
        }
    }

    Tokens.Token token() {
        return token;
    }

    boolean isClosed() {
        return closed;
    }

    void send(JsonObject message) {
        send(message.encode());
    }

    void send(String text) {
        if (closed) return;
        int size = text.length();
        if (unsentBytes.addAndGet(size) > settings.maxUnsentBytes()) {
            close(CloseReason.SLOW_READER);
            return;
        }
        watch.sent(kind);
        socket.writeTextMessage(text).onComplete(ignored -> unsentBytes.addAndGet(-size));
    }

    /// Whether everything sent so far has left.
    boolean isDrained() {
        return unsentBytes.get() == 0;
    }

    void ping() {
        if (closed) return;
        if (unansweredPings.incrementAndGet() > settings.unansweredPings()) {
            close(CloseReason.SILENT);
            return;
        }
        socket.writePing(Buffer.buffer());
    }

    /// Answers what could not be read as a message; closes a socket that sends nothing else.
    void malformed(String message) {
        send(ClientMessage.refused(null, "malformed", message));
        if (++malformedInARow >= settings.maxMalformed()) close(CloseReason.TOO_MANY_MALFORMED);
    }

    void wellFormed() {
        malformedInARow = 0;
    }

    /// Takes one of the places for unanswered commands; false when none is free.
    boolean startCommand() {
        if (inFlight >= settings.maxInFlight()) return false;
        inFlight++;
        return true;
    }

    void endCommand() {
        inFlight--;
    }

    /// The socket counts as gone from here on, whether or not the other end answers.
    void close(CloseReason reason) {
        if (closed) return;
        LOG.info("socket of {} closed: {}", token.user(), reason.word());
        socket.close(reason.code(), reason.word());
        // A peer that reads nothing never sees the close frame: its connection is cut.
        vertx.setTimer(CLOSING_MS, ignored -> connection.close());
        gone(reason.word());
    }

    private void gone(String why) {
        if (closed) return;
        closed = true;
        watch.closed(kind, why);
        onClosed.run();
    }
}
