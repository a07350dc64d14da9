package org.helpline.gateway;

import java.util.ArrayList;
import java.util.List;
import org.helpline.router.Event;

/// Entries of the domain's journal without a gap, and the routing events among them: all that one turn led to, or
/// several turns.
///
/// @param lastEntry below `firstEntry` when there are none
public record Journalled(long firstEntry, long lastEntry, List<NumberedEvent> events) {
    public Journalled {
        events = List.copyOf(events);
    }

    /// Entries that are routing events, all of them.
    public static Journalled of(long firstEntry, List<Event> events) {
        List<NumberedEvent> numbered = new ArrayList<>();
        for (Event event : events) numbered.add(new NumberedEvent(firstEntry + numbered.size(), event));
        return new Journalled(firstEntry, firstEntry + events.size() - 1, numbered);
    }
}
