package org.helpline.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What outlives a call: the language that a caller chose, the latest contacts, and how many calls have come lately.
/// Callers are known by an opaque key, made from a number under a secret; the number itself never comes here.
///
/// It is a help and no more: whoever asks waits for a moment at most, and goes on without an answer. Time is that of
/// the process that asks.
///
/// Threading: as [Journal]. A failed future carries a [JournalFailure].
public interface CallerMemory {
    /// Of one caller, at most; an older one makes room.
    int MOST_CONTACTS = 20;

    /// Connects, and drops what is too old. At the start and from time to time; what is asked before is
    /// answered or fails as ever.
    Future<Void> tidy();

    /// Takes a new call: tells whether it is one too many, and what is known of its caller. Only calls that are not too
    /// many count: one that is refused takes nothing from anybody.
    ///
    /// @param caller empty for a withheld number, which has no limit but the one for all
    Future<Arrival> arrived(Optional<String> caller);

    /// Keeps a contact that is over. A language that was chosen in it takes the place of the one kept before.
    Future<Void> remember(String caller, Contact contact, Optional<String> chosen);

    /// Closes what is open; what was asked before is still done.
    Future<Void> close();

    /// @param over the limit that the call is beyond
    record Arrival(Optional<Limit> over, Known known) {}

    enum Limit {
        /// Calls from one number.
        NUMBER,
        /// Calls from everywhere.
        ALL
    }

    /// @param language what the caller chose last
    /// @param contacts the latest ones, newest first
    record Known(Optional<String> language, List<Contact> contacts) {
        public static final Known NOTHING = new Known(Optional.empty(), List.of());

        public Known {
            contacts = List.copyOf(contacts);
        }
    }

    /// @param at when it arrived, to the millisecond
    /// @param queue the line it was in last; empty when it came to none
    record Contact(Instant at, String helpline, Optional<String> queue) {}

    /// @param keepLanguage how long a language is kept after it was chosen; zero: none is
    /// @param keepContacts how long a contact is kept after it arrived; zero: none is
    /// @param perNumber empty: without a limit
    /// @param inAll empty: without a limit
    record Settings(Duration keepLanguage, Duration keepContacts, Optional<Rate> perNumber, Optional<Rate> inAll) {
        /// Without limits: many people call from one number when a shelter, a hospital or an office stands behind it,
        /// and only a deployment knows how many calls it can bear.
        public static final Settings DEFAULT =
                new Settings(Duration.ofDays(180), Duration.ofDays(30), Optional.empty(), Optional.empty());

        public Settings {
            notNegative("keepLanguage", keepLanguage);
            notNegative("keepContacts", keepContacts);
        }

        private static void notNegative(String name, Duration value) {
            if (value.isNegative()) throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    /// At most so many calls within any stretch of that length.
    record Rate(int calls, Duration within) {
        public static final int MOST_CALLS = 10_000;
        public static final Duration LEAST = Duration.ofSeconds(1);
        public static final Duration MOST = Duration.ofHours(1);

        public Rate {
            if (calls < 1 || calls > MOST_CALLS) {
                throw new IllegalArgumentException("calls must be 1 to " + MOST_CALLS + ", but is " + calls);
            }
            if (within.compareTo(LEAST) < 0 || within.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("within must be " + LEAST + " to " + MOST + ", but is " + within);
            }
        }
    }
}
