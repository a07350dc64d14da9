package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;

/// Reads over HTTP what Asterisk holds of ours: an answer of hundreds of kilobytes must not stand in the way
/// of events.
final class CensusReader {
    /// With this begin the names of channels that listen to others.
    private static final String SNOOP = "Snoop/";

    private static final int CONNECTIONS = 5;

    private static final DateTimeFormatter STARTUP_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT);

    private final AsteriskSettings settings;
    private final Aside http;

    /// @param contact empty when the channel has none
    record Channel(String id, Optional<String> contact, String state, boolean inbound) {
        boolean up() {
            return state.equals("Up");
        }
    }

    record Bridge(String id, List<String> channels) {}

    /// @param snoops ids of channels that listen to others
    /// @param startedAt when this Asterisk was started; empty when it does not say
    record Found(List<Channel> channels, List<Bridge> bridges, List<String> snoops, Optional<Instant> startedAt) {}

    CensusReader(Vertx vertx, AsteriskSettings settings, String authorization) {
        this.settings = settings;
        this.http = new Aside(vertx, settings, authorization, CONNECTIONS, -1);
    }

    Future<Found> read() {
        Future<JsonArray> channels = get("channels").map(JsonArray::new);
        Future<JsonArray> bridges = get("bridges").map(JsonArray::new);
        Future<JsonObject> application =
                get("applications/" + settings.application()).map(JsonObject::new);
        Future<Optional<Instant>> start = startedAt();
        return Future.all(channels, bridges, application, start)
                .compose(all -> found(channels.result(), bridges.result(), application.result(), start.result()));
    }

    private Future<Optional<Instant>> startedAt() {
        return request("asterisk/info?only=status")
                .map(answer -> answer.status() == 200
                        ? instant(new JsonObject(answer.body())
                                .getJsonObject("status", new JsonObject())
                                .getString("startup_time", ""))
                        : Optional.empty());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, STARTUP_TIME).toInstant());
        } catch (DateTimeParseException unexpected) {
            return Optional.empty();
        }
    }

    /// False when Asterisk does not know the playback (any more).
    Future<Boolean> playbackGoesOn(String playbackId) {
        return request("playbacks/" + AriRequest.segment(playbackId)).map(answer -> answer.status() == 200);
    }

    void close() {
        http.close();
    }

    private Future<Found> found(
            JsonArray channels, JsonArray bridges, JsonObject application, Optional<Instant> startedAt) {
        Set<Object> subscribed = application.getJsonArray("channel_ids", new JsonArray()).stream()
                .collect(Collectors.toSet());
        List<Future<Channel>> ours = new ArrayList<>();
        List<String> snoops = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            JsonObject channel = channels.getJsonObject(i);
            JsonObject dialplan = channel.getJsonObject("dialplan", new JsonObject());
            boolean inStasis = "Stasis".equals(dialplan.getString("app_name"))
                    && dialplan.getString("app_data", "").startsWith(settings.application() + ",");
            boolean isOurs = inStasis || subscribed.contains(channel.getString("id"));
            if (isOurs && channel.getString("name", "").startsWith(SNOOP)) {
                snoops.add(channel.getString("id"));
            } else if (isOurs) {
                boolean inbound = dialplan.getString("app_data", "").startsWith(settings.application() + ",inbound");
                ours.add(contactOf(channel)
                        .map(contact -> new Channel(
                                channel.getString("id"), contact, channel.getString("state", ""), inbound)));
            }
        }
        return Future.all(ours)
                .map(all ->
                        new Found(ours.stream().map(Future::result).toList(), ourBridges(bridges), snoops, startedAt));
    }

    private List<Bridge> ourBridges(JsonArray bridges) {
        List<Bridge> ours = new ArrayList<>();
        for (int i = 0; i < bridges.size(); i++) {
            JsonObject bridge = bridges.getJsonObject(i);
            if (settings.application().equals(bridge.getString("name"))) {
                ours.add(new Bridge(
                        bridge.getString("id"),
                        bridge.getJsonArray("channels", new JsonArray()).stream()
                                .map(String.class::cast)
                                .toList()));
            }
        }
        return ours;
    }

    private Future<Optional<String>> contactOf(JsonObject channel) {
        JsonObject variables = channel.getJsonObject("channelvars");
        if (variables != null && variables.containsKey(Commands.CONTACT)) {
            return Future.succeededFuture(notEmpty(variables.getString(Commands.CONTACT)));
        }
        AriRequest variable =
                AriRequest.get(Commands.channel(channel.getString("id")) + "/variable", "variable", Commands.CONTACT);
        return request(variable.uri())
                .map(answer -> answer.status() == 200
                        ? notEmpty(new JsonObject(answer.body()).getString("value"))
                        : Optional.empty());
    }

    private static Optional<String> notEmpty(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    private Future<String> get(String path) {
        return request(path)
                .compose(answer -> answer.status() == 200
                        ? Future.succeededFuture(answer.body())
                        : Future.failedFuture(new CallControlException(
                                Kind.REFUSED, "GET /ari/" + path + " gave " + answer.status())));
    }

    private Future<AriResponse> request(String path) {
        return http.send(AriRequest.get(path), settings.requestTimeout());
    }
}
