package org.helpline.app.records;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.helpline.gateway.CallerHistory;
import org.helpline.store.CallerMemory;

/// Adds to what the records know of a caller what callers' memory told when the call came: contacts with
/// other Helplines over the same Redis, and the one just before, whose record waits for its wrap-up. When the
/// records cannot be read it is all there is. Of such a contact only the date is known.
///
/// Threading: any.
public final class RecentContacts implements CallerHistory {
    /// Callers whose contacts are kept for the agents, the latest ones.
    static final int MOST_CALLERS = 10_000;

    private final CallerHistory records;
    private final Function<String, Optional<String>> keys;
    private final Map<String, List<CallerMemory.Contact>> latest = new LinkedHashMap<>();

    /// @param keys of callers' numbers, under which the memory knows them
    public RecentContacts(CallerHistory records, Function<String, Optional<String>> keys) {
        this.records = records;
        this.keys = keys;
    }

    /// What the memory told of a caller who calls now.
    public synchronized void told(String caller, List<CallerMemory.Contact> contacts) {
        latest.remove(caller);
        if (contacts.isEmpty()) return;
        latest.put(caller, List.copyOf(contacts));
        if (latest.size() > MOST_CALLERS)
            latest.remove(latest.keySet().iterator().next());
    }

    private synchronized List<CallerMemory.Contact> of(Optional<String> caller) {
        return caller.map(key -> latest.getOrDefault(key, List.of())).orElse(List.of());
    }

    @Override
    public Future<List<Previous>> of(String callerNumber) {
        List<CallerMemory.Contact> remembered = of(keys.apply(callerNumber));
        Future<List<Previous>> recorded = records.of(callerNumber);
        if (remembered.isEmpty()) return recorded;
        return recorded.otherwise(List.of()).map(known -> together(known, remembered));
    }

    private static List<Previous> together(List<Previous> recorded, List<CallerMemory.Contact> remembered) {
        Set<Instant> known = recorded.stream().map(one -> milli(one.at())).collect(Collectors.toSet());
        List<Previous> all = new ArrayList<>(recorded);
        for (CallerMemory.Contact contact : remembered) {
            if (known.add(milli(contact.at()))) all.add(new Previous(contact.at(), List.of()));
        }
        all.sort(Comparator.comparing(Previous::at).reversed());
        return List.copyOf(all.subList(0, Math.min(all.size(), MOST)));
    }

    private static Instant milli(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
