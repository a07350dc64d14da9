package org.helpline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.helpline.gateway.Catalogue.Place;
import org.helpline.gateway.UserDirectory.User;
import org.helpline.router.AgentState;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.AgentView;

/// The lists that desks choose from, as HTTP answers.
final class DeskLists {
    /// More colleagues than anybody picks from by hand.
    static final int MOST_AGENTS = 1_000;

    private DeskLists() {}

    /// `/v1/inquiries`.
    static JsonObject inquiries(Catalogue catalogue) {
        JsonArray inquiries = new JsonArray();
        catalogue
                .inquiries()
                .forEach(type -> inquiries.add(new JsonObject()
                        .put("id", type.id())
                        .put("name", type.name())
                        .put("programme", type.programme())
                        .put("active", type.active())));
        return new JsonObject()
                .put("inquiries", inquiries)
                .put("referrals", places(catalogue.referrals()))
                .put("escalations", places(catalogue.escalations()));
    }

    /// `/v1/directory`: who and what a contact can be handed on to. Colleagues who are signed out are left out.
    static JsonObject directory(RoutingState replica, Catalogue catalogue, List<String> numbers, User user) {
        Set<QueueId> closed = Set.copyOf(replica.closedQueues());
        JsonArray queues = new JsonArray();
        for (QueueSettings queue : replica.queues()) {
            queues.add(new JsonObject()
                    .put("queue", queue.id().value())
                    .put("helpline", queue.helpline().value())
                    .put("open", !closed.contains(queue.id())));
        }
        List<AgentView> there = replica.agents().stream()
                .filter(agent -> agent.state() != AgentState.SIGNED_OUT)
                .toList();
        JsonArray agents = new JsonArray();
        there.stream().limit(MOST_AGENTS).forEach(agent -> agents.add(agent(agent)));
        JsonObject languages = new JsonObject();
        catalogue.languages().forEach(languages::put);
        JsonObject skills = new JsonObject();
        catalogue.skills().forEach(skills::put);
        return new JsonObject()
                .put("name", user.name())
                .put(
                        "roles",
                        new JsonArray(user.roles().stream()
                                .map(MessageFields::word)
                                .sorted()
                                .toList()))
                .put("queues", queues)
                .put("agents", agents)
                .put("moreAgents", there.size() > MOST_AGENTS)
                .put("numbers", new JsonArray(numbers))
                .put(
                        "places",
                        places(catalogue.referrals().stream()
                                .filter(place -> place.number().isPresent())
                                .toList()))
                .put("languages", languages)
                .put("skills", skills);
    }

    private static JsonObject agent(AgentView agent) {
        return new JsonObject()
                .put("agentId", agent.settings().id().value())
                .put("name", agent.settings().name())
                .put("state", word(agent.state()))
                .put("languages", ServerMessage.words(agent.settings().languages()))
                .put("modalities", ServerMessage.words(agent.settings().modalities()));
    }

    private static JsonArray places(List<Place> places) {
        JsonArray json = new JsonArray();
        for (Place place : places) {
            JsonObject one = new JsonObject().put("id", place.id()).put("name", place.name());
            place.number().ifPresent(number -> one.put("number", number));
            json.add(one);
        }
        return json;
    }

    /// An ETag: the same text has the same one, whichever server gives it.
    static String etag(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
