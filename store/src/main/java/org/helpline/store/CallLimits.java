package org.helpline.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.helpline.store.CallerMemory.Limit;
import org.helpline.store.CallerMemory.Rate;
import org.helpline.store.CallerMemory.Settings;

/// Counts the calls of one process. Not thread-safe.
public final class CallLimits {
    /// Numbers that are counted at once. Beyond it the one that called least lately is forgotten, and may begin anew.
    static final int MOST_NUMBERS = 100_000;

    private final Settings settings;
    private final Window all = new Window();
    private final Map<String, Window> numbers = new LinkedHashMap<>(); // by the last call that counted, oldest first

    /// The newest calls that counted, as many as the limit allows.
    private static final class Window {
        private final Deque<Long> calls = new ArrayDeque<>(1);

        /// A call of the future is from before the clock was set back: it says nothing.
        boolean full(Rate rate, long now) {
            if (calls.size() < rate.calls()) return false;
            return within(calls.getFirst(), rate, now);
        }

        void count(Rate rate, long now) {
            if (calls.size() >= rate.calls()) calls.removeFirst();
            calls.addLast(now);
        }

        boolean over(Rate rate, long now) {
            return !within(calls.getLast(), rate, now);
        }

        private static boolean within(long call, Rate rate, long now) {
            long age = now - call;
            return age >= 0 && age < rate.within().toMillis();
        }
    }

    public CallLimits(Settings settings) {
        this.settings = settings;
    }

    /// Counts a call unless it is one too many.
    ///
    /// @return the limit that it is beyond
    public Optional<Limit> arrived(Optional<String> caller, long nowMillis) {
        Optional<String> counted = settings.perNumber().isPresent() ? caller : Optional.empty();
        if (counted.isPresent()) {
            Window window = numbers.get(counted.get());
            if (window != null && window.full(settings.perNumber().get(), nowMillis)) return Optional.of(Limit.NUMBER);
        }
        if (settings.inAll().isPresent()) {
            if (all.full(settings.inAll().get(), nowMillis)) return Optional.of(Limit.ALL);
            all.count(settings.inAll().get(), nowMillis);
        }
        counted.ifPresent(number -> count(number, settings.perNumber().orElseThrow(), nowMillis));
        return Optional.empty();
    }

    private void count(String number, Rate rate, long now) {
        Window known = numbers.remove(number);
        Window window = known == null ? new Window() : known;
        window.count(rate, now);
        numbers.put(number, window);
        Iterator<Window> oldest = numbers.values().iterator();
        while (oldest.hasNext()) {
            if (!oldest.next().over(rate, now) && numbers.size() <= MOST_NUMBERS) return;
            oldest.remove();
        }
    }

    int numbers() {
        return numbers.size();
    }
}
