package org.helpline.app.switchboard;

import org.helpline.router.AgentId;
import org.helpline.router.SupervisorId;

/// Whose browser a phone rings in. Somebody who is agent and supervisor owns it as both.
public record PhoneOwner(Role role, String id) implements Comparable<PhoneOwner> {

    public enum Role {
        AGENT,
        SUPERVISOR
    }

    public static PhoneOwner of(AgentId agent) {
        return new PhoneOwner(Role.AGENT, agent.value());
    }

    public static PhoneOwner of(SupervisorId supervisor) {
        return new PhoneOwner(Role.SUPERVISOR, supervisor.value());
    }

    @Override
    public int compareTo(PhoneOwner other) {
        int byRole = role.compareTo(other.role);
        return byRole != 0 ? byRole : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
