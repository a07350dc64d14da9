package org.helpline.app.cli;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.helpline.app.cli.AgentWords.AtHand;
import org.helpline.app.cli.AgentWords.Typed;

/// One agent's desk in a terminal: keeps the socket open, comes back with what was missed, says what happens.
/// All on one context; lines typed come over from the thread that reads them.
final class AgentTerminal {
    private static final int SILENCE_S = 10;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final int LARGEST_MESSAGE = 4_194_304;
    private static final int MOST_EARLY_LINES = 100;

    private final Vertx vertx;
    private final Context context;
    private final URI server;
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter notes;
    private final WebSocketClient sockets;
    private final HttpClient http;
    /// Typed, or piped in, before the desk was open for the first time.
    private final Deque<String> early = new ArrayDeque<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private String token = "";
    private ClientWebSocket socket;
    private boolean open;
    private boolean leaving;
    private long pauseMs = 500;
    private int commands;
    private long seq = -1;
    private long snapshotSeq = -1;
    private Optional<String> offer = Optional.empty();
    private Optional<String> contact = Optional.empty();
    private JsonObject lastWelcome = new JsonObject();

    /// @param json prints the gateway's messages as they come, and takes lines that are JSON objects as they
    /// are
    AgentTerminal(Vertx vertx, URI server, boolean json, PrintWriter out, PrintWriter notes) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.server = server;
        this.json = json;
        this.out = out;
        this.notes = notes;
        this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(SILENCE_S * 1_000));
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxMessageSize(LARGEST_MESSAGE)
                // The server pings; one that stays silent is gone.
                .setReadIdleTimeout(SILENCE_S));
    }

    /// Fails with a message for people.
    Future<Void> signIn(String user, String password) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(server.getHost())
                .setPort(port())
                .setSsl(secure())
                .setURI("/v1/login")
                .putHeader("Content-Type", "application/json");
        Buffer body =
                new JsonObject().put("user", user).put("password", password).toBuffer();
        return http.request(request)
                .recover(failure -> Future.failedFuture("No server at " + server + ": " + failure.getMessage()))
                .compose(sent -> sent.send(body))
                .compose(response -> response.body().map(answer -> {
                    JsonObject told = read(answer.toString());
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException(
                                "Not signed in: " + told.getString("detail", "status " + response.statusCode()) + ".");
                    }
                    token = told.getString("token");
                    return null;
                }));
    }

    /// Opens the desk; the result is the exit code, once the agent leaves.
    CompletableFuture<Integer> open() {
        context.runOnContext(ignored -> connect());
        return exit;
    }

    /// From any thread.
    void typed(String line) {
        context.runOnContext(ignored -> take(line));
    }

    private void connect() {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(server.getHost()).setPort(port()).setSsl(secure());
        options.setURI("/v1/agent" + (seq < 0 ? "" : "?after=" + seq));
        options.addSubProtocol("helpline.v1").addHeader("Authorization", "Bearer " + token);
        socket = sockets.webSocket();
        socket.textMessageHandler(text -> context.runOnContext(ignored -> received(text)));
        socket.closeHandler(ignored -> context.runOnContext(alsoIgnored -> closed()));
        socket.exceptionHandler(ignored -> {});
        socket.connect(options).onSuccess(ignored -> open = true).onFailure(this::notConnected);
    }

    private void notConnected(Throwable failure) {
        if (failure instanceof UpgradeRejectedException refused && refused.getStatus() < 500) {
            String why = refused.getBody() == null
                    ? ""
                    : read(refused.getBody().toString()).getString("detail", "");
            leave(1, "The server lets you in no more: " + why + ".");
            return;
        }
        again();
    }

    private void closed() {
        open = false;
        Short code = socket.closeStatusCode();
        String why = Optional.ofNullable(socket.closeReason()).orElse("");
        if (leaving) leave(0, "Left.");
        else if (why.equals("signed-out")) leave(0, "Signed out.");
        else if (code != null && code >= 4400 && code != 4408) leave(1, "The server closed the desk: " + why + ".");
        else again();
    }

    private void again() {
        if (leaving || early.contains("quit")) {
            leave(0, "Left.");
            return;
        }
        note("The connection is lost. Trying again.");
        vertx.setTimer(pauseMs, ignored -> context.runOnContext(alsoIgnored -> connect()));
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }

    private void received(String text) {
        JsonObject message = read(text);
        if (json) say(List.of(text));
        else show(message);
        follow(message);
        while (!lastWelcome.isEmpty() && !early.isEmpty()) take(early.remove());
    }

    private void show(JsonObject message) {
        boolean history = message.containsKey("seq")
                && !"welcome".equals(message.getString("type"))
                && message.getLong("seq") <= snapshotSeq;
        List<String> lines = AgentLines.of(message);
        if (history) say(List.of("While you were away: " + lines.getFirst()));
        else say(lines);
    }

    /// Keeps what is at hand. What was missed is told but changes nothing: the snapshot knows how it ended.
    private void follow(JsonObject message) {
        String type = message.getString("type", "");
        if (type.equals("welcome")) {
            pauseMs = 500;
            lastWelcome = message;
            snapshotSeq = message.getLong("snapshotSeq");
            offer = first(message.getJsonArray("offers"), "offerId");
            contact = first(message.getJsonArray("contacts"), "contactId");
        }
        if (!message.containsKey("seq")) return;
        seq = message.getLong("seq");
        if (seq <= snapshotSeq) return;
        switch (type) {
            case "agent-state" -> lastWelcome.put("state", message);
            case "offer" -> offer = Optional.of(message.getString("offerId"));
            case "offer-ended" -> offer = Optional.empty();
            case "contact" -> {
                JsonObject now = message.getJsonObject("contact");
                contact = "ended".equals(now.getString("state"))
                        ? Optional.empty()
                        : Optional.of(now.getString("contactId"));
            }
            default -> {}
        }
    }

    private void take(String line) {
        if (lastWelcome.isEmpty() && early.size() < MOST_EARLY_LINES) {
            early.add(line);
            return;
        }
        if (json && line.startsWith("{")) {
            send(line);
            return;
        }
        switch (AgentWords.read(line, new AtHand(offer, contact))) {
            case Typed.Send(JsonObject message) ->
                send(message.put("id", Integer.toString(++commands)).encode());
            case Typed.ShowHelp() -> note(String.join(System.lineSeparator(), AgentWords.HELP));
            case Typed.ShowState() -> showState();
            case Typed.Unclear(String why) -> note(why);
            case Typed.Nothing() -> {}
            case Typed.Quit() -> quit();
        }
    }

    private void showState() {
        if (!lastWelcome.containsKey("state")) {
            note("Not connected yet.");
            return;
        }
        JsonObject state = new JsonObject().put("type", "agent-state").mergeIn(lastWelcome.getJsonObject("state"));
        note(String.join(" ", AgentLines.of(state))
                + (offer.isPresent() ? " An offer waits for you." : "")
                + contact.map(id -> " Your call is " + id + ".").orElse(""));
    }

    private void quit() {
        leaving = true;
        if (open) socket.close();
        else leave(0, "Left.");
    }

    private void send(String text) {
        if (open) socket.writeTextMessage(text);
        else note("Not connected: this was not sent.");
    }

    private void leave(int code, String why) {
        if (exit.isDone()) return;
        note(why);
        exit.complete(code);
    }

    private void say(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    private void note(String text) {
        notes.println(text);
        notes.flush();
    }

    private boolean secure() {
        return "https".equalsIgnoreCase(server.getScheme());
    }

    private int port() {
        return server.getPort() > 0 ? server.getPort() : secure() ? 443 : 80;
    }

    private static Optional<String> first(JsonArray objects, String field) {
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(objects.getJsonObject(0).getString(field));
    }

    private static JsonObject read(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }
}
