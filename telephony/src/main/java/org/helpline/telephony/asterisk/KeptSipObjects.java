package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers what was defined and tells it to each new connection.
final class KeptSipObjects implements SipObjects {
    /// Three for each browser and two for each desk phone of a thousand agents.
    static final int MOST = 5000;

    /// So many at a time, that the bound on outstanding requests is not met.
    private static final int BATCH = 200;

    private static final Logger LOG = LoggerFactory.getLogger(KeptSipObjects.class);

    private final Map<Key, SipObject> kept = new LinkedHashMap<>();
    private final Requests requests;

    private record Key(SipObject.Type type, String id) {}

    /// @param requests refuses with [Kind#DISCONNECTED] while there is no connection
    KeptSipObjects(Requests requests) {
        this.requests = requests;
    }

    @Override
    public Future<Void> define(List<SipObject> objects) {
        long more = objects.stream()
                .filter(object -> !kept.containsKey(key(object)))
                .count();
        if (kept.size() + more > MOST) {
            return Future.failedFuture(new CallControlException(
                    Kind.OVERLOADED, kept.size() + " SIP objects are kept, at most " + MOST + " may be"));
        }
        objects.forEach(object -> kept.put(key(object), object));
        return make(requests, objects).recover(KeptSipObjects::nextTime).compose(refused -> {
            refused.keySet().forEach(object -> kept.remove(key(object), object));
            return refused.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(refused.values().iterator().next());
        });
    }

    @Override
    public Future<Void> remove(String id) {
        List<AriRequest> batch = new ArrayList<>();
        for (SipObject.Type type : List.of(SipObject.Type.ENDPOINT, SipObject.Type.AOR, SipObject.Type.AUTH)) {
            if (kept.remove(new Key(type, id)) != null) {
                batch.add(AriRequest.delete(path(type, id)));
            }
        }
        List<Future<Void>> removed = requests.send(batch).stream()
                .map(answer -> answer.compose(
                        given -> given.ok() || given.status() == 404
                                ? Future.<Void>succeededFuture()
                                : Future.<Void>failedFuture(refusal(given)),
                        failure -> nextTime(failure).<Void>mapEmpty()))
                .toList();
        return Future.all(removed).mapEmpty();
    }

    /// Makes all of them on a connection that is just being opened. One that is refused does not keep the
    /// others, or the connection, from coming.
    Future<Void> makeAll(Requests connection) {
        return make(connection, List.copyOf(kept.values())).map(refused -> {
            refused.forEach((object, why) -> LOG.warn("{} was refused: {}", object, why.getMessage()));
            return null;
        });
    }

    /// Answers with those that Asterisk refused.
    private Future<Map<SipObject, CallControlException>> make(Requests connection, List<SipObject> objects) {
        if (objects.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        int size = Math.min(objects.size(), BATCH);
        // What was taken away or replaced since must not come back.
        List<SipObject> batch = objects.subList(0, size).stream()
                .filter(object -> object.equals(kept.get(key(object))))
                .toList();
        List<Future<AriResponse>> answers =
                connection.send(batch.stream().map(KeptSipObjects::put).toList());
        return Future.all(answers).compose(_ -> {
            Map<SipObject, CallControlException> refused = new LinkedHashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                AriResponse answer = answers.get(i).result();
                if (!answer.ok()) {
                    refused.put(batch.get(i), refusal(answer));
                }
            }
            return make(connection, objects.subList(size, objects.size())).map(others -> {
                refused.putAll(others);
                return refused;
            });
        });
    }

    /// Without a connection nothing is lost: each one begins with all that is kept.
    private static <K, V> Future<Map<K, V>> nextTime(Throwable failure) {
        return failure instanceof CallControlException refusal && refusal.kind() == Kind.DISCONNECTED
                ? Future.succeededFuture(Map.of())
                : Future.failedFuture(failure);
    }

    /// The body of a success holds every field, secrets among them; that of a refusal holds its reason.
    private static CallControlException refusal(AriResponse answer) {
        return new CallControlException(Kind.REFUSED, answer.status() + " " + answer.body());
    }

    private static AriRequest put(SipObject object) {
        JsonArray fields = new JsonArray();
        object.fields()
                .forEach((name, value) ->
                        fields.add(new JsonObject().put("attribute", name).put("value", value)));
        return AriRequest.put(path(object.type(), object.id())).with(new JsonObject().put("fields", fields));
    }

    private static String path(SipObject.Type type, String id) {
        return "asterisk/config/dynamic/res_pjsip/" + type.word() + "/" + AriRequest.segment(id);
    }

    private static Key key(SipObject object) {
        return new Key(object.type(), object.id());
    }
}
