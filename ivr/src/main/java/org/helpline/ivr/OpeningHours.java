package org.helpline.ivr;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// When a helpline is open.
///
/// @param zone the helpline's time zone; daylight-saving changes follow it
/// @param week open spans by day; a day that is absent is closed all day
/// @param holidays days closed whatever the week says
public record OpeningHours(ZoneId zone, SortedMap<DayOfWeek, List<Span>> week, SortedSet<LocalDate> holidays) {

    /// @param from first moment open
    /// @param to first moment closed again; midnight means the end of the day
    public record Span(LocalTime from, LocalTime to) {}

    public boolean openAt(Instant now) {
        throw new UnsupportedOperationException();
    }
}
