package org.helpline.app.owner;

import java.util.List;
import org.helpline.app.switchboard.DomainEvent;

/// Hears the events of each turn, in order, once they are in the journal. Called on the owner's context: be quick, hand
/// over what takes time.
public interface TurnListener {
    void onEvents(List<DomainEvent> events);
}
