package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.RoutingState.AgentView;

/// What the server tells a desktop on its own account, and how the parts of it are written.
final class ServerMessage {
    private ServerMessage() {}

    enum Type {
        WELCOME,
        AGENT,
        AGENT_STATE,
        DEVICE,
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

    /// Whether the agent's phone can be reached, as far as the switch has said anything.
    static JsonObject device(Optional<String> unreachableWhy) {
        JsonObject json = new JsonObject().put("reachable", unreachableWhy.isEmpty());
        unreachableWhy.ifPresent(why -> json.put("why", why));
        return json;
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

    static long millisUntil(Instant end, Instant now) {
        return Math.max(0, Duration.between(now, end).toMillis());
    }

    static JsonArray words(List<?> values) {
        JsonArray words = new JsonArray();
        values.forEach(value -> words.add(value instanceof Enum<?> constant ? word(constant) : value.toString()));
        return words;
    }
}
