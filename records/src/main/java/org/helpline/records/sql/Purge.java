package org.helpline.records.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Deletes what is past its retention, in batches so small that nobody who writes waits for long.
public final class Purge {
    static final int BATCH = 500;

    private static final String NOTES = """
            UPDATE contact_inquiry SET notes = NULL WHERE notes IS NOT NULL AND contact IN
              (SELECT contact FROM contact_inquiry WHERE notes IS NOT NULL AND at_ms < ? LIMIT ?) AND at_ms < ?""";
    private static final String INQUIRIES = """
            DELETE FROM contact_inquiry WHERE contact IN
              (SELECT contact FROM contact_inquiry WHERE at_ms < ? LIMIT ?) AND at_ms < ?""";
    private static final String HASHES = """
            UPDATE contact_record SET caller_hash = NULL WHERE contact IN
              (SELECT contact FROM contact_record WHERE caller_hash IS NOT NULL AND ended_ms < ? LIMIT ?)""";
    private static final String OLD_CONTACTS =
            " WHERE contact IN (SELECT contact FROM contact_record WHERE ended_ms < ? ORDER BY ended_ms, contact LIMIT ?)";

    private final RecordDatabase database;
    private final Retention retention;

    public Purge(RecordDatabase database, Retention retention) {
        this.database = database;
        this.retention = retention;
    }

    /// What one run did.
    ///
    /// @param rows rows deleted or emptied, by class
    /// @param more whether the bound was reached before everything was done
    public record Done(Map<String, Long> rows, boolean more) {
        public boolean nothing() {
            return rows.values().stream().allMatch(count -> count == 0);
        }
    }

    /// @param mostBatches transactions of at most 500 contacts for each class; what is left is left to the
    /// next run
    public Done run(Instant now, int mostBatches) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        boolean more = repeat(rows, "notes", mostBatches, () -> update(NOTES, before(now, retention.notes()), true));
        more |= repeat(
                rows, "inquiries", mostBatches, () -> update(INQUIRIES, before(now, retention.inquiries()), true));
        more |= repeat(
                rows, "number hashes", mostBatches, () -> update(HASHES, before(now, retention.numberHashes()), false));
        more |= repeat(rows, "contacts", mostBatches, () -> contacts(before(now, retention.contacts())));
        Done done = new Done(rows, more);
        if (!done.nothing()) database.forgetDeleted();
        return done;
    }

    private interface Batch {
        int run() throws SQLException;
    }

    private static boolean repeat(Map<String, Long> rows, String what, int most, Batch batch) throws SQLException {
        rows.put(what, 0L);
        for (int i = 0; i < most; i++) {
            int changed = batch.run();
            if (changed == 0) return false;
            rows.merge(what, (long) changed, Long::sum);
        }
        return true;
    }

    private static long before(Instant now, Duration kept) {
        return now.minus(kept).toEpochMilli();
    }

    private int update(String sql, long before, boolean again) throws SQLException {
        return database.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, before);
                statement.setInt(2, BATCH);
                if (again) statement.setLong(3, before);
                return statement.executeUpdate();
            }
        });
    }

    private int contacts(long before) throws SQLException {
        return database.transaction(connection -> {
            int deleted = 0;
            for (String table : new String[] {"contact_inquiry", "contact_segment", "contact_record"}) {
                try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + table + OLD_CONTACTS)) {
                    statement.setLong(1, before);
                    statement.setInt(2, BATCH);
                    deleted = statement.executeUpdate();
                }
            }
            return deleted;
        });
    }
}
