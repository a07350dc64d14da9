package org.helpline.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.helpline.ivr.OpeningHours;
import org.helpline.ivr.OpeningHours.Span;

/// Reads opening hours: zone, week, holidays.
final class HoursReader {
    private static final String TIME = "((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)";
    private static final Pattern SPAN = Pattern.compile(TIME + "-" + TIME);
    private static final SortedMap<String, DayOfWeek> DAYS = Words.of(DayOfWeek.class);

    private HoursReader() {}

    static OpeningHours read(String path, YamlSection section, FlowPlaces places) {
        places.put(path, section.place());
        Optional<YamlValue> zone = section.required("zone");
        zone.ifPresent(value -> places.put(path + ".zone", value.place()));
        SortedMap<DayOfWeek, List<Span>> week = new TreeMap<>();
        section.requiredSection("week").ifPresent(found -> {
            places.put(path + ".week", found.place());
            DAYS.forEach((name, day) -> found.optional(name).ifPresent(value -> {
                places.put(path + ".week." + day, value.place());
                week.put(day, spans(value));
            }));
            found.end();
        });
        NavigableSet<LocalDate> holidays = new TreeSet<>();
        section.required("holidays").ifPresent(value -> {
            places.put(path + ".holidays", value.place());
            value.list(HoursReader::date).forEach(holidays::add);
        });
        return new OpeningHours(zone.flatMap(HoursReader::zone).orElse(ZoneOffset.UTC), week, holidays);
    }

    private static Optional<ZoneId> zone(YamlValue value) {
        return value.text(64).flatMap(name -> {
            // Offsets and abbreviations know nothing of daylight-saving time.
            if (name.equals("UTC")
                    || (name.contains("/") && ZoneId.getAvailableZoneIds().contains(name))) {
                return Optional.of(ZoneId.of(name));
            }
            String meant = YamlSection.didYouMean(name, ZoneId.getAvailableZoneIds())
                    .map(id -> "; did you mean '" + id + "'?")
                    .orElse("");
            return value.fault(
                    "must be a time zone such as America/New_York or UTC, but is " + Faults.quoted(name) + meant);
        });
    }

    private static List<Span> spans(YamlValue value) {
        List<Span> spans = new ArrayList<>();
        int[] until = {0};
        value.items()
                .orElse(List.of())
                .forEach(item -> item.scalar().ifPresent(text -> {
                    Matcher matcher = SPAN.matcher(text);
                    if (!matcher.matches()) {
                        item.fault("must be a span such as 09:00-17:00, but is " + Faults.quoted(text));
                        return;
                    }
                    int from = minute(matcher.group(1));
                    int to = minute(matcher.group(2));
                    if (from >= to) {
                        item.fault("must begin before it ends, within one day (24:00 is its end), but is "
                                + Faults.quoted(text));
                    } else if (from < until[0]) {
                        item.fault("must begin after the span before it has ended, but is " + Faults.quoted(text));
                    } else {
                        spans.add(new Span(time(from), time(to)));
                        until[0] = to;
                    }
                }));
        return List.copyOf(spans);
    }

    private static int minute(String time) {
        return 60 * Integer.parseInt(time.substring(0, 2)) + Integer.parseInt(time.substring(3));
    }

    private static LocalTime time(int minute) {
        return LocalTime.of(minute / 60 % 24, minute % 60);
    }

    private static Optional<LocalDate> date(YamlValue value) {
        return value.scalar().flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeException e) {
                return value.fault("must be a day such as 2026-12-25, but is " + Faults.quoted(text));
            }
        });
    }
}
