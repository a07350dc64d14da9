package org.helpline.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.helpline.ivr.OpeningHours.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /// Weekdays with a lunch break; Friday from 22:00 through the night to Saturday 02:00; Sunday all day.
    private static OpeningHours hours() {
        SortedMap<DayOfWeek, List<Span>> week = new TreeMap<>();
        week.put(DayOfWeek.MONDAY, List.of(span("09:00", "12:30"), span("13:30", "17:00")));
        week.put(DayOfWeek.THURSDAY, List.of(span("09:00", "17:00")));
        week.put(DayOfWeek.FRIDAY, List.of(span("22:00", "00:00")));
        week.put(DayOfWeek.SATURDAY, List.of(span("00:00", "02:00")));
        week.put(DayOfWeek.SUNDAY, List.of(span("00:00", "00:00")));
        return new OpeningHours(NEW_YORK, week, new TreeSet<>(List.of(LocalDate.parse("2026-11-26"))));
    }

    private static Span span(String from, String to) {
        return new Span(LocalTime.parse(from), LocalTime.parse(to));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-09T08:59:59, false",
        "2026-11-09T09:00:00, true",
        "2026-11-09T12:29:59, true",
        "2026-11-09T12:30:00, false",
        "2026-11-09T13:30:00, true",
        "2026-11-09T17:00:00, false",
        // no spans at all
        "2026-11-10T12:00:00, false",
        // an ordinary Thursday, and Thanksgiving
        "2026-11-19T12:00:00, true",
        "2026-11-26T12:00:00, false",
        // across midnight
        "2026-11-13T21:59:59, false",
        "2026-11-13T23:59:59, true",
        "2026-11-14T00:00:00, true",
        "2026-11-14T02:00:00, false",
        // all day
        "2026-11-15T00:00:00, true",
        "2026-11-15T23:59:59, true",
        "2026-11-16T00:00:00, false",
    })
    void opensAndClosesByTheWallClockOfItsZone(String local, boolean open) {
        Instant now = ZonedDateTime.of(LocalDateTime.parse(local), NEW_YORK).toInstant();
        assertEquals(open, hours().openAt(now));
    }

    @ParameterizedTest
    @CsvSource({
        // 09:00 in New York is 14:00 UTC in winter and 13:00 UTC in summer.
        "2026-11-09T13:59:59Z, false",
        "2026-11-09T14:00:00Z, true",
        "2026-07-06T12:59:59Z, false",
        "2026-07-06T13:00:00Z, true",
    })
    void followsDaylightSavingTime(Instant now, boolean open) {
        assertEquals(open, hours().openAt(now));
    }

    @ParameterizedTest
    @CsvSource({
        // In the night of 1 November 2026 the hour from 01:00 comes twice; 01:30 is open both times.
        "2026-11-01T04:59:59Z, false",
        "2026-11-01T05:00:00Z, true",
        "2026-11-01T05:30:00Z, true",
        "2026-11-01T06:30:00Z, true",
        "2026-11-01T07:00:00Z, false",
        // In the night of 8 March 2026 the hour from 02:00 never comes: 01:59:59 is followed by 03:00.
        "2026-03-08T06:59:59Z, true",
        "2026-03-08T07:00:00Z, false",
    })
    void anHourRepeatedOrLeftOutIsTakenAsTheClockShowsIt(Instant now, boolean open) {
        SortedMap<DayOfWeek, List<Span>> week = new TreeMap<>();
        week.put(DayOfWeek.SUNDAY, List.of(span("01:00", "02:00")));
        assertEquals(open, new OpeningHours(NEW_YORK, week, new TreeSet<>()).openAt(now));
    }

    @Test
    void aHolidayIsTheHolidayOfTheZone() {
        // 04:59 UTC on the 27th is still the 26th in New York, and 05:00 is a Friday that opens only at 22:00.
        assertEquals(false, hours().openAt(Instant.parse("2026-11-26T16:00:00Z")));
        OpeningHours everySecond = new OpeningHours(
                NEW_YORK,
                new TreeMap<>(Map.of(
                        DayOfWeek.THURSDAY, List.of(span("00:00", "00:00")),
                        DayOfWeek.FRIDAY, List.of(span("00:00", "00:00")))),
                new TreeSet<>(List.of(LocalDate.parse("2026-11-26"))));
        assertEquals(false, everySecond.openAt(Instant.parse("2026-11-27T04:59:59Z")));
        assertEquals(true, everySecond.openAt(Instant.parse("2026-11-27T05:00:00Z")));
    }

    @Test
    void keepsItsOwnCopies() {
        SortedMap<DayOfWeek, List<Span>> week = new TreeMap<>();
        week.put(DayOfWeek.MONDAY, new ArrayList<>(List.of(span("09:00", "17:00"))));
        OpeningHours hours = new OpeningHours(NEW_YORK, week, new TreeSet<>());
        week.clear();
        assertEquals(true, hours.openAt(Instant.parse("2026-11-09T15:00:00Z")));
        assertThrows(UnsupportedOperationException.class, () -> hours.week().clear());
    }
}
