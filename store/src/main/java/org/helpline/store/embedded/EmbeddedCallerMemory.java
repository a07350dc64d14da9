package org.helpline.store.embedded;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.store.CallLimits;
import org.helpline.store.CallerMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Callers' memory of one node: languages and contacts in a small database of the data folder, calls counted in this
/// process. A restart forgets those counts; nobody else counts the same calls.
public final class EmbeddedCallerMemory implements CallerMemory {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedCallerMemory.class);

    static final String FILE = "callers.db";

    /// What is too old is told to nobody at once, and leaves the file with the first question after this.
    private static final Duration CLEAR_EVERY = Duration.ofHours(1);

    private final Path folder;
    private final Settings settings;
    private final InstantSource clock;
    private final Worker worker;
    private final CallLimits limits;
    private Optional<Connection> database = Optional.empty(); // on the worker
    private long clearedMillis = Long.MIN_VALUE; // on the worker
    private boolean closed;

    /// @param folder the data folder; it is made when it is missing
    public EmbeddedCallerMemory(Vertx vertx, Path folder, Settings settings, InstantSource clock) {
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
        worker = new Worker(vertx, "helpline-callers");
        limits = new CallLimits(settings);
    }

    @Override
    public Future<Void> tidy() {
        long now = clock.millis();
        return worker.submit(() -> {
            clearedMillis = Long.MIN_VALUE;
            clear(now);
            return null;
        });
    }

    /// Files that do not answer take away what is known of the caller, and not the limits.
    @Override
    public Future<Arrival> arrived(Optional<String> caller) {
        long now = clock.millis();
        Optional<Limit> over = limits.arrived(caller, now);
        if (caller.isEmpty()) return Future.succeededFuture(new Arrival(over, Known.NOTHING));
        Future<Known> known = worker.submit(() -> {
            clear(now);
            return new Known(language(caller.get(), now), contacts(caller.get(), now));
        });
        return over.isEmpty()
                ? known.map(found -> new Arrival(over, found))
                : known.otherwise(Known.NOTHING).map(found -> new Arrival(over, found));
    }

    @Override
    public Future<Void> remember(String caller, Contact contact, Optional<String> chosen) {
        long now = clock.millis();
        return worker.submit(() -> {
            clear(now);
            if (!settings.keepContacts().isZero()) put(caller, contact);
            if (chosen.isPresent() && !settings.keepLanguage().isZero()) put(caller, chosen.get(), now);
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        if (closed) return Future.succeededFuture();
        closed = true;
        Future<Void> ended = worker.submit(() -> {
            if (database.isPresent()) database.get().close();
            database = Optional.empty();
            return null;
        });
        worker.close();
        return ended;
    }

    // ---- on the worker

    private Optional<String> language(String caller, long now) throws Exception {
        try (PreparedStatement get =
                database().prepareStatement("SELECT language FROM languages WHERE caller = ? AND chosen > ?")) {
            get.setString(1, caller);
            get.setLong(2, now - settings.keepLanguage().toMillis());
            try (ResultSet found = get.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    private List<Contact> contacts(String caller, long now) throws Exception {
        try (PreparedStatement get = database()
                .prepareStatement("SELECT arrived, helpline, queue FROM contacts WHERE caller = ? AND arrived > ?"
                        + " ORDER BY arrived DESC, id DESC")) {
            get.setString(1, caller);
            get.setLong(2, now - settings.keepContacts().toMillis());
            try (ResultSet found = get.executeQuery()) {
                List<Contact> contacts = new ArrayList<>();
                while (found.next()) {
                    contacts.add(new Contact(
                            Instant.ofEpochMilli(found.getLong(1)),
                            found.getString(2),
                            Optional.ofNullable(found.getString(3))));
                }
                return contacts;
            }
        }
    }

    private void put(String caller, Contact contact) throws Exception {
        try (PreparedStatement put = database()
                .prepareStatement("INSERT INTO contacts (caller, arrived, helpline, queue) VALUES (?, ?, ?, ?)")) {
            put.setString(1, caller);
            put.setLong(2, contact.at().toEpochMilli());
            put.setString(3, contact.helpline());
            put.setString(4, contact.queue().orElse(null));
            put.executeUpdate();
        }
        String beyond = "DELETE FROM contacts WHERE caller = ? AND id NOT IN"
                + " (SELECT id FROM contacts WHERE caller = ? ORDER BY arrived DESC, id DESC LIMIT " + MOST_CONTACTS
                + ")";
        try (PreparedStatement delete = database().prepareStatement(beyond)) {
            delete.setString(1, caller);
            delete.setString(2, caller);
            delete.executeUpdate();
        }
    }

    private void put(String caller, String language, long now) throws Exception {
        String upsert = "INSERT INTO languages (caller, language, chosen) VALUES (?, ?, ?)"
                + " ON CONFLICT (caller) DO UPDATE SET language = excluded.language, chosen = excluded.chosen";
        try (PreparedStatement put = database().prepareStatement(upsert)) {
            put.setString(1, caller);
            put.setString(2, language);
            put.setLong(3, now);
            put.executeUpdate();
        }
    }

    private void clear(long now) throws Exception {
        if (clearedMillis != Long.MIN_VALUE && now - clearedMillis < CLEAR_EVERY.toMillis()) return;
        delete(
                "DELETE FROM languages WHERE chosen <= ?",
                now - settings.keepLanguage().toMillis());
        delete(
                "DELETE FROM contacts WHERE arrived <= ?",
                now - settings.keepContacts().toMillis());
        clearedMillis = now;
    }

    private void delete(String what, long before) throws Exception {
        try (PreparedStatement delete = database().prepareStatement(what)) {
            delete.setLong(1, before);
            delete.executeUpdate();
        }
    }

    /// Opened at the first need. A file that is no database is begun anew: nobody's call hangs on it.
    private Connection database() throws Exception {
        if (database.isEmpty()) {
            Path file = Files.createDirectories(folder).resolve(FILE);
            try {
                database = Optional.of(opened(file));
            } catch (SQLException unreadable) {
                if (!Damage.isIn(unreadable)) throw unreadable;
                log.warn("{} is damaged and is begun anew: {}", FILE, unreadable.getMessage());
                for (Path part : List.of(file, DataFolder.log(file), DataFolder.logIndex(file))) {
                    Files.deleteIfExists(part);
                }
                database = Optional.of(opened(file));
            }
        }
        return database.get();
    }

    private static Connection opened(Path file) throws Exception {
        DataFolder.makePrivate(file);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA secure_delete = ON");
            statement.execute("CREATE TABLE IF NOT EXISTS languages"
                    + " (caller TEXT PRIMARY KEY, language TEXT NOT NULL, chosen INTEGER NOT NULL) WITHOUT ROWID");
            statement.execute("CREATE TABLE IF NOT EXISTS contacts (id INTEGER PRIMARY KEY, caller TEXT NOT NULL,"
                    + " arrived INTEGER NOT NULL, helpline TEXT NOT NULL, queue TEXT)");
            statement.execute("CREATE INDEX IF NOT EXISTS contacts_caller ON contacts (caller, arrived)");
            statement.execute("CREATE INDEX IF NOT EXISTS contacts_arrived ON contacts (arrived)");
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }
}
