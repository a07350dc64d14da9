package org.helpline.simulation.kill;

import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.helpline.simulation.history.Observation;

/// An agent at a desk: one socket that comes back whenever it is lost, one telephone, and habits of its own. Looked
/// after every [KillDay#TICK]; what is noted has the times of its frames.
final class LiveAgent implements AutoCloseable {
    private static final Duration COMES_BACK_AFTER = Duration.ofMillis(400);

    private final String agent;
    private final LivePhone phone;
    private final WebSocketClient client;
    private final int port;
    private final String token;
    private final Random random;
    private final Recorder seen;
    private final ConcurrentLinkedQueue<Frame> told = new ConcurrentLinkedQueue<>();
    private volatile ClientWebSocket socket;
    private volatile boolean connecting;
    private volatile Instant comesBack = Instant.EPOCH;
    private Optional<Long> newest = Optional.empty();
    private boolean open;
    private int commands;
    private String state = "";
    private String contact = "";
    private String contactState = "";
    private Instant nextDeed = Instant.MAX;
    private Runnable deed = () -> {};
    private Instant transferredAt = Instant.EPOCH;
    private boolean leaving;

    /// @param at when it came
    private record Frame(Instant at, JsonObject message) {}

    LiveAgent(
            String agent,
            LivePhone phone,
            WebSocketClient client,
            int port,
            String token,
            Random random,
            Recorder seen) {
        this.agent = agent;
        this.phone = phone;
        this.client = client;
        this.port = port;
        this.token = token;
        this.random = random;
        this.seen = seen;
    }

    String state() {
        return state;
    }

    String contactState() {
        return contactState;
    }

    /// How long ago this agent gave a contact to a queue.
    Duration sinceTransfer() {
        return Duration.between(transferredAt, Recorder.now());
    }

    LivePhone phone() {
        return phone;
    }

    boolean talks() {
        return contactState.equals("talking");
    }

    /// Does now what comes by chance else, with the caller that is there.
    void transferNow() {
        plan(Instant.EPOCH, () -> transfer(contact));
    }

    void holdNow() {
        plan(Instant.EPOCH, () -> send("hold", contact, "contactId", contact));
    }

    /// From now on no further offers are wanted.
    void leave() {
        leaving = true;
    }

    void look() {
        phone.look();
        if (socket == null && !connecting && Recorder.now().isAfter(comesBack)) connect();
        for (Frame frame = told.poll(); frame != null; frame = told.poll()) heard(frame.at(), frame.message());
        if (!open) return;
        Instant now = Recorder.now();
        if (now.isAfter(nextDeed)) {
            nextDeed = Instant.MAX;
            deed.run();
        }
        if (nextDeed.equals(Instant.MAX)) idle();
    }

    // ---- the socket

    private void connect() {
        connecting = true;
        ClientWebSocket fresh = client.webSocket();
        fresh.textMessageHandler(text -> told.add(new Frame(Recorder.now(), new JsonObject(text))));
        fresh.exceptionHandler(_ -> {});
        JsonObject lost = new JsonObject().put("type", "lost").put("socket", fresh.hashCode());
        fresh.closeHandler(_ -> told.add(new Frame(Recorder.now(), lost)));
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/v1/agent" + newest.map(seq -> "?after=" + seq).orElse(""))
                .setTimeout(3000)
                .addSubProtocol("helpline.v1")
                .addHeader("Authorization", "Bearer " + token);
        Optional<Long> after = newest;
        fresh.connect(options).onComplete(done -> {
            if (done.succeeded()) {
                seen.note(new Observation.SocketOpened(Recorder.now(), agent, after));
                socket = fresh;
            }
            comesBack = Recorder.now().plus(COMES_BACK_AFTER);
            connecting = false;
        });
    }

    private void send(String type, String about, Object... fields) {
        JsonObject message = new JsonObject().put("id", "c" + ++commands).put("type", type);
        for (int i = 0; i < fields.length; i += 2) message.put((String) fields[i], fields[i + 1]);
        ClientWebSocket now = socket;
        // What nobody was told excuses nothing.
        if (now == null || now.isClosed()) return;
        seen.note(new Observation.Commanded(Recorder.now(), agent, type, about));
        now.writeTextMessage(message.encode());
    }

    private void heard(Instant now, JsonObject message) {
        switch (message.getString("type")) {
            case "lost" -> {
                if (socket != null && socket.hashCode() == message.getInteger("socket")) {
                    socket = null;
                    open = false;
                    comesBack = now.plus(COMES_BACK_AFTER);
                    seen.note(new Observation.SocketLost(now, agent));
                }
            }
            case "welcome" -> welcomed(now, message);
            case "done", "refused" -> {}
            default -> numbered(now, message);
        }
    }

