package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.ContactContext;
import org.helpline.router.Requirements;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// What the server tells a desktop on its own account, and how the parts of it are written.
final class ServerMessage {
    private ServerMessage() {}

    enum Type {
        WELCOME,
        AGENT_STATE,
        OFFER,
        OFFER_ENDED,
        CONTACT
    }

    static JsonObject state(AgentView agent) {
        return state(word(agent.state()), agent.reason(), agent.since());
    }

    static JsonObject state(String state, Optional<String> reason, Instant since) {
        JsonObject json = new JsonObject().put("state", state);
        reason.ifPresent(word -> json.put("reason", word));
        return json.put("since", since.toString());
    }

    static JsonObject agent(AgentView agent) {
        JsonArray skills = new JsonArray();
        agent.settings()
                .skills()
                .forEach((skill, level) ->
                        skills.add(new JsonObject().put("skill", skill.value()).put("level", level)));
        return new JsonObject()
                .put("agentId", agent.settings().id().value())
                .put("name", agent.settings().name())
                .put("languages", words(agent.settings().languages()))
                .put("modalities", words(agent.settings().modalities()))
                .put("skills", skills);
    }

    /// A contact as its agent sees it; for that agent it is over when `ended`, wherever it goes from there.
    static JsonObject contact(ContactView contact, boolean ended, Instant now) {
        ContactContext context = contact.context();
        Requirements requirements = contact.requirements();
        JsonObject caller = new JsonObject();
        context.callerNumber().ifPresent(number -> caller.put("number", number));
        JsonObject json = new JsonObject()
                .put("contactId", contact.id().value())
                .put("helpline", context.helpline().value())
                .put("queue", contact.queue().value())
                .put("modality", word(requirements.modality()))
                .put("language", requirements.language().tag())
                .put("state", ended ? "ended" : contactState(contact.state()))
                .put("caller", caller);
        context.need().ifPresent(need -> json.put("need", need));
        return json.put("waitedMs", waitedMs(contact, now))
                .put("requirements", requirements(requirements))
                .put("relaxed", new JsonArray())
                .put("participants", participants(contact, ended))
                .put("path", path(context))
                .put("previous", new JsonArray());
    }

    static long millisUntil(Instant end, Instant now) {
        return Math.max(0, Duration.between(now, end).toMillis());
    }

    private static long waitedMs(ContactView contact, Instant now) {
        return millisUntil(contact.connectedAt().orElse(now), contact.waitingSince());
    }

    private static String contactState(ContactState state) {
        return switch (state) {
            // Only an agent's own contacts are shown, and those never wait.
            case WAITING -> throw new IllegalStateException("a waiting contact has no agent to be shown to");
            case OFFERED -> "offered";
            // A lost agent who comes back finds the device being called again.
            case CONNECTING, AGENT_LOST -> "connecting";
            case TALKING -> "talking";
            case HELD -> "held";
            case WRAP_UP -> "wrap-up";
        };
    }

    private static JsonArray participants(ContactView contact, boolean ended) {
        JsonArray participants = new JsonArray().add(participant("caller", "caller", callerState(contact, ended)));
        contact.agent()
                .ifPresent(agent -> participants.add(participant(agent.value(), "agent", agentState(contact, ended))));
        return participants;
    }

    private static JsonObject participant(String id, String role, String state) {
        return new JsonObject().put("participantId", id).put("role", role).put("state", state);
    }

    private static String callerState(ContactView contact, boolean ended) {
        if (ended) return "left";
        return switch (contact.state()) {
            case WAITING, OFFERED, CONNECTING, AGENT_LOST -> "waiting";
            case TALKING -> "talking";
            case HELD -> "held";
            case WRAP_UP -> "left";
        };
    }

    private static String agentState(ContactView contact, boolean ended) {
        if (ended) return "left";
        return switch (contact.state()) {
            case WAITING, OFFERED -> "offered";
            case CONNECTING -> "ringing";
            case TALKING, HELD -> "talking";
            case AGENT_LOST -> contact.leg().isPresent() ? "ringing" : "lost";
            case WRAP_UP -> "left";
        };
    }

    private static JsonObject requirements(Requirements requirements) {
        JsonArray skills = new JsonArray();
        requirements
                .skills()
                .forEach(needed -> skills.add(new JsonObject()
                        .put("skill", needed.skill().value())
                        .put("minimumLevel", needed.minimumLevel())));
        return new JsonObject()
                .put("language", requirements.language().tag())
                .put("modality", word(requirements.modality()))
                .put("skills", skills);
    }

    private static JsonArray path(ContactContext context) {
        JsonArray path = new JsonArray();
        context.path()
                .forEach(step -> path.add(new JsonObject()
                        .put("at", step.at().toString())
                        .put("step", step.step())
                        .put("value", step.value())));
        return path;
    }

    private static JsonArray words(List<?> values) {
        JsonArray words = new JsonArray();
        values.forEach(value -> words.add(value instanceof Enum<?> constant ? word(constant) : value.toString()));
        return words;
    }
}
