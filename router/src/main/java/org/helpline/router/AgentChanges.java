package org.helpline.router;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// How settings and agents change by events.
final class AgentChanges {
    private final DomainTables tables;

    AgentChanges(DomainTables tables) {
        this.tables = tables;
    }

    void apply(Event.DomainConfigured configured) {
        tables.settings(configured.settings());
        configureQueues(configured.settings().queues());
        configureAgents(configured);
        tables.ready().rebuild(tables.agents());
        renewWaitingContacts();
    }

    private void configureQueues(List<QueueSettings> newest) {
        var before = new LinkedHashMap<>(tables.queueRows());
        tables.queueRows().clear();
        newest.forEach(queue -> tables.queueRows().put(queue.id(), queue));
        Stream.concat(tables.contacts().stream(), tables.wrapUps().all().stream())
                .map(Contact::queue)
                .distinct()
                .sorted()
                .forEach(inUse -> tables.queueRows().putIfAbsent(inUse, before.get(inUse)));
    }

    private void configureAgents(Event.DomainConfigured configured) {
        var before = new LinkedHashMap<>(tables.agentRows());
        tables.agentRows().clear();
        for (AgentSettings settings : configured.settings().agents()) {
            Agent known = before.remove(settings.id());
            if (known != null) known.configure(settings);
            tables.agentRows().put(settings.id(), known != null ? known : new Agent(settings, configured.at()));
        }
        for (Agent vanished : before.values()) {
            if (vanished.state() == AgentState.SIGNED_OUT) continue;
            vanished.retire();
            tables.agentRows().put(vanished.id(), vanished);
        }
    }

    /// Skills of queues may have changed.
    private void renewWaitingContacts() {
        tables.waiting().clear();
        tables.contacts().stream()
                .filter(Contact::inLine)
                .sorted(Contact.BY_AGE)
                .forEach(contact -> {
                    contact.waiting(tables.requirementsNow(contact));
                    tables.waiting().add(contact);
                });
    }

    void apply(Event.AgentSkillsChanged changed) {
        Agent agent = known(changed, changed.agent());
        AgentSettings before = agent.settings();
        var settings = new AgentSettings(
                before.id(),
                before.name(),
                changed.languages(),
                changed.modalities(),
                changed.skills(),
                before.offerOn());
        change(agent, row -> row.use(settings));
    }

    void apply(Event.DeviceReachabilityChanged changed) {
        Agent agent = known(changed, changed.agent());
        Checks.follows(!agent.unreachable().equals(changed.unreachableWhy()), changed, found(agent));
        agent.unreachable(changed.unreachableWhy());
    }

    void apply(Event.AgentSignedIn signedIn) {
        Agent agent = known(signedIn, signedIn.agent());
        Checks.follows(agent.state() == AgentState.SIGNED_OUT, signedIn, found(agent));
        change(agent, row -> row.connect(true));
    }

    void apply(Event.AgentSocketLost lost) {
        Agent agent = known(lost, lost.agent());
        Checks.follows(agent.connected(), lost, found(agent));
        change(agent, row -> row.connect(false));
    }

    void apply(Event.AgentSocketRestored restored) {
        Agent agent = known(restored, restored.agent());
        Checks.follows(!agent.connected() && agent.state() != AgentState.SIGNED_OUT, restored, found(agent));
        change(agent, row -> row.connect(true));
    }

    void apply(Event.AgentStateChanged changed) {
        Agent agent = known(changed, changed.agent());
        Contact contact = agent.contact();
        boolean holdsContact = contact != null && agent.equals(contact.agent());
        boolean fits =
                switch (changed.state()) {
                    case SIGNED_OUT, NOT_READY, READY -> !holdsContact;
                    case RESERVED, ON_CONTACT, WRAP_UP -> holdsContact;
                };
        Checks.follows(fits, changed, found(agent));
        change(agent, row -> row.become(changed.state(), changed.reason(), changed.at()));
    }

    void apply(Event.AgentSignedOut signedOut) {
        Agent agent = known(signedOut, signedOut.agent());
        Checks.follows(agent.state() == AgentState.SIGNED_OUT, signedOut, found(agent));
        change(agent, row -> row.connect(false));
        if (agent.retired()) tables.agentRows().remove(agent.id());
    }

    void apply(Event.AgentWishNoted wish) {
        Agent agent = known(wish, wish.agent());
        Checks.follows(agent.contact() != null, wish, found(agent));
        agent.note(new Agent.Wish(wish.readiness(), wish.reason()));
    }

    /// Takes the agent out of the index of ready agents while it changes.
    private void change(Agent agent, Consumer<Agent> mutation) {
        tables.ready().remove(agent);
        mutation.accept(agent);
        tables.ready().addIfAvailable(agent);
    }

    private Agent known(Event event, AgentId id) {
        Optional<Agent> agent = tables.agent(id);
        Checks.follows(agent.isPresent(), event, "no agent " + id);
        return agent.get();
    }

    private static String found(Agent agent) {
        return "agent " + agent.id() + " is " + agent.state() + (agent.connected() ? "" : " without a socket")
                + (agent.contact() == null
                        ? ""
                        : " with contact " + agent.contact().id());
    }
}
