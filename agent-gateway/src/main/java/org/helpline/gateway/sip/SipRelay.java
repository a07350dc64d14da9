package org.helpline.gateway.sip;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One page's WebSocket and the one to the carrier that belongs to it: what one says, the other hears. Messages are
/// passed on as they are and never logged; they hold numbers and digests.
///
/// Nothing piles up here: a side that reads slowly stops the reading of the other.
final class SipRelay {
    static final String PROTOCOL = "sip";
    private static final Logger LOG = LoggerFactory.getLogger(SipRelay.class);
    private static final long CLOSING_MS = 3_000;

    private final Vertx vertx;
    private final SipSettings settings;
    private final ServerWebSocket page;
    private final HttpConnection connection;
    private final ClientWebSocket carrier;
    private final String endpoint;
    private final Runnable whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean carrierOpen;
    private final AtomicInteger unansweredPings = new AtomicInteger();

    /// On the page's own context, as soon as its socket is open.
    ///
    /// @param whenClosed runs once, from any context
    SipRelay(
            Vertx vertx,
            SipSettings settings,
            ServerWebSocket page,
            HttpConnection connection,
            WebSocketClient client,
            String endpoint,
            Runnable whenClosed) {
        this.vertx = vertx;
        this.settings = settings;
        this.page = page;
        this.connection = connection;
        this.carrier = client.webSocket();
        this.endpoint = endpoint;
        this.whenClosed = whenClosed;
    }

    void start(URI server) {
        // What the page says before there is anybody to hear it waits in its own buffers.
        page.pause();
        page.setWriteQueueMaxSize(settings.maxUnsentBytes());
        page.pongHandler(ignored -> unansweredPings.set(0));
        page.frameHandler(new Passage(page, carrier, true)::frame);
        page.exceptionHandler(failure -> LOG.debug("phone={} page's socket: {}", endpoint, failure.toString()));
        page.closeHandler(ignored -> end());
        carrier.frameHandler(new Passage(carrier, page, false)::frame);
        carrier.exceptionHandler(failure -> LOG.debug("phone={} carrier's socket: {}", endpoint, failure.toString()));
        carrier.closeHandler(ignored -> close(SipClose.CARRIER_GONE));
        boolean secure = "wss".equals(server.getScheme());
        int port = server.getPort() > 0 ? server.getPort() : secure ? 443 : 80;
        carrier.connect(new WebSocketConnectOptions()
                        .setHost(server.getHost())
                        .setPort(port)
                        .setSsl(secure)
                        .setURI(server.getRawPath())
                        .setTimeout(settings.connectTimeout().toMillis())
                        .setSubProtocols(List.of(PROTOCOL)))
                .onSuccess(open -> {
                    carrierOpen = true;
                    carrier.setWriteQueueMaxSize(settings.maxUnsentBytes());
                    if (closed.get()) carrier.close();
                    else page.resume();
                })
                .onFailure(failure -> {
                    LOG.warn(
                            "phone={} the carrier's SIP WebSocket cannot be reached: {}", endpoint, failure.toString());
                    close(SipClose.CARRIER_GONE);
                });
    }

    void ping() {
        if (closed.get()) return;
        if (unansweredPings.incrementAndGet() > settings.unansweredPings()) close(SipClose.SILENT);
        else page.writePing(Buffer.buffer());
    }

    /// From any context. The relay counts as closed from here on, whether or not the page answers.
    void close(SipClose reason) {
        if (closed.get()) return;
        LOG.info("phone={} socket closed: {}", endpoint, reason.word());
        page.close(reason.code(), reason.word());
        // A page that reads nothing never sees the close frame: its connection is cut.
        vertx.setTimer(CLOSING_MS, ignored -> connection.close());
        end();
    }

    private void end() {
        if (!closed.compareAndSet(false, true)) return;
        // While it is still connecting there is nothing to close; that is seen to when it is open.
        if (carrierOpen) carrier.close();
        whenClosed.run();
    }

    /// One direction.
    private final class Passage {
        private final WebSocketBase from;
        private final WebSocketBase to;
        private final boolean fromPage;
        private Buffer message = Buffer.buffer();

        Passage(WebSocketBase from, WebSocketBase to, boolean fromPage) {
            this.from = from;
            this.to = to;
            this.fromPage = fromPage;
        }

        void frame(WebSocketFrame frame) {
            if (closed.get() || frame.isPing() || frame.isClose()) return;
            if (fromPage) unansweredPings.set(0);
            if (frame.isBinary()) {
                close(SipClose.TEXT_ONLY);
                return;
            }
            if (!frame.isText() && !frame.isContinuation()) return;
            if (message.length() + frame.binaryData().length() > settings.maxMessageBytes()) {
                message = Buffer.buffer();
                close(SipClose.MESSAGE_TOO_BIG);
                return;
            }
            message.appendBuffer(frame.binaryData());
            if (!frame.isFinal()) return;
            to.writeTextMessage(message.toString(StandardCharsets.UTF_8));
            message = Buffer.buffer();
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(ignored -> from.resume());
            }
        }
    }
}
