package org.helpline.router;

import java.time.Duration;

/// Checks shared by the constructors of this package; each message names the value found and what is allowed.
final class Checks {
    private Checks() {}

    static void id(String type, String value, int longest) {
        if (value == null
                || value.isEmpty()
                || value.length() > longest
                || value.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException(
                    type + " must be 1 to " + longest + " characters without white space, but is '" + value + "'");
        }
    }

    static void range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }

    static void range(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }

    /// For `apply`: an event that does not fit the state is a broken invariant or a damaged journal, and
    /// loud.
    static void follows(boolean fits, Event event, String found) {
        if (!fits) {
            throw new IllegalStateException(
                    event.getClass().getSimpleName() + " of " + event.at() + " cannot be applied: " + found);
        }
    }
}
