package org.helpline.store.embedded;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.helpline.store.Journal.Entry;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// The journal's SQLite file and its statements; whoever calls them decides on transactions. A commit is on the disk
/// when it returns (`synchronous=FULL`), what is deleted is overwritten (`secure_delete`), and room that was freed can
/// be given back in small steps (`auto_vacuum=INCREMENTAL`).
///
/// Threading: by one thread at a time; it blocks.
final class JournalFile implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    private static final long LOG_BYTES_KEPT = 4 << 20;
    private static final String COLUMNS = "domain, epoch, seq, at_s, at_n, contact, type, version, body, before, crc";

    private final Path path;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement base;

    /// Takes rows in order.
    interface RowReader {
        /// @return whether to go on
        boolean read(Row row) throws SQLException, Damage;
    }

    private JournalFile(Path path, Connection connection) throws SQLException {
        this.path = path;
        this.connection = connection;
        insert = connection.prepareStatement(
                "INSERT INTO entry (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        select = connection.prepareStatement("SELECT " + COLUMNS + " FROM entry WHERE seq >= ? ORDER BY seq LIMIT ?");
        base = connection.prepareStatement("SELECT name, epoch, seq, crc, snapshot, own FROM base");
    }

    /// Opens one that is there.
    static JournalFile open(Path path) throws SQLException {
        Connection connection = connect(path, false);
        try {
            run(connection, "PRAGMA journal_mode = WAL");
            run(connection, "PRAGMA journal_size_limit = " + LOG_BYTES_KEPT);
            return new JournalFile(path, connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Opens one that is there, and changes nothing in it.
    static JournalFile openToRead(Path path) throws SQLException {
        Connection connection = connect(path, true);
        try {
            return new JournalFile(path, connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Makes one with no entries.
    static JournalFile create(Path path, Base base) throws SQLException, IOException {
        DataFolder.makePrivate(path);
        Connection connection = connect(path, false);
        try {
            run(connection, "PRAGMA auto_vacuum = INCREMENTAL");
            run(connection, "PRAGMA journal_mode = WAL");
            run(connection, "PRAGMA journal_size_limit = " + LOG_BYTES_KEPT);
            run(connection, "BEGIN IMMEDIATE");
            run(connection, """
                    CREATE TABLE entry (
                        seq     INTEGER PRIMARY KEY,
                        epoch   INTEGER NOT NULL,
                        domain  TEXT NOT NULL,
                        at_s    INTEGER NOT NULL,
                        at_n    INTEGER NOT NULL,
                        contact TEXT,
                        type    TEXT NOT NULL,
                        version INTEGER NOT NULL,
                        body    BLOB NOT NULL,
                        before  INTEGER NOT NULL,
                        crc     INTEGER NOT NULL)""");
            run(connection, """
                    CREATE TABLE base (
                        one      INTEGER PRIMARY KEY CHECK (one = 1),
                        name     TEXT NOT NULL,
                        epoch    INTEGER NOT NULL,
                        seq      INTEGER NOT NULL,
                        crc      INTEGER NOT NULL,
                        snapshot INTEGER NOT NULL,
                        own      INTEGER NOT NULL)""");
            JournalFile made = new JournalFile(path, connection);
            made.writeBase(base);
            made.commit();
            return made;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connect(Path path, boolean toRead) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        if (toRead) {
            config.setReadOnly(true);
        } else {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        Connection connection = config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
        try {
            run(connection, "PRAGMA cell_size_check = ON");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    void begin() throws SQLException {
        run(connection, "BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        run(connection, "COMMIT");
    }

    void rollback() throws SQLException {
        run(connection, "ROLLBACK");
    }

    /// What SQLite itself finds wrong with the file.
    void quickCheck() throws SQLException, Damage {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
            String first = found.next() ? found.getString(1) : "nothing";
            if (!"ok".equals(first)) throw new Damage("SQLite's check says: " + first);
        }
    }

    Base readBase() throws SQLException, Damage {
        try (ResultSet row = base.executeQuery()) {
            if (!row.next()) throw new Damage("the journal's name is gone");
            String name = row.getString(1);
            if (name == null) throw new Damage("the journal's name is gone");
            Base found = new Base(name, row.getLong(2), row.getLong(3), row.getInt(4), row.getLong(5));
            if (found.checksum() != row.getInt(6))
                throw new Damage("the journal's name and epoch have a wrong checksum");
            return found;
        }
    }

    void writeBase(Base next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT OR REPLACE INTO base (one, name, epoch, seq, crc, snapshot, own) VALUES (1, ?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, next.name());
            statement.setLong(2, next.epoch());
            statement.setLong(3, next.seq());
            statement.setInt(4, next.crc());
            statement.setLong(5, next.snapshot());
            statement.setInt(6, next.checksum());
            statement.executeUpdate();
        }
    }

    void insert(Row row) throws SQLException {
        Entry entry = row.entry();
        insert.setString(1, entry.domain());
        insert.setLong(2, entry.epoch());
        insert.setLong(3, entry.seq());
        Instant at = entry.at();
        insert.setLong(4, at.getEpochSecond());
        insert.setInt(5, at.getNano());
        insert.setString(6, entry.contact().orElse(null));
        insert.setString(7, entry.type());
        insert.setInt(8, entry.version());
        insert.setBytes(9, entry.body().getBytes());
        insert.setInt(10, row.before());
        insert.setInt(11, row.crc());
        insert.executeUpdate();
    }

    /// Hands out rows that are sound by themselves, in their order; whether they follow each other is for the reader.
    void read(long fromSeq, long most, RowReader reader) throws SQLException, Damage {
        select.setLong(1, fromSeq);
        select.setLong(2, most);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) if (!reader.read(sound(rows))) return;
        }
    }

    /// Entries that follow each other: pages may have been damaged since the opening.
    List<Entry> entries(long fromSeq, int most) throws SQLException, Damage {
        Following following = new Following();
        read(fromSeq, most, following);
        return following.found;
    }

    private static final class Following implements RowReader {
        final List<Entry> found = new ArrayList<>();
        private Run run;

        @Override
        public boolean read(Row row) throws Damage {
            if (run == null)
                run = new Run(OptionalInt.of(row.before()), row.entry().seq() - 1);
            if (!run.takes(row)) throw new Damage(run.whyNot(row));
            return found.add(row.entry());
        }
    }

    /// The newest row that can be read, wherever it stands.
    Optional<Row> newest() throws SQLException, Damage {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + COLUMNS + " FROM entry ORDER BY seq DESC LIMIT 1")) {
            return row.next() ? Optional.of(sound(row)) : Optional.empty();
        }
    }

    OptionalLong firstSeq() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq FROM entry ORDER BY seq LIMIT 1")) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    private static Row sound(ResultSet rows) throws SQLException, Damage {
        long seq = rows.getLong(3);
        Row row;
        try {
            row = new Row(
                    new Entry(
                            rows.getString(1),
                            rows.getLong(2),
                            seq,
                            Instant.ofEpochSecond(rows.getLong(4), rows.getLong(5)),
                            Optional.ofNullable(rows.getString(6)),
                            rows.getString(7),
                            rows.getInt(8),
                            Buffer.buffer(rows.getBytes(9))),
                    rows.getInt(10),
                    rows.getInt(11));
            if (row.isSound()) return row;
        } catch (DateTimeException | ArithmeticException | NullPointerException _) {
            throw new Damage("entry " + seq + " cannot be read");
        }
        throw new Damage("entry " + seq + " has a wrong checksum");
    }

    void deleteBelow(long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM entry WHERE seq < ?")) {
            statement.setLong(1, seq);
            statement.executeUpdate();
        }
    }

    void deleteAll() throws SQLException {
        run(connection, "DELETE FROM entry");
    }

    long freePages() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA freelist_count")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /// Gives the room of so many free pages back.
    void vacuum(int pages) throws SQLException {
        run(connection, "PRAGMA incremental_vacuum(" + pages + ")");
    }

    /// Moves the log into the file, both synced, and empties it.
    void checkpoint() throws SQLException {
        run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// How a test fills a disk, or makes SQLite forget the pages it has read.
    void pragma(String text) throws SQLException {
        run(connection, "PRAGMA " + text);
    }

    long bytes() {
        return DataFolder.bytes(path) + DataFolder.bytes(DataFolder.log(path));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Some pragmas answer in rows, and work only as far as these are read.
            if (!statement.execute(sql)) return;
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) rows.getObject(1);
            }
        }
    }
}
