package org.helpline.router;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Contacts as the agents who wrap them up left them, one for each agent: the contact itself is over, or has
/// gone on without the agent.
final class WrapUpRows {
    private final Map<ContactId, TreeMap<AgentId, Contact>> rows = new HashMap<>();

    void add(AgentId agent, Contact asLeft) {
        rows.computeIfAbsent(asLeft.id(), _ -> new TreeMap<>()).put(agent, asLeft);
    }

    void remove(AgentId agent, Contact row) {
        rows.computeIfPresent(row.id(), (_, byAgent) -> {
            byAgent.remove(agent);
            return byAgent.isEmpty() ? null : byAgent;
        });
    }

    Optional<Contact> of(ContactId contact, AgentId agent) {
        return Optional.ofNullable(rows.get(contact)).map(byAgent -> byAgent.get(agent));
    }

    /// In the order of the agents' ids.
    Collection<Contact> of(ContactId contact) {
        TreeMap<AgentId, Contact> byAgent = rows.get(contact);
        return byAgent == null ? List.of() : byAgent.values();
    }

    /// Oldest first; those of one contact in the order of the agents' ids.
    List<Contact> all() {
        return rows.values().stream()
                .flatMap(byAgent -> byAgent.values().stream())
                .sorted(Contact.BY_AGE)
                .toList();
    }
}
