package org.helpline.records.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A pool of connections to the database of the records, and its migrations.
///
/// Making one connects to nothing: a database that is away when Helpline starts is no reason not to start.
public final class RecordDatabase implements AutoCloseable {
    private static final String MIGRATIONS = "classpath:org/helpline/records/migrations";
    private static final int CONNECTIONS = 4;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    private final HikariDataSource pool;
    private final Optional<Path> file;

    public RecordDatabase(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("records");
        config.setDataSource(
                switch (address) {
                    case DatabaseAddress.Embedded e -> embedded(e);
                    case DatabaseAddress.PostgreSql e -> postgreSql(e);
                });
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        config.setValidationTimeout(CONNECT_WITHIN.toMillis());
        config.setInitializationFailTimeout(-1);
        file = address instanceof DatabaseAddress.Embedded e ? Optional.of(e.file()) : Optional.empty();
        pool = new HikariDataSource(config);
    }

    /// One writer, and readers who do not wait for it. Each commit is synced, so that it survives a crash
    /// of the machine. What is deleted is overwritten.
    private static DataSource embedded(DatabaseAddress.Embedded address) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) CONNECT_WITHIN.toMillis());
        // A transaction that will write takes its turn at the start; it would be refused if it came to that later.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + address.file().toAbsolutePath());
        return source;
    }

    private static DataSource postgreSql(DatabaseAddress.PostgreSql address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(address.url());
        address.user().ifPresent(source::setUser);
        address.password().ifPresent(source::setPassword);
        source.setApplicationName("helpline");
        source.setConnectTimeout((int) CONNECT_WITHIN.toSeconds());
        source.setLoginTimeout((int) CONNECT_WITHIN.toSeconds());
        source.setSocketTimeout((int) ANSWER_WITHIN.toSeconds());
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        // Its messages would repeat what was to be written, and that is personal data.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /// Brings the schema to the newest version.
    ///
    /// @throws SQLException when the database cannot be reached or is not ours
    public void migrate() throws SQLException {
        if (file.isPresent()) makePrivately(file.get());
        // Asked first, so that a database that is away is told as that.
        try (Connection connection = pool.getConnection()) {
            connection.isValid((int) CONNECT_WITHIN.toSeconds());
        }
        try {
            Flyway.configure(RecordDatabase.class.getClassLoader())
                    .dataSource(pool)
                    .locations(MIGRATIONS)
                    .table("record_schema_history")
                    .load()
                    .migrate();
        } catch (org.flywaydb.core.api.FlywayException e) {
            throw new SQLException("migrations: " + e.getMessage(), e);
        }
    }

    /// For our own user alone; the files that the engine puts beside it get the same rights.
    private static void makePrivately(Path file) throws SQLException {
        if (Files.exists(file)) return;
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            // Somebody else was faster.
        } catch (IOException e) {
            throw new SQLException("cannot make " + file + ": " + e, e);
        }
    }

    /// A connection on which each statement is a transaction of its own.
    Connection reading() throws SQLException {
        return pool.getConnection();
    }

    /// Work of one transaction.
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    <T> T transaction(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                undo(connection, failure);
                throw failure;
            }
        }
    }

    private static void undo(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /// What was deleted is also taken out of the log beside the file.
    void forgetDeleted() throws SQLException {
        if (file.isEmpty()) return;
        try (Connection connection = reading();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /// Whether the database refused what was written, so that writing it again would be refused again.
    static boolean refused(SQLException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (!(e instanceof SQLException sql)) continue;
            String state = sql.getSQLState();
            // Data exceptions and violated constraints.
            if (state != null && (state.startsWith("22") || state.startsWith("23"))) return true;
            if (sql instanceof org.sqlite.SQLiteException lite) {
                int code = lite.getResultCode().code & 0xff;
                if (code == TOO_BIG || code == CONSTRAINT || code == MISMATCH) return true;
            }
        }
        return false;
    }

    private static final int TOO_BIG = 18;
    private static final int CONSTRAINT = 19;
    private static final int MISMATCH = 20;

    /// What to tell people of a failure: one line, without what was to be written.
    public static String told(SQLException failure) {
        SQLException last = failure;
        for (int i = 0; i < 10 && last.getNextException() != null; i++) last = last.getNextException();
        if (last.getCause() instanceof SQLException cause) last = cause;
        String message = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
        String state =
                last.getSQLState() == null ? "" : " (" + last.getSQLState().toUpperCase(Locale.ROOT) + ")";
        return (message.length() > 200 ? message.substring(0, 200) : message) + state;
    }

    @Override
    public void close() {
        pool.close();
    }
}
