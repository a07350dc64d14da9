package org.helpline.router;

import java.util.List;
import java.util.Optional;

/// What one input led to. With a refusal both lists are empty.
public record Turn(List<Event> events, List<Effect> effects, Optional<Refusal> refusal) {
    public Turn {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }
}
