package org.helpline.benchmarks.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// An embedded SQL engine in one of its ways to commit.
enum Engine {
    /// A commit syncs the write-ahead log.
    SQLITE_SYNCED("SQLite", "-wal") {
        @Override
        Connection open(Path folder) throws SQLException {
            return sqlite(folder, "FULL");
        }
    },
    /// A commit is in the operating system's hands: it survives the end of the process, not that of the
    /// machine.
    SQLITE_WRITTEN("SQLite", "-wal") {
        @Override
        Connection open(Path folder) throws SQLException {
            return sqlite(folder, "NORMAL");
        }
    },
    /// A commit is flushed, and CHECKPOINT SYNC syncs the file: its commit alone never does.
    H2_SYNCED("H2", ".mv.db") {
        @Override
        Connection open(Path folder) throws SQLException {
            return h2(folder, 0);
        }

        @Override
        void commit(Connection connection) throws SQLException {
            connection.commit();
            execute(connection, "CHECKPOINT SYNC");
        }
    },
    /// A commit is in the operating system's hands.
    H2_WRITTEN("H2", ".mv.db") {
        @Override
        Connection open(Path folder) throws SQLException {
            return h2(folder, 0);
        }
    },
    /// As it comes: what was committed in the last 500 ms may be in the process's memory only.
    H2_DELAYED("H2", ".mv.db") {
        @Override
        Connection open(Path folder) throws SQLException {
            return h2(folder, 500);
        }
    };

    private final String word;
    private final String tail;

    Engine(String word, String tail) {
        this.word = word;
        this.tail = tail;
    }

    String word() {
        return word;
    }

    abstract Connection open(Path folder) throws SQLException;

    void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    /// Copies what a crash at this moment would leave; the file that was written last is the one that may
    /// be torn.
    ///
    /// @return that file
    Path image(Path folder, Path copy) throws IOException {
        Path torn = null;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("-shm")) continue; // shared memory: gone with the processes
                Path target = Files.copy(file, copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                if (name.endsWith(tail)) torn = target;
            }
        }
        if (torn == null) throw new IOException("no file ends in " + tail + " in " + folder);
        return torn;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection sqlite(Path folder, String synchronous) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        execute(connection, "PRAGMA journal_mode=WAL");
        execute(connection, "PRAGMA synchronous=" + synchronous);
        return connection;
    }

    private static Connection h2(Path folder, int writeDelayMillis) throws SQLException {
        Connection connection =
                DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("journal") + ";DB_CLOSE_ON_EXIT=FALSE");
        execute(connection, "SET WRITE_DELAY " + writeDelayMillis);
        return connection;
    }
}
