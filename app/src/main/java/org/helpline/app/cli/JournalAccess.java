package org.helpline.app.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.helpline.app.run.Stores;
import org.helpline.config.Configuration;
import org.helpline.config.ConfigurationException;
import org.helpline.config.ConfigurationReader;
import org.helpline.store.DomainStore;
import org.helpline.store.Journal;
import org.helpline.store.Journal.Entry;
import picocli.CommandLine.Option;

/// What the journal's commands share: which store, and how it is spoken to.
final class JournalAccess {
    private static final int PAGE = 1_000;
    private static final long PATIENCE_S = 600;

    @Option(
            names = "--config",
            paramLabel = "FOLDER",
            description = "Configuration (default: HELPLINE_CONFIG, else ./config).")
    private Path config;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Map<String, String> environment = System.getenv();

    /// Something to do with a store; what it returns is the exit code.
    interface Work {
        int with(Opening opening) throws Refused, SQLException;
    }

    /// @param place where the journal is, for people
    record Opening(DomainStore store, Configuration configuration, String place) {}

    /// Said to the operator, as it is.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    boolean isJson() {
        return json;
    }

    /// Does it, and tells what went wrong.
    int run(PrintWriter err, Work work) {
        Path folder = config != null ? config : Path.of(environment.getOrDefault("HELPLINE_CONFIG", "config"));
        Configuration configuration;
        try {
            configuration = ConfigurationReader.read(folder, environment);
        } catch (ConfigurationException e) {
            err.println("helpline: the configuration has "
                    + (e.faults().size() == 1 ? "a fault:" : e.faults().size() + " faults:"));
            err.println(e.getMessage());
            return 2;
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        DomainStore store = Stores.of(vertx, configuration);
        try {
            return work.with(new Opening(store, configuration, place(configuration)));
        } catch (Refused e) {
            err.println("helpline: " + e.getMessage());
            return 1;
        } catch (SQLException e) {
            err.println("helpline: the contact records cannot be read, so nothing is known of what they still need: "
                    + e.getMessage());
            return 1;
        } finally {
            settle(store::close);
            settle(vertx::close);
        }
    }

    private static String place(Configuration configuration) {
        return configuration
                .redis()
                .map(redis -> redis.address().toString())
                .orElse(configuration.data().resolve("journal.db").toString());
    }

    private static void settle(Supplier<Future<Void>> closing) {
        try {
            await(closing);
        } catch (Refused _) {
            // The command has said what there was to say.
        }
    }

    static <T> T await(Supplier<Future<T>> asked) throws Refused {
        try {
            return asked.get().toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Refused(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new Refused("the store has not answered within " + PATIENCE_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted", e);
        }
    }

    /// Takes entries one by one.
    interface EntryReader {
        /// @return whether to go on
        boolean read(Entry entry);
    }

    static void readAll(Journal journal, long fromSeq, long toSeq, EntryReader reader) throws Refused {
        long from = fromSeq;
        while (from <= toSeq) {
            long next = from;
            List<Entry> page = new ArrayList<>(await(() -> journal.read(next, PAGE)));
            for (Entry entry : page) if (entry.seq() > toSeq || !reader.read(entry)) return;
            if (page.size() < PAGE) return;
            from = page.getLast().seq() + 1;
        }
    }
}
