package org.helpline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.helpline.store.CallerMemory.Arrival;
import org.helpline.store.CallerMemory.Contact;
import org.helpline.store.CallerMemory.Known;
import org.helpline.store.CallerMemory.Limit;
import org.helpline.store.CallerMemory.Rate;
import org.helpline.store.CallerMemory.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [CallerMemory] does, in time that the test moves.
public abstract class CallerMemoryContract {
    protected static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Arrival STRANGER = new Arrival(Optional.empty(), Known.NOTHING);
    private static final Optional<String> SPANISH = Optional.of("es");
    private static final Optional<String> NONE = Optional.empty();

    protected Vertx vertx;
    protected volatile Instant now = Instant.parse("2026-11-01T08:00:00.123Z");
    private Context context;
    private final List<CallerMemory> made = new ArrayList<>();

    /// Another process's memory over the same contents, with [#now] for its clock.
    protected abstract CallerMemory newMemory(Settings settings);

    @BeforeEach
    final void start() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
    }

    @AfterEach
    final void stop() throws Exception {
        for (CallerMemory memory : made) ask(memory::close);
        ask(vertx::close);
    }

    @Test
    void nobodyIsKnownAtFirst() throws Exception {
        CallerMemory memory = memory(Settings.DEFAULT);
        assertEquals(STRANGER, arrived(memory, "a"));
        assertEquals(STRANGER, ask(() -> memory.arrived(Optional.empty())));
    }

    @Test
    void aLanguageAndContactsAreRememberedByCaller() throws Exception {
        CallerMemory memory = memory(Settings.DEFAULT);
        Contact first = contact("snap");
        remember(memory, "a", first, SPANISH);
        pass(MINUTE);
        Contact second = new Contact(now, "social-services", Optional.empty());
        remember(memory, "a", second, NONE);
        remember(memory, "b", second, Optional.of("yue"));
        assertEquals(
                new Known(SPANISH, List.of(second, first)), arrived(memory, "a").known());
        assertEquals(
                new Known(Optional.of("yue"), List.of(second)),
                arrived(memory, "b").known());
        assertEquals(STRANGER, arrived(memory, "c"));
        remember(memory, "b", contact("snap"), SPANISH);
        assertEquals(SPANISH, arrived(memory, "b").known().language());
    }

    @Test
    void whatIsKnownOutlivesTheProcess() throws Exception {
        CallerMemory before = memory(Settings.DEFAULT);
        Contact contact = contact("snap");
        remember(before, "a", contact, SPANISH);
        ask(before::close);
        assertEquals(
                new Known(SPANISH, List.of(contact)),
                arrived(memory(Settings.DEFAULT), "a").known());
    }

    @Test
    void theNewestContactsAreKeptUpToABound() throws Exception {
        CallerMemory memory = memory(Settings.DEFAULT);
        List<Contact> all = new ArrayList<>();
        for (int n = 0; n < CallerMemory.MOST_CONTACTS + 5; n++) {
            pass(MINUTE);
            all.addFirst(contact("queue-" + n));
            remember(memory, "a", all.getFirst(), NONE);
        }
        assertEquals(
                all.subList(0, CallerMemory.MOST_CONTACTS),
                arrived(memory, "a").known().contacts());
    }

    @Test
    void eachIsForgottenInItsOwnTime() throws Exception {
        CallerMemory memory = memory(kept(Duration.ofDays(3), Duration.ofDays(2)));
        Contact first = contact("snap");
        remember(memory, "a", first, SPANISH);
        pass(Duration.ofDays(1));
        Contact second = contact("snap");
        remember(memory, "a", second, NONE);
        pass(Duration.ofDays(1).minusMillis(1));
        assertEquals(List.of(second, first), arrived(memory, "a").known().contacts());
        pass(Duration.ofMillis(1));
        assertEquals(new Known(SPANISH, List.of(second)), arrived(memory, "a").known());
        pass(Duration.ofDays(1).minusMillis(1));
        assertEquals(SPANISH, arrived(memory, "a").known().language());
        pass(Duration.ofMillis(1));
        assertEquals(Known.NOTHING, arrived(memory, "a").known());
    }

    @Test
    void whatIsToBeKeptForNoTimeIsNotKept() throws Exception {
        CallerMemory memory = memory(kept(Duration.ZERO, Duration.ZERO));
        remember(memory, "a", contact("snap"), SPANISH);
        assertEquals(STRANGER, arrived(memory, "a"));
        assertEquals(STRANGER, arrived(memory(Settings.DEFAULT), "a"));
    }

    /// A process that is started with a shorter time tells nobody what is older.
    @Test
    void aShorterTimeHoldsForWhatIsThere() throws Exception {
        remember(memory(Settings.DEFAULT), "a", contact("snap"), SPANISH);
        pass(Duration.ofDays(2));
        assertEquals(STRANGER, arrived(memory(kept(Duration.ofDays(1), Duration.ofDays(1))), "a"));
    }

    @Test
    void oneNumberHasALimitOfItsOwn() throws Exception {
        CallerMemory memory = memory(limited(Optional.of(new Rate(3, MINUTE)), Optional.empty()));
        for (int call = 0; call < 3; call++) {
            assertEquals(STRANGER, arrived(memory, "a"));
            pass(Duration.ofSeconds(10));
        }
        assertEquals(Optional.of(Limit.NUMBER), arrived(memory, "a").over());
        assertEquals(STRANGER, arrived(memory, "b"));
        // Who withholds a number is not counted with others who do.
        for (int call = 0; call < 10; call++) assertEquals(STRANGER, ask(() -> memory.arrived(Optional.empty())));

        pass(Duration.ofSeconds(30).minusMillis(1));
        assertEquals(Optional.of(Limit.NUMBER), arrived(memory, "a").over());
        pass(Duration.ofMillis(1));
        assertEquals(STRANGER, arrived(memory, "a"), "the first call is a minute ago");
        assertEquals(Optional.of(Limit.NUMBER), arrived(memory, "a").over(), "the second one is not");
        pass(Duration.ofSeconds(10));
        assertEquals(STRANGER, arrived(memory, "a"));
    }

    @Test
    void allTogetherHaveALimit() throws Exception {
        CallerMemory memory = memory(limited(Optional.empty(), Optional.of(new Rate(5, Duration.ofSeconds(2)))));
        List<Optional<Limit>> over = all(memory, List.of("a", "a", "", "", "b", "c", ""));
        assertEquals(List.of(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT), over.subList(0, 5));
        assertEquals(List.of(Optional.of(Limit.ALL), Optional.of(Limit.ALL)), over.subList(5, 7));
        pass(Duration.ofSeconds(2));
        assertEquals(STRANGER, arrived(memory, "later"));
    }

    private static final Optional<Limit> NO_LIMIT = Optional.empty();

    @Test
    void whoIsRefusedTakesNothingFromAnybody() throws Exception {
        CallerMemory memory =
                memory(limited(Optional.of(new Rate(1, MINUTE)), Optional.of(new Rate(3, Duration.ofSeconds(1)))));
        Optional<Limit> number = Optional.of(Limit.NUMBER);
        assertEquals(
                List.of(NO_LIMIT, number, number, number, NO_LIMIT, NO_LIMIT, Optional.of(Limit.ALL)),
                all(memory, List.of("a", "a", "a", "a", "b", "c", "d")));
        pass(Duration.ofSeconds(1));
        assertEquals(STRANGER, arrived(memory, "d"), "was beyond the limit for all, not beyond the own one");
    }

    @Test
    void whoIsRefusedIsKnownAllTheSame() throws Exception {
        CallerMemory memory = memory(limited(Optional.of(new Rate(1, MINUTE)), Optional.empty()));
        remember(memory, "a", contact("snap"), SPANISH);
        arrived(memory, "a");
        Arrival second = arrived(memory, "a");
        assertEquals(Optional.of(Limit.NUMBER), second.over());
        assertEquals(SPANISH, second.known().language());
    }

    @Test
    void aClockThatIsSetBackShutsNobodyOut() throws Exception {
        CallerMemory memory = memory(limited(Optional.of(new Rate(1, MINUTE)), Optional.empty()));
        arrived(memory, "a");
        now = now.minus(Duration.ofHours(2));
        assertEquals(STRANGER, arrived(memory, "a"));
        assertEquals(Optional.of(Limit.NUMBER), arrived(memory, "a").over());
    }

    private List<Optional<Limit>> all(CallerMemory memory, List<String> callers) throws Exception {
        List<Arrival> arrivals = ask(() -> Future.all(callers.stream()
                        .map(caller -> memory.arrived(Optional.of(caller).filter(one -> !one.isEmpty())))
                        .toList())
                .map(answers -> answers.<Arrival>list()));
        assertTrue(arrivals.stream().allMatch(one -> one.known().equals(Known.NOTHING)));
        return arrivals.stream().map(Arrival::over).toList();
    }

    private static Settings kept(Duration language, Duration contacts) {
        return new Settings(language, contacts, Optional.empty(), Optional.empty());
    }

    protected static Settings limited(Optional<Rate> perNumber, Optional<Rate> inAll) {
        return new Settings(Duration.ofDays(1), Duration.ofDays(1), perNumber, inAll);
    }

    protected final Contact contact(String queue) {
        return new Contact(now, "social-services", Optional.of(queue));
    }

    /// So much time passes.
    protected final void pass(Duration time) {
        now = now.plus(time);
    }

    protected final CallerMemory memory(Settings settings) {
        CallerMemory memory = newMemory(settings);
        made.add(memory);
        return memory;
    }

    protected final Arrival arrived(CallerMemory memory, String caller) throws Exception {
        return ask(() -> memory.arrived(Optional.of(caller)));
    }

    protected final void remember(CallerMemory memory, String caller, Contact contact, Optional<String> language)
            throws Exception {
        ask(() -> memory.remember(caller, contact, language));
    }

    /// Asks on the context, and waits outside.
    protected final <T> T ask(Supplier<Future<T>> asked) throws Exception {
        var answer = new CompletableFuture<T>();
        context.runOnContext(_ -> asked.get().onComplete(answer::complete, answer::completeExceptionally));
        return answer.get(20, TimeUnit.SECONDS);
    }
}
