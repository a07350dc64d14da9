package org.helpline.config;

import java.util.Optional;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.Retention;

/// Where contact records are kept, and how long.
///
/// @param retention of each class of data
/// @param database a PostgreSQL server; empty: a file in the data folder
/// @param numberKey under which callers' numbers are hashed; empty: a key is made and kept in the data folder
public record RecordsEntry(
        Retention retention, Optional<DatabaseAddress.PostgreSql> database, Optional<String> numberKey) {
    @Override
    public String toString() {
        return "RecordsEntry[" + retention + ", database=" + database + ", numberKey=" + Redacted.show(numberKey) + "]";
    }
}
