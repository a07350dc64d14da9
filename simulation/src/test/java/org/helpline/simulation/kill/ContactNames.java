package org.helpline.simulation.kill;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.helpline.simulation.history.Observation;
import org.helpline.telephony.asterisk.AsteriskInstance;

/// Which contact each caller's leg is, as Asterisk tells all who listen, with its own times.
final class ContactNames implements AutoCloseable {
    private static final String VARIABLE = "HELPLINE_CONTACT";
    private static final int LARGEST = 1 << 20;
    private static final DateTimeFormatter TIMES = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    private final Recorder seen;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> channels = new HashMap<>();
    private final WebSocketClient client;
    private final ClientWebSocket socket;
    private volatile boolean closing;
    private volatile boolean lost;

    ContactNames(Vertx vertx, AsteriskInstance asterisk, Recorder seen) {
        this.seen = seen;
        URI ari = URI.create(asterisk.environment().get("HELPLINE_ASTERISK_URL"));
        String account = asterisk.environment().get("HELPLINE_ASTERISK_USER") + ":"
                + asterisk.environment().get("HELPLINE_ASTERISK_PASSWORD");
        client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));
        socket = client.webSocket();
        socket.textMessageHandler(text -> told(new JsonObject(text)));
        socket.closeHandler(_ -> lost = !closing);
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(ari.getHost())
                .setPort(ari.getPort())
                .setURI("/ari/events?app=kill-test&subscribeAll=true&api_key=" + account);
        socket.connect(options)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// From then on nobody knows who is who.
    boolean isLost() {
        return lost;
    }

    /// Asterisk's name of the present leg of that caller.
    synchronized String channel(String number) {
        String id = channels.get(number);
        if (id == null) throw new IllegalStateException("Asterisk has told of no leg of " + number);
        return id;
    }

    /// The contact of the present leg of that caller, as far as it has one.
    synchronized Optional<String> contact(String number) {
        return Optional.ofNullable(names.get(number));
    }

    private synchronized void told(JsonObject event) {
        JsonObject channel = event.getJsonObject("channel");
        if (channel == null || !channel.getString("name", "").startsWith("PJSIP/carrier")) return;
        String number = channel.getJsonObject("caller", new JsonObject()).getString("number", "");
        channels.put(number, channel.getString("id"));
        String contact = VARIABLE.equals(event.getString("variable"))
                ? event.getString("value", "")
                : channel.getJsonObject("channelvars", new JsonObject()).getString(VARIABLE, "");
        if (contact.isEmpty() || contact.equals(names.put(number, contact))) return;
        Instant at = OffsetDateTime.parse(event.getString("timestamp"), TIMES).toInstant();
        seen.note(new Observation.Named(at, number, contact));
    }

    @Override
    public void close() {
        closing = true;
        socket.close();
    }
}
