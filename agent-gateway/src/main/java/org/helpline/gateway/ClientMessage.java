package org.helpline.gateway;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.helpline.gateway.MessageFields.Invalid;

/// What a client sends, up to its type. Reading never throws: whatever arrives becomes one of three answers.
sealed interface ClientMessage {
    int LONGEST_WORD = 64;

    /// A message with an id, a string or a number as the client chose, and a type that somebody may know.
    record Request(Object id, String type, JsonObject json) implements ClientMessage {
        MessageFields fields() {
            return new MessageFields(json, "id", "type");
        }
    }

    /// A message with something in it that is not allowed.
    record Faulty(Object id, Invalid fault) implements ClientMessage {}

    /// Not a message at all.
    record Malformed(String message) implements ClientMessage {}

    static ClientMessage read(String text) {
        JsonObject json;
        try {
            json = new JsonObject(text);
        } catch (DecodeException e) {
            return new Malformed("a message must be a JSON object in a text frame");
        }
        Object id = json.getValue("id");
        boolean named = id instanceof String word
                ? !word.isEmpty() && word.length() <= LONGEST_WORD
                : id instanceof Integer || id instanceof Long;
        if (!named) {
            return new Malformed("a message needs an id: a string of 1 to " + LONGEST_WORD + " characters or a number");
        }
        if (!(json.getValue("type") instanceof String word)) {
            return new Faulty(id, Invalid.of("type", json.getValue("type"), "a string"));
        }
        return new Request(id, word.substring(0, Math.min(word.length(), LONGEST_WORD)), json);
    }

    static JsonObject done(Object id) {
        return new JsonObject().put("type", "done").put("id", id);
    }

    static JsonObject refused(Object id, String reason, String message) {
        return new JsonObject()
                .put("type", "refused")
                .put("id", id)
                .put("reason", reason)
                .put("message", message);
    }

    static JsonObject unknownType(Request request) {
        return refused(request.id(), "unknown-type", "there is no message of type " + request.type());
    }

    static JsonObject refused(Object id, Invalid fault) {
        return refused(id, "invalid", fault.getMessage())
                .put("field", fault.field())
                .put("value", fault.value())
                .put("allowed", fault.allowed());
    }
}
