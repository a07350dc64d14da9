package org.helpline.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// For tests and simulations. Not thread-safe: one context.
public final class InMemoryCallerMemory implements CallerMemory {
    private final Contents contents;
    private final Settings settings;
    private final InstantSource clock;
    private final CallLimits limits;

    /// What outlives a process.
    public static final class Contents {
        /// Callers that are known at once; the one who called least lately is forgotten first.
        static final int MOST_CALLERS = 100_000;

        private final Map<String, Row> rows = new LinkedHashMap<>(); // who called last, last

        int callers() {
            return rows.size();
        }
    }

    private record Row(Optional<Chosen> language, List<Contact> contacts) {
        static final Row EMPTY = new Row(Optional.empty(), List.of());

        boolean isEmpty() {
            return language.isEmpty() && contacts.isEmpty();
        }
    }

    private record Chosen(String language, Instant at) {}

    public InMemoryCallerMemory(Contents contents, Settings settings, InstantSource clock) {
        this.contents = contents;
        this.settings = settings;
        this.clock = clock;
        limits = new CallLimits(settings);
    }

    @Override
    public Future<Void> tidy() {
        forget();
        return Future.succeededFuture();
    }

    @Override
    public Future<Arrival> arrived(Optional<String> caller) {
        forget();
        Optional<Limit> over = limits.arrived(caller, clock.millis());
        Row row = caller.map(contents.rows::get).orElse(Row.EMPTY);
        return Future.succeededFuture(
                new Arrival(over, new Known(row.language().map(Chosen::language), row.contacts())));
    }

    @Override
    public Future<Void> remember(String caller, Contact contact, Optional<String> chosen) {
        Row before = Optional.ofNullable(contents.rows.remove(caller)).orElse(Row.EMPTY);
        List<Contact> contacts = new ArrayList<>(before.contacts());
        contacts.add(new Contact(contact.at().truncatedTo(ChronoUnit.MILLIS), contact.helpline(), contact.queue()));
        contacts.sort(Comparator.comparing(Contact::at).reversed());
        Optional<Chosen> language =
                chosen.map(tag -> new Chosen(tag, clock.instant())).or(before::language);
        contents.rows.put(
                caller, new Row(language, List.copyOf(contacts.subList(0, Math.min(MOST_CONTACTS, contacts.size())))));
        if (contents.rows.size() > Contents.MOST_CALLERS) {
            contents.rows.remove(contents.rows.keySet().iterator().next());
        }
        forget();
        return Future.succeededFuture();
    }

    private void forget() {
        Instant now = clock.instant();
        contents.rows.replaceAll((_, row) -> new Row(
                row.language().filter(chosen -> kept(chosen.at(), settings.keepLanguage(), now)),
                row.contacts().stream()
                        .filter(contact -> kept(contact.at(), settings.keepContacts(), now))
                        .toList()));
        contents.rows.values().removeIf(Row::isEmpty);
    }

    private static boolean kept(Instant at, Duration life, Instant now) {
        return now.isBefore(at.plus(life));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