    private void welcomed(Instant now, JsonObject message) {
        open = true;
        newest = Optional.of(message.getLong("seq"));
        state = message.getJsonObject("state").getString("state");
        List<JsonObject> contacts = objects(message.getJsonArray("contacts"));
        List<JsonObject> offers = objects(message.getJsonArray("offers"));
        seen.note(new Observation.Welcomed(
                now,
                agent,
                message.getLong("seq"),
                message.getLong("snapshotSeq"),
                message.getBoolean("reset"),
                state,
                contacts.stream()
                        .map(each -> new Observation.InHand(each.getString("contactId"), each.getString("state")))
                        .toList(),
                offers.stream().map(each -> each.getString("offerId")).toList()));
        contact = "";
        contactState = "";
        plan(Instant.MAX, () -> {});
        for (JsonObject each : contacts) has(each);
        for (JsonObject offer : offers) answer(offer.getString("offerId"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private void numbered(Instant now, JsonObject message) {
        if (!message.containsKey("seq")) return;
        long seq = message.getLong("seq");
        newest = Optional.of(seq);
        switch (message.getString("type")) {
            case "offer" -> {
                JsonObject of = message.getJsonObject("contact");
                seen.note(new Observation.Offered(
                        now,
                        agent,
                        seq,
                        message.getString("offerId"),
                        of.getString("contactId"),
                        of.getString("helpline") + "/" + of.getString("queue") + "/" + of.getString("language") + "/"
                                + of.getString("modality"),
                        Optional.ofNullable(of.getString("consultOf")),
                        false,
                        Duration.ofMillis(of.getLong("waitedMs")),
                        Instant.parse(message.getString("expiresAt"))));
                answer(message.getString("offerId"));
            }
            case "offer-ended" ->
                seen.note(new Observation.OfferOver(
                        now, agent, seq, message.getString("offerId"), message.getString("outcome")));
            case "contact" -> {
                JsonObject of = message.getJsonObject("contact");
                seen.note(new Observation.ContactTold(
                        now,
                        agent,
                        seq,
                        of.getString("contactId"),
                        of.getString("state"),
                        Optional.ofNullable(of.getString("consultOf"))));
                has(of);
            }
            case "agent-state" -> {
                state = message.getString("state");
                seen.note(new Observation.StateTold(
                        now, agent, seq, state, Optional.ofNullable(message.getString("reason"))));
            }
            default -> seen.note(new Observation.OtherTold(now, agent, seq, message.getString("type")));
        }
    }

    // ---- habits

    private void plan(Instant at, Runnable what) {
        nextDeed = at;
        deed = what;
    }

    private void in(int leastMs, int moreMs, Runnable what) {
        plan(Recorder.now().plusMillis(leastMs + random.nextInt(moreMs)), what);
    }

    private void answer(String offer) {
        int mood = random.nextInt(20);
        // One in twenty looks elsewhere: the offer times out.
        if (mood == 0) return;
        if (mood == 1) in(300, 1500, () -> send("reject-offer", offer, "offerId", offer));
        else in(200, 2500, () -> send("accept-offer", offer, "offerId", offer));
    }

    private void has(JsonObject of) {
        String is = of.getString("state");
        String id = of.getString("contactId");
        if (is.equals("ended")) {
            if (id.equals(contact)) {
                contact = "";
                contactState = "";
            }
            return;
        }
        boolean same = id.equals(contact) && is.equals(contactState);
        contact = id;
        contactState = is;
        if (same) return;
        switch (is) {
            case "talking" -> {
                int mood = random.nextInt(10);
                if (mood < 4) in(4000, 9000, () -> send("hang-up", id, "contactId", id));
                else if (mood < 6) in(4000, 8000, phone::hangUp);
                else if (mood < 8) in(2000, 4000, () -> send("hold", id, "contactId", id));
                else if (mood < 9) in(2000, 4000, () -> transfer(id));
                else plan(Recorder.now().plusSeconds(40), () -> send("hang-up", id, "contactId", id));
            }
            case "held" -> in(1500, 4000, () -> send("unhold", id, "contactId", id));
            case "wrap-up" -> in(400, 2500, () -> wrapUp(id));
            default -> {}
        }
    }

    private void transfer(String id) {
        JsonObject to = new JsonObject().put("queue", random.nextBoolean() ? "snap" : "cash-assistance");
        send("transfer", id, "contactId", id, "to", to, "mode", "cold");
        transferredAt = Recorder.now();
    }

    private void wrapUp(String id) {
        JsonObject inquiry =
                new JsonObject().put("inquiry", "snap-recertification").put("outcome", "resolved");
        send("complete-wrap-up", id, "contactId", id, "inquiries", new JsonArray().add(inquiry));
    }

    /// Nothing is planned: whoever is not ready becomes so, and what a refusal left undone is tried again.
    private void idle() {
        switch (state) {
            case "not-ready" -> {
                if (!leaving) in(500, 2500, () -> send("set-state", "", "state", "ready"));
            }
            case "ready" -> {
                if (leaving) {
                    in(200, 500, () -> send("set-state", "", "state", "not-ready", "reason", "break"));
                }
            }
            case "wrap-up" -> {
                if (!contact.isEmpty()) in(2000, 2000, () -> wrapUp(contact));
            }
            case "on-contact" -> {
                if (contactState.equals("held")) in(3000, 3000, () -> send("unhold", contact, "contactId", contact));
                if (contactState.equals("talking")) {
                    in(20_000, 10_000, () -> send("hang-up", contact, "contactId", contact));
                }
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        ClientWebSocket now = socket;
        socket = null;
        connecting = true;
        if (now != null) now.close();
        phone.close();
    }
}
