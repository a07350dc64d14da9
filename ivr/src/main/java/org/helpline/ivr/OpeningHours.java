package org.helpline.ivr;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// When a helpline is open. A span never crosses midnight: a night is written as two spans.
///
/// @param zone the helpline's time zone; daylight-saving changes follow it
/// @param week open spans by day; a day that is absent is closed all day
/// @param holidays days closed whatever the week says
public record OpeningHours(ZoneId zone, SortedMap<DayOfWeek, List<Span>> week, SortedSet<LocalDate> holidays) {
    public OpeningHours {
        SortedMap<DayOfWeek, List<Span>> days = new TreeMap<>();
        week.forEach((day, spans) -> days.put(day, List.copyOf(spans)));
        week = Collections.unmodifiableSortedMap(days);
        holidays = Collections.unmodifiableSortedSet(new TreeSet<>(holidays));
    }

    /// @param from first moment open
    /// @param to first moment closed again; midnight means the end of the day
    public record Span(LocalTime from, LocalTime to) {
        private boolean toEndOfDay() {
            return to.equals(LocalTime.MIN);
        }

        boolean holds(LocalTime time) {
            return !time.isBefore(from) && (toEndOfDay() || time.isBefore(to));
        }

        boolean isEmpty() {
            return !toEndOfDay() && !from.isBefore(to);
        }
    }

    /// By the wall clock of the zone: an hour that a daylight-saving change repeats counts both times, one that it
    /// leaves out never comes.
    public boolean openAt(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        if (holidays.contains(local.toLocalDate())) return false;
        return week.getOrDefault(local.getDayOfWeek(), List.of()).stream()
                .anyMatch(span -> span.holds(local.toLocalTime()));
    }
}
