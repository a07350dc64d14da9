package org.helpline.gateway;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.RoutingState.ContactView;

/// What each agent has in hand, found by agent and by contact.
final class Hands {
    private final Map<AgentId, ContactInHand> byAgent = new HashMap<>();
    private final Map<ContactId, Set<AgentId>> byContact = new HashMap<>();
    /// Who opened each open consult.
    private final Map<ContactId, AgentId> consulting = new HashMap<>();

    Optional<ContactInHand> of(AgentId agent) {
        return Optional.ofNullable(byAgent.get(agent));
    }

    Optional<ContactInHand> of(AgentId agent, ContactId contact) {
        return of(agent).filter(hand -> hand.id().equals(contact));
    }

    /// @param since when it has been in its state; empty when that is not known
    ContactInHand take(AgentId agent, ContactView contact, Optional<Instant> since) {
        Optional<ContactInHand> known = of(agent, contact.id());
        if (known.isPresent()) return known.get();
        drop(agent);
        ContactInHand hand = new ContactInHand(contact, since);
        byAgent.put(agent, hand);
        byContact.computeIfAbsent(contact.id(), _ -> new LinkedHashSet<>()).add(agent);
        return hand;
    }

    void drop(AgentId agent) {
        ContactInHand hand = byAgent.remove(agent);
        if (hand == null) return;
        Set<AgentId> holders = byContact.get(hand.id());
        holders.remove(agent);
        if (holders.isEmpty()) byContact.remove(hand.id());
    }

    void consultStarted(ContactId consult, AgentId by) {
        consulting.put(consult, by);
    }

    Optional<AgentId> consultEnded(ContactId consult) {
        return Optional.ofNullable(consulting.remove(consult));
    }

    /// Who has the contact in hand, one wrapping it up included.
    List<AgentId> holders(ContactId contact) {
        return List.copyOf(byContact.getOrDefault(contact, Set.of()));
    }

    /// Who opened this consult, while it is open.
    Optional<AgentId> consulting(ContactId consult) {
        return Optional.ofNullable(consulting.get(consult));
    }
}
