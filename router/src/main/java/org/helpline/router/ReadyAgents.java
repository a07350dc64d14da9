package org.helpline.router;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Agents that may be offered a contact, by language and modality, longest idle first. An agent must be taken
/// out before anything changes that its place or its lanes depend on, and put back after.
final class ReadyAgents {
    private final Map<Lane, TreeSet<Agent>> lanes = new HashMap<>();

    void remove(Agent agent) {
        if (!agent.available()) return;
        for (Lane lane : agent.lanes()) lanes.get(lane).remove(agent);
    }

    void addIfAvailable(Agent agent) {
        if (!agent.available()) return;
        for (Lane lane : agent.lanes()) {
            lanes.computeIfAbsent(lane, _ -> new TreeSet<>(Agent.BY_IDLENESS)).add(agent);
        }
    }

    void rebuild(Collection<Agent> agents) {
        lanes.clear();
        agents.forEach(this::addIfAvailable);
    }

    NavigableSet<Agent> in(Lane lane) {
        TreeSet<Agent> agents = lanes.get(lane);
        return agents == null ? Collections.emptyNavigableSet() : agents;
    }
}
