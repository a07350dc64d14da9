package org.helpline.config;

import java.time.Duration;
import java.util.Optional;
import org.helpline.store.CallerMemory.Rate;
import org.helpline.store.CallerMemory.Settings;

/// What the file says of callers: how long they are remembered, and how many calls are taken.
final class CallersReader {
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_OF_A_NUMBER = 1_000;

    private CallersReader() {}

    static Settings read(YamlSection root) {
        Settings standard = Settings.DEFAULT;
        Optional<YamlSection> found = root.optional("callers").flatMap(YamlValue::section);
        if (found.isEmpty()) return standard;
        YamlSection section = found.get();
        var settings = new Settings(
                days(section, "language-kept").orElse(standard.keepLanguage()),
                days(section, "contacts-kept").orElse(standard.keepContacts()),
                rate(section, "limit-per-number", MOST_OF_A_NUMBER),
                rate(section, "limit-in-all", Rate.MOST_CALLS));
        section.end();
        return settings;
    }

    private static Optional<Duration> days(YamlSection section, String key) {
        return section.optional(key).flatMap(value -> value.days(0, MOST_DAYS));
    }

    private static Optional<Rate> rate(YamlSection section, String key, int most) {
        return section.optional(key).flatMap(YamlValue::section).flatMap(limit -> {
            Optional<Integer> calls = limit.required("calls").flatMap(value -> value.integer(1, most));
            Optional<Duration> within =
                    limit.required("within").flatMap(value -> value.duration(Rate.LEAST, Rate.MOST));
            limit.end();
            return calls.flatMap(number -> within.map(time -> new Rate(number, time)));
        });
    }
}
