package org.helpline.config;

import java.util.Optional;
import java.util.Set;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.router.AgentId;

/// Someone who may sign in.
///
/// @param passwordHash empty in a demo: a password is made at the first start
/// @param agent the agent this user works as; present exactly when the user has the role of an agent
public record UserEntry(
        String name, Optional<String> passwordHash, Set<Role> roles, Optional<AgentId> agent, boolean disabled) {
    public UserEntry {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "UserEntry[" + name + ", roles=" + roles + ", agent=" + agent + ", disabled=" + disabled
                + ", passwordHash=" + Redacted.show(passwordHash) + "]";
    }
}
