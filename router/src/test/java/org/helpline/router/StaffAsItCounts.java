package org.helpline.router;

import java.util.HashMap;
import java.util.Map;

/// Agents' settings as they count: as configured, with what supervisors set since. What a supervisor set stays
/// until the configuration says something new of the agent, or forgets it.
final class StaffAsItCounts {
    private final RoutingState state;
    private final Map<AgentId, AgentSettings> configured = new HashMap<>();
    private final Map<AgentId, AgentSettings> effective = new HashMap<>();
    /// Agents that vanished from the configuration in the middle of something.
    private final Map<AgentId, AgentSettings> retired = new HashMap<>();

    StaffAsItCounts(RoutingState state) {
        this.state = state;
    }

    AgentSettings of(AgentId agent) {
        return effective.get(agent);
    }

    boolean isConfigured(AgentId agent) {
        return configured.containsKey(agent);
    }

    void configured(DomainSettings settings) {
        var before = new HashMap<>(configured);
        configured.clear();
        settings.agents().forEach(agent -> {
            configured.put(agent.id(), agent);
            if (!agent.equals(before.get(agent.id())) && !agent.equals(retired.get(agent.id()))) {
                effective.put(agent.id(), agent);
            }
            retired.remove(agent.id());
        });
        before.forEach((id, agent) -> {
            if (!configured.containsKey(id) && state.agent(id).isPresent()) retired.put(id, agent);
        });
    }

    void skillsChanged(Event.AgentSkillsChanged changed) {
        effective.computeIfPresent(
                changed.agent(),
                (id, before) -> new AgentSettings(
                        id,
                        before.name(),
                        changed.languages(),
                        changed.modalities(),
                        changed.skills(),
                        before.offerOn()));
    }

    void signedOut(AgentId agent) {
        retired.remove(agent);
    }
}
