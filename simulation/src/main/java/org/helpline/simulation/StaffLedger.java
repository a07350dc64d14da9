package org.helpline.simulation;

import java.util.Optional;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentState;
import org.helpline.router.Event;
import org.helpline.router.SupervisorId;

/// The ledger's pages on who works here, with which skills, and on supervisors.
final class StaffLedger {
    private final Ledger ledger;

    StaffLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /// What a supervisor set stays until the configuration says something new of the agent.
    void configured(Event.DomainConfigured event) {
        ledger.agents.values().forEach(agent -> agent.configured = false);
        for (AgentSettings settings : event.settings().agents()) {
            Ledger.Agent agent = ledger.agents.computeIfAbsent(settings.id(), _ -> new Ledger.Agent());
            if (!settings.equals(agent.asConfigured)) {
                agent.asConfigured = settings;
                agent.settings = settings;
            }
            agent.configured = true;
            ledger.touchedAgents.add(settings.id());
        }
        ledger.agents.values().stream()
                .filter(agent -> !agent.configured && agent.state == AgentState.SIGNED_OUT)
                .forEach(StaffLedger::forget);
    }

    void signedOut(Event.AgentSignedOut event) {
        Ledger.Agent agent = ledger.agent(event.agent());
        agent.connected = false;
        if (!agent.configured) forget(agent);
    }

    private static void forget(Ledger.Agent agent) {
        agent.asConfigured = null;
        agent.unreachable = Optional.empty();
    }

    void skillsChanged(Event.AgentSkillsChanged event) {
        Ledger.Agent agent = ledger.agent(event.agent());
        AgentSettings before = agent.settings;
        agent.settings = new AgentSettings(
                before.id(), before.name(), event.languages(), event.modalities(), event.skills(), before.offerOn());
    }

    void supervisionRequested(Event.SupervisionRequested event) {
        ledger.counts.supervisions++;
        boolean first = ledger.supervisions.put(event.supervisor(), event) == null;
        ledger.check(first, Invariant.LISTENERS_HEAR_SOMEBODY, event, "listens already");
    }

    void supervised(SupervisorId supervisor, Event event) {
        boolean listens = ledger.supervisions.containsKey(supervisor);
        ledger.check(listens, Invariant.LISTENERS_HEAR_SOMEBODY, event, "listens to nobody");
    }
}
