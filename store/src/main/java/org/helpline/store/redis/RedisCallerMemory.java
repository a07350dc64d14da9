package org.helpline.store.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.helpline.store.CallerMemory;

/// Callers' memory in Redis, for all who share the domain. Everything in it leaves by its own life. A connection of its
/// own: what is asked here must not wait behind a snapshot.
public final class RedisCallerMemory implements CallerMemory {
    /// Questions under way; one more fails at once.
    static final int MOST_ASKED = 1_000;

    private static final String BETWEEN = "\t";

    private final Vertx vertx;
    private final RedisSettings redis;
    private final Settings settings;
    private final InstantSource clock;
    private final Keys keys;
    private Optional<Connection> connection = Optional.empty();
    private int asked;
    private boolean closed;

    /// @param context that of the first who asked
    private record Connection(Context context, RedisServers servers, RedisLink link) {}

    /// The connection is made when the first thing is asked, or by [#tidy].
    public RedisCallerMemory(Vertx vertx, RedisSettings redis, String domain, Settings settings, InstantSource clock) {
        this.vertx = vertx;
        this.redis = redis;
        this.settings = settings;
        this.clock = clock;
        keys = Keys.of(domain);
    }

    private RedisLink link() {
        if (connection.isEmpty()) {
            Context context = vertx.getOrCreateContext();
            RedisServers servers = new RedisServers(redis);
            RedisLink link = new RedisLink(context, servers, redis.limits().answer(), "callers' memory");
            connection = Optional.of(new Connection(context, servers, link));
            if (closed) link.close();
            else link.open();
        }
        return connection.get().link();
    }

    /// Fails when there is no connection within the time of an answer, and it is tried on. Everything that
    /// is kept has a life: nothing is left to drop.
    @Override
    public Future<Void> tidy() {
        return link().whenUp(redis.limits().answer());
    }

    @Override
    public Future<Arrival> arrived(Optional<String> caller) {
        long now = clock.millis();
        List<String> touched = new ArrayList<>(List.of(keys.calls("all")));
        caller.ifPresent(
                key -> touched.addAll(List.of(keys.calls("of:" + key), keys.language(key), keys.contacts(key))));
        List<byte[]> arguments = new ArrayList<>(List.of(EntryFields.number(now)));
        add(settings.inAll(), arguments);
        add(settings.perNumber(), arguments);
        return bounded(() -> link().run(Script.CALLER_ARRIVED, touched, arguments))
                .map(answer -> new Arrival(
                        answer.is("OK") ? Optional.empty() : Optional.of(Limit.valueOf(answer.word())),
                        known(answer, now)));
    }

    /// Zero calls stand for no limit.
    private static void add(Optional<Rate> rate, List<byte[]> arguments) {
        arguments.add(EntryFields.number(rate.map(Rate::calls).orElse(0)));
        arguments.add(
                EntryFields.number(rate.map(one -> one.within().toMillis()).orElse(0L)));
    }

    private Known known(Answer answer, long now) {
        String[] chosen = answer.text(0).split(BETWEEN, 2);
        boolean kept = chosen.length == 2
                && now < millis(chosen[0]) + settings.keepLanguage().toMillis();
        List<Contact> contacts = new ArrayList<>();
        for (int n = 1; n < answer.rest().size(); n++) contact(answer.text(n)).ifPresent(contacts::add);
        contacts.removeIf(one -> now >= one.at().plus(settings.keepContacts()).toEpochMilli());
        contacts.sort(Comparator.comparing(Contact::at).reversed());
        return new Known(kept ? Optional.of(chosen[1]) : Optional.empty(), contacts);
    }

    /// Empty when it is none of ours.
    private static Optional<Contact> contact(String written) {
        String[] parts = written.split(BETWEEN, 3);
        if (parts.length != 3) return Optional.empty();
        try {
            return Optional.of(new Contact(
                    Instant.ofEpochMilli(Long.parseLong(parts[0])),
                    parts[1],
                    parts[2].isEmpty() ? Optional.empty() : Optional.of(parts[2])));
        } catch (NumberFormatException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static long millis(String written) {
        try {
            return Long.parseLong(written);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    @Override
    public Future<Void> remember(String caller, Contact contact, Optional<String> chosen) {
        long now = clock.millis();
        String written = String.join(
                BETWEEN,
                Long.toString(contact.at().toEpochMilli()),
                contact.helpline(),
                contact.queue().orElse(""));
        List<byte[]> arguments = List.of(
                EntryFields.text(written),
                EntryFields.number(settings.keepContacts().toMillis()),
                EntryFields.number(now - settings.keepContacts().toMillis()),
                EntryFields.number(MOST_CONTACTS),
                EntryFields.text(
                        chosen.map(language -> now + BETWEEN + language).orElse("")),
                EntryFields.number(settings.keepLanguage().toMillis()));
        List<String> touched = List.of(keys.contacts(caller), keys.language(caller));
        return bounded(() -> link().run(Script.CALLER_REMEMBER, touched, arguments))
                .mapEmpty();
    }

    private Future<Answer> bounded(Supplier<Future<Answer>> question) {
        if (asked >= MOST_ASKED) return Future.failedFuture(RedisFailures.away(MOST_ASKED + " wait for it already"));
        asked++;
        return question.get().onComplete(_ -> asked--);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        if (connection.isEmpty()) return Future.succeededFuture();
        Connection open = connection.get();
        Promise<Void> down = Promise.promise();
        open.context().runOnContext(_ -> {
            open.link().close();
            open.servers().close().onComplete(down);
        });
        return down.future();
    }
}
