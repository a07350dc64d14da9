package org.helpline.app.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// An agent's desktop on its WebSocket.
final class Desktop {
    private final ClientWebSocket socket;
    private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final JsonObject welcome;
    private volatile long seq;
    private int commands;

    /// @param path with its query, such as `/v1/agent?after=17`
    Desktop(WebSocketClient client, int port, String path, String token) {
        this(client, port, path, token, true);
    }

    /// The page of a supervisor, who is told nothing before asking for it.
    static Desktop ofSupervisor(WebSocketClient client, int port, String token) {
        return new Desktop(client, port, "/v1/supervisor", token, false);
    }

    /// A wallboard.
    static Desktop ofWallboard(WebSocketClient client, int port, String token) {
        return new Desktop(client, port, "/v1/live", token, false);
    }

    private Desktop(WebSocketClient client, int port, String path, String token, boolean welcomed) {
        socket = client.webSocket();
        socket.textMessageHandler(this::heard);
        socket.closeHandler(_ -> closed.countDown());
        socket.exceptionHandler(_ -> {});
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .addSubProtocol("helpline.v1")
                .addHeader("Authorization", "Bearer " + token);
        try {
            socket.connect(options).await(Patience.USUAL.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
        welcome = welcomed ? next("welcome") : new JsonObject();
    }

    private void heard(String text) {
        JsonObject message = new JsonObject(text);
        // A wallboard is told figures, which have no type.
        String type = message.getString("type", "figures");
        if (message.containsKey("seq")) seq = message.getLong("seq");
        switch (type) {
            case "agent-state" -> story.add(type + " " + stateOf(message));
            case "offer" -> story.add(type);
            case "offer-ended" -> story.add(type + " " + message.getString("outcome"));
            case "contact" -> {
                String state = message.getJsonObject("contact").getString("state");
                // Earlier contacts, told a moment after the offer because the records took longer: nothing happened.
                if (!state.equals("offered")) story.add(type + " " + state);
            }
            case "done", "refused" -> {
                answers.add(message);
                return;
            }
            default -> {}
        }
        told.add(message);
    }

    private static String stateOf(JsonObject message) {
        return message.getString("state") + (message.containsKey("reason") ? " " + message.getString("reason") : "");
    }

    JsonObject welcome() {
        return welcome;
    }

    /// The state in the snapshot, with its reason.
    String welcomeState() {
        return stateOf(welcome.getJsonObject("state"));
    }

    /// Number of the latest message.
    long seq() {
        return seq;
    }

    /// Everything the server told on its own account so far, a line each.
    List<String> story() {
        synchronized (story) {
            return List.copyOf(story);
        }
    }

    private JsonObject next(BlockingQueue<JsonObject> messages) {
        try {
            JsonObject message = messages.poll(Patience.USUAL.toSeconds(), TimeUnit.SECONDS);
            if (message == null) throw new AssertionError("nothing came; told until now: " + story());
            return message;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// The next message of this type; those before it are passed over.
    JsonObject next(String type) {
        for (; ; ) {
            JsonObject message = next(told);
            if (type.equals(message.getString("type"))) return message;
        }
    }

    JsonObject offer() {
        return next("offer");
    }

    /// Waits for such a message as long as it takes; others are passed over.
    JsonObject await(Predicate<JsonObject> wanted) {
        try {
            for (; ; ) {
                JsonObject message = told.take();
                if (wanted.test(message)) return message;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    void offerEnded(String outcome) {
        assertEquals(outcome, next("offer-ended").getString("outcome"));
    }

    /// Waits for the agent to be in this state; `not-ready REASON` names the reason too.
    void state(String state) {
        for (; ; ) {
            if (state.equals(stateOf(next("agent-state")))) return;
        }
    }

    /// Waits for the contact to be in this state.
    JsonObject contact(String state) {
        for (; ; ) {
            JsonObject contact = next("contact").getJsonObject("contact");
            if (state.equals(contact.getString("state"))) return contact;
        }
    }

    void send(String text) {
        socket.writeTextMessage(text);
    }

    JsonObject ask(String type, Object... fields) {
        JsonObject message = new JsonObject().put("id", "c" + ++commands).put("type", type);
        for (int i = 0; i < fields.length; i += 2) message.put((String) fields[i], fields[i + 1]);
        send(message.encode());
        JsonObject answer = answer();
        while (!message.getValue("id").equals(answer.getValue("id"))) answer = answer();
        return answer;
    }

    /// The next answer, `done` or `refused`, to whatever was sent.
    JsonObject answer() {
        return next(answers);
    }

    void done(String type, Object... fields) {
        JsonObject answer = ask(type, fields);
        assertEquals("done", answer.getString("type"), answer::encode);
    }

    void refused(String reason, String type, Object... fields) {
        JsonObject answer = ask(type, fields);
        assertEquals(reason, answer.getString("reason"), answer::encode);
    }

    Desktop ready() {
        done("set-state", "state", "ready");
        state("ready");
        return this;
    }

    void accept(JsonObject offer) {
        done("accept-offer", "offerId", offer.getString("offerId"));
    }

    void wrapUp(String contactId) {
        JsonObject inquiry =
                new JsonObject().put("inquiry", "snap-recertification").put("outcome", "resolved");
        done("complete-wrap-up", "contactId", contactId, "inquiries", new JsonArray().add(inquiry));
    }

    /// Loses the connection.
    void drop() {
        socket.close();
        closeCode();
    }

    boolean open() {
        return closed.getCount() > 0;
    }

    /// Waits for the end and gives its code; 0 when there was none.
    int closeCode() {
        try {
            if (!closed.await(Patience.USUAL.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the socket stays open");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        Short code = socket.closeStatusCode();
        return code == null ? 0 : code;
    }
}
