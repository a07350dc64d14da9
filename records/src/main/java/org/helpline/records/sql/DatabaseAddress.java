package org.helpline.records.sql;

import java.nio.file.Path;
import java.util.Optional;

/// Where records are kept.
public sealed interface DatabaseAddress {

    /// A file of our own, made when it is missing.
    record Embedded(Path file) implements DatabaseAddress {}

    /// A PostgreSQL server.
    ///
    /// @param url JDBC's, without user and password
    record PostgreSql(String url, Optional<String> user, Optional<String> password) implements DatabaseAddress {
        @Override
        public String toString() {
            return "PostgreSql[" + url + ", user=" + user.orElse("none") + ", password="
                    + (password.isPresent() ? "[REDACTED]" : "none") + "]";
        }
    }
}
