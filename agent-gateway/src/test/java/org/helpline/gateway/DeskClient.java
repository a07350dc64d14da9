package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.helpline.gateway.Documents.Fault;

/// A desktop in a test. Every message the server sends is checked against the AsyncAPI document, and so is
/// every command that the server takes.
final class DeskClient {
    private static final long PATIENCE_S = 10;

    private final WebSocket socket;
    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final Deque<JsonObject> passedOver = new ArrayDeque<>();
    private final Promise<Void> closed = Promise.promise();
    private int commands;

    private DeskClient(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> received.add(new JsonObject(text)));
        socket.closeHandler(ignored -> closed.complete());
        socket.exceptionHandler(ignored -> {});
    }

    static DeskClient connect(GatewayServer server, String path, String token) {
        return GatewayServer.await(open(
                server,
                new WebSocketConnectOptions()
                        .setURI(path)
                        .addSubProtocol("helpline.v1")
                        .addHeader("Authorization", "Bearer " + token)));
    }

    static Future<DeskClient> open(GatewayServer server, WebSocketConnectOptions options) {
        options.setHost("127.0.0.1").setPort(server.port());
        ClientWebSocket socket = server.sockets.webSocket();
        // The handlers must be there before the first frame is.
        DeskClient desk = new DeskClient(socket);
        return socket.connect(options).map(ignored -> desk);
    }

    WebSocket socket() {
        return socket;
    }

    /// The next message of this type; those before it are passed over.
    JsonObject next(String type) {
        for (; ; ) {
            JsonObject message = next();
            if (type.equals(message.getString("type"))) return message;
        }
    }

    JsonObject next() {
        JsonObject message;
        try {
            message = received.poll(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        if (message == null) throw new AssertionError("no message within " + PATIENCE_S + " s");
        List<Fault> faults = Documents.check(message);
        assertTrue(faults.isEmpty(), () -> message.encode() + " is not as documented: " + faults);
        return message;
    }

    /// Waits until the agent is in this state.
    JsonObject state(String state) {
        for (; ; ) {
            JsonObject message = next("agent-state");
            if (state.equals(message.getString("state"))) return message;
        }
    }

    void send(String text) {
        socket.writeTextMessage(text);
    }

    /// The first message of this type that is as wanted, those that the last command passed over included.
    JsonObject find(String type, Predicate<JsonObject> wanted) {
        while (!passedOver.isEmpty()) {
            JsonObject message = passedOver.removeFirst();
            if (type.equals(message.getString("type")) && wanted.test(message)) return message;
        }
        for (; ; ) {
            JsonObject message = next(type);
            if (wanted.test(message)) return message;
        }
    }

    /// Sends a command and gives its answer; numbered messages in between are passed over.
    JsonObject ask(String type, Object... fields) {
        passedOver.clear();
        JsonObject message = command(type, fields);
        send(message.encode());
        for (; ; ) {
            JsonObject answer = next();
            if (message.getValue("id").equals(answer.getValue("id"))) {
                if (answer.getString("type").equals("done")) {
                    List<Fault> faults = Documents.check(message);
                    assertTrue(faults.isEmpty(), () -> "taken, but not as documented: " + message + faults);
                }
                return answer;
            }
            passedOver.addLast(answer);
        }
    }

    void done(String type, Object... fields) {
        JsonObject answer = ask(type, fields);
        assertEquals("done", answer.getString("type"), answer::encode);
    }

    JsonObject refused(String reason, String type, Object... fields) {
        JsonObject answer = ask(type, fields);
        assertEquals(reason, answer.getString("reason"), answer::encode);
        return answer;
    }

    JsonObject command(String type, Object... fields) {
        JsonObject message = new JsonObject().put("id", "c" + ++commands).put("type", type);
        for (int i = 0; i < fields.length; i += 2) message.put((String) fields[i], fields[i + 1]);
        return message;
    }

    /// Waits for the end and gives its code.
    int closeCode() {
        GatewayServer.await(closed.future());
        Short code = socket.closeStatusCode();
        return code == null ? 0 : code;
    }

    void close() {
        GatewayServer.await(socket.close());
    }
}
