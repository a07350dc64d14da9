package org.helpline.app.run;

import java.util.ArrayList;
import java.util.List;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.router.Event;

/// The routing events among a turn's events.
final class Routed {
    private Routed() {}

    static List<Event> of(List<DomainEvent> events) {
        List<Event> routing = new ArrayList<>();
        for (DomainEvent event : events) {
            if (event instanceof DomainEvent.Routing routed) routing.add(routed.event());
        }
        return routing;
    }
}
