package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket to ARI from its opening to its end: requests out, answers and events in. All on one Vert.x
/// context.
final class AriLink {
    /// An event that we send to ourselves through Asterisk.
    private static final String BEAT = "HelplineHeartbeat";

    /// Soon after the opening: a connection that was lost just before can take its successor's events along.
    private static final long FIRST_HEARTBEAT_MS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AriLink.class);

    private final Vertx vertx;
    private final AsteriskSettings settings;
    private final ClientWebSocket socket;
    private final Listener listener;
    /// Oldest first; Asterisk answers them in this order, one at a time.
    private final Map<String, Outstanding> outstanding = new LinkedHashMap<>();

    private final SlowRequests slow = new SlowRequests(System.nanoTime());
    private long requests;
    private boolean beatHeard;
    private long heartbeatTimer;
    private boolean open;
    private boolean ended;

    interface Listener {
        void event(JsonObject event);

        /// At most once, and only after the link was opened.
        void closed(String why);
    }

    private record Outstanding(String what, long sentNanos, Promise<AriResponse> promise, long timer) {}

    private AriLink(Vertx vertx, AsteriskSettings settings, ClientWebSocket socket, Listener listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.socket = socket;
        this.listener = listener;
    }

    static Future<AriLink> open(
            Vertx vertx, WebSocketClient client, AsteriskSettings settings, String authorization, Listener listener) {
        AriLink link = new AriLink(vertx, settings, client.webSocket(), listener);
        link.socket.textMessageHandler(link::received);
        link.socket.exceptionHandler(failure -> link.end("connection failed: " + failure.getMessage()));
        link.socket.closeHandler(closed -> link.end("connection closed"));
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(settings.url().getHost())
                .setPort(settings.port())
                .setSsl(settings.secure())
                .setURI("/ari/events?app=" + settings.application() + "&subscribeAll=false")
                .addHeader("Authorization", authorization);
        return link.socket.connect(options).map(socket -> {
            link.open = true;
            long period = settings.heartbeat().toMillis();
            link.heartbeatTimer =
                    vertx.setPeriodic(Math.min(FIRST_HEARTBEAT_MS, period), period, timer -> link.heartbeat());
            link.beat();
            return link;
        });
    }

    boolean hasRoom(int more) {
        return outstanding.size() + more <= settings.maxOutstandingRequests();
    }

    /// Sends the requests one behind the other; the futures stand in the same order.
    List<Future<AriResponse>> send(List<AriRequest> batch) {
        if (ended) {
            return batch.stream()
                    .map(request -> AriLink.<AriResponse>disconnected())
                    .toList();
        }
        if (!hasRoom(batch.size())) {
            CallControlException refusal = new CallControlException(
                    Kind.OVERLOADED,
                    outstanding.size() + " requests are outstanding, at most " + settings.maxOutstandingRequests()
                            + " may be");
            return batch.stream()
                    .map(request -> Future.<AriResponse>failedFuture(refusal))
                    .toList();
        }
        return batch.stream().map(this::send).toList();
    }

    private static <T> Future<T> disconnected() {
        return Future.failedFuture(new CallControlException(Kind.DISCONNECTED, "the connection to Asterisk is lost"));
    }

    private Future<AriResponse> send(AriRequest request) {
        String id = Long.toString(++requests);
        JsonObject message = new JsonObject()
                .put("type", "RESTRequest")
                .put("request_id", id)
                .put("method", request.method())
                .put("uri", request.uri());
        request.body()
                .ifPresent(
                        body -> message.put("content_type", "application/json").put("message_body", body.encode()));
        Promise<AriResponse> promise = Promise.promise();
        String what = request.method() + " " + path(request);
        long timer = vertx.setTimer(settings.requestTimeout().toMillis(), expired -> {
            Outstanding late = outstanding.remove(id);
            if (late != null) {
                slow.unanswered(what, late.sentNanos(), System.nanoTime(), outstanding.size())
                        .ifPresent(LOG::warn);
                promise.fail(new CallControlException(
                        Kind.TIMEOUT, what + " unanswered after " + settings.requestTimeout()));
            }
        });
        outstanding.put(id, new Outstanding(what, System.nanoTime(), promise, timer));
        socket.writeTextMessage(message.encode());
        return promise.future();
    }

    /// Queries may hold numbers.
    private static String path(AriRequest request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    private void received(String text) {
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException | ClassCastException malformed) {
            LOG.warn("Asterisk sent {} characters that are no JSON object", text.length());
            return;
        }
        if ("RESTResponse".equals(message.getString("type"))) {
            answered(message);
        } else if (BEAT.equals(message.getValue("eventname"))) {
            beatHeard = true;
        } else if (!ended) {
            try {
                listener.event(message);
            } catch (ClassCastException malformed) {
                LOG.warn("an event is not what ARI describes: {}", message.getValue("type"), malformed);
            }
        }
    }

    private void answered(JsonObject message) {
        Outstanding request = outstanding.remove(message.getString("request_id", ""));
        if (request != null) {
            vertx.cancelTimer(request.timer());
            slow.answered(request.what(), request.sentNanos(), System.nanoTime(), outstanding.size())
                    .ifPresent(LOG::warn);
            request.promise()
                    .complete(new AriResponse(
                            message.getInteger("status_code", 0), message.getString("message_body", "")));
        }
    }

    /// Proves the whole way, events included. Seen with Asterisk 22.10: of a connection opened 40 ms after
    /// the one before it was lost, requests were carried out, but no event came; opening another one mends
    /// it.
    private void heartbeat() {
        if (beatHeard) {
            beat();
        } else {
            end("no event came back within " + settings.heartbeat());
        }
    }

    private void beat() {
        beatHeard = false;
        send(AriRequest.post("events/user/" + BEAT, "application", settings.application()))
                .onFailure(failure -> LOG.debug("heartbeat: {}", failure.getMessage()));
    }

    void close() {
        end("closed by us");
    }

    private void end(String why) {
        if (ended) {
            return;
        }
        ended = true;
        vertx.cancelTimer(heartbeatTimer);
        List<Outstanding> unanswered = List.copyOf(outstanding.values());
        outstanding.clear();
        // First the loss, then what failed by it: a ring that failed must not be taken for the device's fault.
        if (open) {
            socket.close();
            listener.closed(why);
        }
        unanswered.forEach(request -> {
            vertx.cancelTimer(request.timer());
            request.promise()
                    .fail(new CallControlException(Kind.DISCONNECTED, "the connection was lost before an answer"));
        });
    }
}
