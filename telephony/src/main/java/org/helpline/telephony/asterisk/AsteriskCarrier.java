package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.Census;
import org.helpline.telephony.PhoneAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An Asterisk 22 or later. Keeps one [AriLink] open, and brings what was missed in between up to date from
/// a census.
public final class AsteriskCarrier implements CallControl {
    private static final Logger LOG = LoggerFactory.getLogger(AsteriskCarrier.class);

    private static final int ENDED_AT_A_TIME = 50;

    /// Callers of whom is learnt at one time whether a prompt of a process before us is over.
    private static final int WAITING_AT_ONCE = 64;
    /// Of the rest it counts as over.
    private static final int WAITING_FOR_THAT = 20_000;

    private static final Duration LONGEST_PROMPT = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final AsteriskSettings settings;
    private final Backoff backoff;
    private final String authorization;
    private final WebSocketClient sockets;
    private final CensusReader censuses;
    private final Aside aside;
    private final Settling settling;
    private final Legs legs;
    private final KeptSipObjects sipObjects;
    private final AsteriskPhones phones;
    private final Commands commands;
    private final Snoops snoops;
    private final Events events;
    private final CatchUp catchUp;
    private final Refusals refusals;
    private final Promise<Void> firstConnection = Promise.promise();
    private Consumer<CallEvent> listener = event -> {};
    private Phase phase = Phase.NEW;
    private Optional<AriLink> link = Optional.empty();
    private long renewing;
    private int renewals;
    /// Events that came while the census was being read.
    private List<JsonObject> early = new ArrayList<>();

    private enum Phase {
        NEW,
        CONNECTING,
        READING_CENSUS,
        CONNECTED,
        REPLACED,
        CLOSED
    }

