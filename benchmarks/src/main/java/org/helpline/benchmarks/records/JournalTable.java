package org.helpline.benchmarks.records;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A table as a journal would have it, rows of about 300 bytes.
final class JournalTable {
    /// Rows of one contact.
    static final int OF_A_CONTACT = 20;

    private static final String APPEND =
            "INSERT INTO journal (seq, epoch, at_ms, contact, type, version, body) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final byte[] BODY =
            ("{\"at\":\"2026-03-02T14:00:00.123Z\",\"offer\":\"01jnq0000000000000000000aa-o12345\",\"contact\":"
                            + "\"01jnq0000000000000000000aa\",\"agent\":\"agent117\",\"expiresAt\":"
                            + "\"2026-03-02T14:00:20.123Z\",\"why\":{\"considered\":12,\"passed\":3,\"ranking\":"
                            + "\"longest-idle\",\"tieBreak\":null}}")
                    .getBytes(StandardCharsets.UTF_8);

    private JournalTable() {}

    static void make(Connection connection) throws SQLException {
        Engine.execute(
                connection,
                "CREATE TABLE journal (seq BIGINT PRIMARY KEY, epoch BIGINT NOT NULL, at_ms BIGINT NOT NULL,"
                        + " contact VARCHAR(64), type VARCHAR(64) NOT NULL, version INTEGER NOT NULL,"
                        + " body VARBINARY(4000) NOT NULL)");
        Engine.execute(connection, "CREATE INDEX journal_by_contact ON journal (contact)");
    }

    /// Appends `rows` in transactions of `batch`.
    ///
    /// @return nanoseconds of each transaction
    static double[] append(Engine engine, Connection connection, long firstSeq, int rows, int batch)
            throws SQLException {
        connection.setAutoCommit(false);
        double[] took = new double[rows / batch];
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            long seq = firstSeq;
            for (int i = 0; i < took.length; i++) {
                long begun = System.nanoTime();
                for (int j = 0; j < batch; j++) {
                    append.setLong(1, seq);
                    append.setLong(2, 1);
                    append.setLong(3, 1_772_460_000_000L + seq);
                    append.setString(4, contact(seq / OF_A_CONTACT));
                    append.setString(5, "routing.OfferMade");
                    append.setInt(6, 1);
                    append.setBytes(7, BODY);
                    append.addBatch();
                    seq++;
                }
                append.executeBatch();
                engine.commit(connection);
                took[i] = System.nanoTime() - begun;
            }
        }
        return took;
    }

    private static String contact(long number) {
        return "01jnq%021d".formatted(number);
    }

    /// Reads everything in order.
    ///
    /// @return how many rows there are
    static int readAll(Connection connection) throws SQLException {
        int rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT seq, contact, type, body FROM journal ORDER BY seq")) {
            long expected = -1;
            while (found.next()) {
                long seq = found.getLong(1);
                if (expected >= 0 && seq != expected) throw new SQLException("row " + expected + " is missing");
                expected = seq + 1;
                if (found.getBytes(4).length != BODY.length) throw new SQLException("row " + seq + " is damaged");
                rows++;
            }
        }
        return rows;
    }

    /// Reads the rows of some contacts, spread over the table.
    ///
    /// @return nanoseconds of each
    static double[] readContacts(Connection connection, int rows, int times) throws SQLException {
        double[] took = new double[times];
        try (PreparedStatement query =
                connection.prepareStatement("SELECT seq, body FROM journal WHERE contact = ? ORDER BY seq")) {
            for (int i = 0; i < times; i++) {
                long begun = System.nanoTime();
                query.setString(1, contact(i * 7_919L % (rows / OF_A_CONTACT)));
                int read = 0;
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) read += found.getBytes(2).length > 0 ? 1 : 0;
                }
                if (read == 0) throw new SQLException("a contact has no rows");
                took[i] = System.nanoTime() - begun;
            }
        }
        return took;
    }
}
