package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.EventParties;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.RoutingState.SupervisionView;

/// What supervisors see: agents, contacts that are not over, queues. It knows what events have touched since the last
/// look, so that a look costs what has changed and not what there is.
final class Floor {
    private final RoutingState replica;
    private final Set<AgentId> agents = new LinkedHashSet<>();
    private final Set<ContactId> contacts = new LinkedHashSet<>();
    private boolean queues;
    private boolean everything;

    Floor(RoutingState replica) {
        this.replica = replica;
    }

    /// Takes an event that the replica has applied.
    void observe(Event event, Optional<ContactView> before) {
        agents.addAll(EventParties.agents(event));
        before.flatMap(ContactView::agent).ifPresent(agents::add);
        contacts.addAll(EventParties.contacts(event));
        queues |= event instanceof Event.QueueClosed || event instanceof Event.QueueOpened;
        everything |= event instanceof Event.DomainConfigured;
    }

    /// Forgets what was touched: whoever watches sees it from now on.
    void looked() {
        agents.clear();
        contacts.clear();
        queues = false;
        everything = false;
    }

    boolean isTouched() {
        return everything || queues || !agents.isEmpty() || !contacts.isEmpty();
    }

    JsonObject snapshot() {
        JsonArray allAgents = new JsonArray();
        replica.agents().forEach(agent -> allAgents.add(agent(agent)));
        JsonArray allContacts = new JsonArray();
        replica.contacts().stream().filter(Floor::isLive).forEach(contact -> allContacts.add(contact(contact)));
        return new JsonObject()
                .put("agents", allAgents)
                .put("contacts", allContacts)
                .put("queues", allQueues());
    }

    /// What has been touched since the last look, as it is now; or all of it, `whole`, after new settings.
    JsonObject changes() {
        if (everything) return snapshot().put("whole", true);
        JsonArray changedAgents = new JsonArray();
        agents.forEach(id -> replica.agent(id).ifPresent(agent -> changedAgents.add(agent(agent))));
        JsonArray changedContacts = new JsonArray();
        JsonArray gone = new JsonArray();
        contacts.forEach(id -> replica.contact(id)
                .filter(Floor::isLive)
                .ifPresentOrElse(contact -> changedContacts.add(contact(contact)), () -> gone.add(id.value())));
        JsonObject changes = new JsonObject().put("whole", false);
        changes.put("agents", changedAgents).put("contacts", changedContacts).put("contactsGone", gone);
        return queues ? changes.put("queues", allQueues()) : changes;
    }

    private static boolean isLive(ContactView contact) {
        return contact.state() != ContactState.WRAP_UP;
    }

    private JsonArray allQueues() {
        Set<QueueId> closed = Set.copyOf(replica.closedQueues());
        JsonArray json = new JsonArray();
        for (QueueSettings queue : replica.queues()) {
            json.add(new JsonObject()
                    .put("queue", queue.id().value())
                    .put("helpline", queue.helpline().value())
                    .put("open", !closed.contains(queue.id())));
        }
        return json;
    }

    private static JsonObject agent(AgentView agent) {
        JsonObject json = ServerMessage.agent(agent)
                .mergeIn(ServerMessage.state(agent))
                .put("connected", agent.connected())
                .put("device", ServerMessage.device(agent.deviceUnreachable()));
        agent.contact().ifPresent(contact -> json.put("contactId", contact.value()));
        return json;
    }

    private JsonObject contact(ContactView contact) {
        JsonObject caller = new JsonObject();
        contact.context().callerNumber().ifPresent(number -> caller.put("number", masked(number)));
        JsonObject json = new JsonObject()
                .put("contactId", contact.id().value())
                .put("helpline", contact.context().helpline().value())
                .put("queue", contact.queue().value())
                .put("language", contact.requirements().language().tag())
                .put("modality", word(contact.requirements().modality()))
                .put("state", word(contact.state()))
                .put("caller", caller)
                .put("waitingSince", contact.waitingSince().toString())
                .put("queuedAt", contact.queuedAt().toString());
        contact.context().need().ifPresent(need -> json.put("need", need));
        contact.agent().ifPresent(agent -> json.put("agentId", agent.value()));
        contact.connectedAt().ifPresent(at -> json.put("connectedAt", at.toString()));
        contact.consultOf().ifPresent(of -> json.put("consultOf", of.value()));
        contact.consult().ifPresent(consult -> json.put("consult", consult.value()));
        List<JsonObject> supervisors = replica.supervisions().stream()
                .filter(view -> view.contact().equals(contact.id()))
                .map(Floor::supervision)
                .toList();
        return json.put("supervisors", new JsonArray(supervisors));
    }

    static JsonObject supervision(SupervisionView view) {
        return new JsonObject()
                .put("supervisor", view.supervisor().value())
                .put("mode", word(view.mode()))
                .put("state", view.listening() ? "listening" : "ringing");
    }

    /// A supervisor needs to tell callers apart, not to call them.
    static String masked(String number) {
        int shown = number.length() > 4 ? 2 : 0;
        String hidden = number.substring(0, number.length() - shown)
                .chars()
                .mapToObj(c -> c == '+' ? "+" : "*")
                .collect(Collectors.joining());
        return hidden + number.substring(number.length() - shown);
    }
}