    /// @param sounds path of a prompt without its extension, as Asterisk finds it; no commas
    /// @param random spreads attempts to reconnect
    public AsteriskCarrier(
            Vertx vertx, AsteriskSettings settings, Function<PromptRef, String> sounds, RandomGenerator random) {
        this.vertx = vertx;
        this.settings = settings;
        this.backoff = new Backoff(settings.reconnectFirst(), settings.reconnectMost(), random);
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString((settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8));
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout((int) settings.requestTimeout().toMillis())
                .setMaxMessageSize(settings.maxMessageBytes())
                .setMaxFrameSize(settings.maxMessageBytes()));
        this.censuses = new CensusReader(vertx, settings, authorization);
        this.aside = new Aside(vertx, settings, authorization, WAITING_AT_ONCE, WAITING_FOR_THAT);
        this.settling = new Settling(request -> aside.send(request, LONGEST_PROMPT));
        this.sipObjects = new KeptSipObjects(this::sendSoon);
        this.phones = new AsteriskPhones(vertx, settings, sipObjects, this::sendSoon);
        this.legs = new Legs(this::emit);
        this.snoops = new Snoops(vertx, settings, this::send);
        this.events = new Events(vertx, legs, snoops, this::send, this::emit);
        this.catchUp = new CatchUp(legs, events, snoops, this::send);
        this.refusals = new Refusals(settings.deadAfter());
        this.commands = new Commands(
                settings.application(),
                legs,
                snoops,
                settling,
                this::send,
                sounds,
                leg -> this.events.endsLater(leg, EndCause.CARRIER_LOST));
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.VOICE, Capability.MUSIC, Capability.SNOOP);
    }

    @Override
    public Future<Void> open(Consumer<CallEvent> newListener) {
        if (phase != Phase.NEW) {
            return Future.failedFuture(new IllegalStateException("opened already"));
        }
        listener = newListener;
        phase = Phase.CONNECTING;
        connect();
        renewing = vertx.setPeriodic(Absence.RENEW_A_PART.toMillis(), _ -> renew());
        return firstConnection.future();
    }

    private void renew() {
        List<Leg> due = Absence.due(legs.all(), renewals++);
        if (phase == Phase.CONNECTED && link.orElseThrow().hasRoom(due.size())) {
            send(settling.putOff(due));
        }
    }

    @Override
    public Future<Void> perform(CallCommand command) {
        return phase == Phase.CONNECTED ? commands.perform(command) : notConnected();
    }

    @Override
    public Future<Census> census() {
        return phase == Phase.CONNECTED
                ? censuses.read().map(found -> CatchUp.census(found, Set.of()))
                : notConnected();
    }

    /// The SIP objects that this Asterisk should hold beside those of its files.
    public SipObjects sipObjects() {
        return sipObjects;
    }

    /// Accounts of browsers at this Asterisk.
    public PhoneAccounts phones() {
        return phones;
    }

    @Override
    public Future<Void> close() {
        phase = Phase.CLOSED;
        vertx.cancelTimer(renewing);
        link.ifPresent(AriLink::close);
        censuses.close();
        aside.close();
        return sockets.close();
    }

    private <T> Future<T> notConnected() {
        return Future.failedFuture(new CallControlException(Kind.DISCONNECTED, "not connected to Asterisk: " + phase));
    }

    private void emit(CallEvent event) {
        if (phase != Phase.CLOSED) {
            listener.accept(event);
        }
    }

    private List<Future<AriResponse>> send(List<AriRequest> batch) {
        return phase == Phase.CONNECTED
                ? link.orElseThrow().send(batch)
                : batch.stream()
                        .map(request -> this.<AriResponse>notConnected())
                        .toList();
    }

    /// As soon as there is a link: what it is opened with was sent on it before.
    private List<Future<AriResponse>> sendSoon(List<AriRequest> batch) {
        return link.map(open -> open.send(batch)).orElseGet(() -> send(batch));
    }

    // Connecting

    private void connect() {
        AriLink.open(vertx, sockets, settings, authorization, new AriLink.Listener() {
                    @Override
                    public void event(JsonObject event) {
                        received(event);
                    }

                    @Override
                    public void closed(String why) {
                        lost(why);
                    }
                })
                .onSuccess(this::opened)
                .onFailure(failure -> {
                    refusals.failed(failure);
                    again("cannot connect to " + settings.url() + ": " + reason(failure));
                });
    }

    private String reason(Throwable failure) {
        return failure instanceof UpgradeRejectedException rejected && rejected.getStatus() == 401
                ? "it refuses user '" + settings.user() + "' or its password"
                : String.valueOf(failure.getMessage());
    }

    private void again(String why) {
        if (phase != Phase.CONNECTING) {
            return;
        }
        if (refusals.dead() && !legs.all().isEmpty()) {
            LOG.warn("nobody listens at {}: Asterisk has died, and with it its calls", settings.url());
            endDead();
        }
        Duration pause = refusals.soon(backoff.next());
        LOG.warn("{}; next attempt in {} ms", why, pause.toMillis());
        vertx.setTimer(Math.max(1, pause.toMillis()), timer -> {
            if (phase == Phase.CONNECTING) {
                connect();
            }
        });
    }

    /// The legs of an Asterisk that has died, some at a time: there may be thousands. A connection that comes meanwhile
    /// tells the rest.
    private void endDead() {
        List<Leg> over = legs.inOrderOfEnding();
        if (phase == Phase.CONNECTING && !over.isEmpty()) {
            over.stream()
                    .limit(ENDED_AT_A_TIME)
                    .forEach(leg -> legs.end(leg, leg.hangUpAsked ? EndCause.NORMAL : EndCause.CARRIER_LOST));
            vertx.runOnContext(_ -> endDead());
        }
    }

    private void opened(AriLink opened) {
        refusals.reached();
        if (phase != Phase.CONNECTING) {
            opened.close();
            return;
        }
        link = Optional.of(opened);
        phase = Phase.READING_CENSUS;
        sipObjects.makeAll(opened::send).compose(_ -> readCensus()).onComplete(read -> {
            if (phase != Phase.READING_CENSUS || link.orElse(null) != opened) {
                return;
            }
            if (read.succeeded()) {
                connected(read.result());
            } else {
                LOG.warn("no census: {}", read.cause().getMessage());
                opened.close();
            }
        });
    }

    /// The census and, for each play that goes on as far as we know, whether it does.
    private Future<CatchUp.Reading> readCensus() {
        Future<CensusReader.Found> found = censuses.read();
        Map<String, Future<Boolean>> plays = new HashMap<>();
        for (Leg leg : legs.all()) {
            leg.plays.keySet().stream()
                    .filter(leg::goesOn)
                    .map(leg::playbackId)
                    .forEach(id -> plays.put(id, censuses.playbackGoesOn(id)));
        }
        List<Future<?>> all = new ArrayList<>(plays.values());
        all.add(found);
        Future<Optional<Map<String, Boolean>>> endpoints = phones.read(link.orElseThrow()::send);
        all.add(endpoints);
        // One more round trip on the WebSocket: what happened before the census was read has arrived when it
        // is back.
        return Future.all(all)
                .compose(done -> link.orElseThrow()
                        .send(List.of(AriRequest.get("asterisk/ping")))
                        .getFirst())
                .map(pong -> new CatchUp.Reading(found.result(), plays, endpoints.result()));
    }

    private void received(JsonObject event) {
        if ("ApplicationReplaced".equals(event.getString("type"))) {
            replaced();
            return;
        }
        switch (phase) {
            case READING_CENSUS, CONNECTING -> early.add(event);
            case CONNECTED -> {
                events.handle(event);
                phones.handle(event);
            }
            case NEW, REPLACED, CLOSED -> {}
        }
    }

    private void lost(String why) {
        Phase before = phase;
        link = Optional.empty();
        early = new ArrayList<>();
        switch (before) {
            case CONNECTED -> {
                phase = Phase.CONNECTING;
                snoops.forgetAll();
                emit(new CallEvent.CarrierLost(why));
                again(why);
            }
            case CONNECTING, READING_CENSUS -> {
                phase = Phase.CONNECTING;
                again(why);
            }
            case NEW, REPLACED, CLOSED -> {}
        }
    }

    private void replaced() {
        if (phase == Phase.REPLACED || phase == Phase.CLOSED) {
            return;
        }
        LOG.warn("another client has taken over the application '{}'; stepping down", settings.application());
        phase = Phase.REPLACED;
        link.ifPresent(AriLink::close);
        emit(new CallEvent.CarrierReplaced());
    }

    // Catching up

    private void connected(CatchUp.Reading reading) {
        phase = Phase.CONNECTED;
        backoff.connected();
        List<JsonObject> waiting = early;
        early = new ArrayList<>();
        Set<String> arriving = new HashSet<>();
        Set<String> ended = new HashSet<>();
        for (JsonObject event : waiting) {
            if (Events.isArrival(event)) {
                arriving.add(channelOf(event));
            } else if ("ChannelDestroyed".equals(event.getString("type"))) {
                ended.add(channelOf(event));
            }
        }
        // The newest ones are told after the connection, as the calls they are; of the others, what happened
        // comes first.
        waiting.stream().filter(event -> !arriving.contains(channelOf(event))).forEach(events::handle);
        Set<String> left = new HashSet<>(arriving);
        left.addAll(ended);
        Census census = catchUp.connected(reading, left);
        waiting.forEach(phones::handle);
        reading.endpoints().ifPresentOrElse(phones::connected, phones::connectedBlindly);
        LOG.info(
                "connected to {} as '{}': {} legs, {} bridges",
                settings.url(),
                settings.application(),
                census.legs().size(),
                census.bridges().size());
        emit(new CallEvent.CarrierConnected(census));
        waiting.stream().filter(event -> arriving.contains(channelOf(event))).forEach(events::handle);
        firstConnection.tryComplete();
    }

    private static String channelOf(JsonObject event) {
        return event.getJsonObject("channel", new JsonObject()).getString("id", "");
    }
}
