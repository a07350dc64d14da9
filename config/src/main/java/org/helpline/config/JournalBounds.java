package org.helpline.config;

import java.time.Duration;
import java.util.Optional;

/// How long calls wait for a journal that is not well, and how much is kept in memory for it.
///
/// @param patience a turn's effects wait this long at most for the journal
/// @param silence without any answer for this long the journal counts as away
/// @param backlogEntries entries in memory that the journal has not got, at most
/// @param backlogMib the same, in mebibytes
public record JournalBounds(Duration patience, Duration silence, int backlogEntries, int backlogMib) {
    public static final JournalBounds DEFAULT =
            new JournalBounds(Duration.ofMillis(250), Duration.ofSeconds(2), 200_000, 256);

    private static final Duration PATIENCE_LEAST = Duration.ofMillis(50);
    /// A caller hears nothing new for as long.
    private static final Duration PATIENCE_MOST = Duration.ofSeconds(2);
    private static final Duration SILENCE_LEAST = Duration.ofMillis(500);
    private static final Duration SILENCE_MOST = Duration.ofSeconds(30);

    static JournalBounds read(YamlSection root) {
        Optional<YamlSection> found = root.optional("journal").flatMap(YamlValue::section);
        if (found.isEmpty()) return DEFAULT;
        YamlSection section = found.get();
        Duration patience = section.optional("patience")
                .flatMap(value -> value.duration(PATIENCE_LEAST, PATIENCE_MOST))
                .orElse(DEFAULT.patience());
        Duration least = patience.compareTo(SILENCE_LEAST) > 0 ? patience : SILENCE_LEAST;
        var bounds = new JournalBounds(
                patience,
                section.optional("silence")
                        .flatMap(value -> value.duration(least, SILENCE_MOST))
                        .orElse(DEFAULT.silence()),
                section.optional("backlog-entries")
                        .flatMap(value -> value.integer(1_000, 5_000_000))
                        .orElse(DEFAULT.backlogEntries()),
                section.optional("backlog-mib")
                        .flatMap(value -> value.integer(16, 16_384))
                        .orElse(DEFAULT.backlogMib()));
        section.end();
        return bounds;
    }
}
