package org.helpline.gateway;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;
import org.helpline.gateway.MessageFields.Invalid;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Input.Readiness;
import org.helpline.router.OfferId;

/// Reads what a desktop sends. Reading never throws: whatever arrives becomes one of four answers.
sealed interface ClientMessage {
    int LONGEST_WORD = 64;
    int LONGEST_TEXT = 100;
    int LONGEST_NOTES = 2_000;
    int MOST_INQUIRIES = 5;

    /// A well-formed command. `id` is a string or a number, as the client chose.
    record Command(Object id, Type type, Input input) implements ClientMessage {}

    /// A message whose type nobody knows.
    record Unknown(Object id, String type) implements ClientMessage {}

    /// A message of a known type with something in it that is not allowed.
    record Faulty(Object id, Invalid fault) implements ClientMessage {}

    /// Not a message at all.
    record Malformed(String message) implements ClientMessage {}

    enum Type {
        SET_STATE("set-state"),
        ACCEPT_OFFER("accept-offer"),
        REJECT_OFFER("reject-offer"),
        HANG_UP("hang-up"),
        COMPLETE_WRAP_UP("complete-wrap-up"),
        SIGN_OUT("sign-out");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word.equals(word))
                    .findFirst();
        }
    }

    static ClientMessage read(String text, AgentId agent) {
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
        return Type.of(word)
                .map(type -> command(id, type, json, agent))
                .orElseGet(() -> new Unknown(id, word.substring(0, Math.min(word.length(), LONGEST_WORD))));
    }

    private static ClientMessage command(Object id, Type type, JsonObject json, AgentId agent) {
        MessageFields fields = new MessageFields(json, "id", "type");
        try {
            Input input = input(type, fields, agent);
            fields.nothingElse();
            return new Command(id, type, input);
        } catch (Invalid fault) {
            return new Faulty(id, fault);
        }
    }

    private static Input input(Type type, MessageFields fields, AgentId agent) throws Invalid {
        return switch (type) {
            case SET_STATE -> setState(fields, agent);
            case ACCEPT_OFFER -> new Input.AcceptOffer(agent, fields.identifier("offerId", OfferId::new));
            case REJECT_OFFER ->
                new Input.RejectOffer(
                        agent, fields.identifier("offerId", OfferId::new), fields.optional("reason", LONGEST_WORD));
            case HANG_UP -> new Input.HangUp(agent, fields.identifier("contactId", ContactId::new));
            case COMPLETE_WRAP_UP ->
                new Input.CompleteWrapUp(
                        agent,
                        fields.identifier("contactId", ContactId::new),
                        fields.objects("inquiries", 1, MOST_INQUIRIES, ClientMessage::inquiry));
            case SIGN_OUT -> new Input.SignOut(agent);
        };
    }

    private static Input setState(MessageFields fields, AgentId agent) throws Invalid {
        Readiness readiness = fields.choice("state", Readiness.class);
        Optional<String> reason = fields.optional("reason", LONGEST_WORD);
        if (readiness == Readiness.READY && reason.isPresent()) {
            throw Invalid.of("reason", reason.get(), "absent with state ready");
        }
        return new Input.SetAgentState(agent, readiness, reason);
    }

    private static Inquiry inquiry(MessageFields fields) throws Invalid {
        return new Inquiry(
                fields.required("inquiry", LONGEST_TEXT),
                fields.choice("outcome", InquiryOutcome.class),
                fields.optional("escalatedTo", LONGEST_TEXT),
                fields.optional("referredTo", LONGEST_TEXT),
                fields.optionalText("notes", LONGEST_NOTES));
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

    static JsonObject refused(Faulty faulty) {
        return refused(faulty.id(), "invalid", faulty.fault().getMessage())
                .put("field", faulty.fault().field())
                .put("value", faulty.fault().value())
                .put("allowed", faulty.fault().allowed());
    }
}
