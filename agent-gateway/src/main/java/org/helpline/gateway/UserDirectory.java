package org.helpline.gateway;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.helpline.router.AgentId;

/// Who may sign in.
public record UserDirectory(List<User> users) {
    public UserDirectory {
        users = List.copyOf(users);
    }

    public Optional<User> find(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /// @param name signs in with it
    /// @param passwordHash PBKDF2 in the form `pbkdf2-sha256$ITERATIONS$SALT$HASH` (base64 without padding)
    /// @param agent the agent this user works as, for role AGENT
    /// @param disabled may not sign in; open tokens are void
    public record User(String name, String passwordHash, Set<Role> roles, Optional<AgentId> agent, boolean disabled) {
        public User {
            roles = Set.copyOf(roles);
        }

        @Override
        public String toString() {
            return "User[" + name + ", " + roles + ", passwordHash=[REDACTED]]";
        }
    }

    public enum Role {
        AGENT,
        SUPERVISOR,
        ADMIN
    }
}
