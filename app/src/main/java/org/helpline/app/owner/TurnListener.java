package org.helpline.app.owner;

import java.util.List;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchInput;

/// Hears the events of each turn, in order, once they are in the journal. Called on the owner's context: be
/// quick, hand over what takes time.
public interface TurnListener {
    void onEvents(List<DomainEvent> events);

    /// The same, for those who must know where in the journal they are.
    ///
    /// @param firstSeq the place of the first event; the others follow without a gap
    default void onTurn(long firstSeq, List<DomainEvent> events) {
        onEvents(events);
    }

    /// The domain goes on where another owner left it: told once, before anything else.
    default void onRecovered(Recovered recovered) {}

    /// A broken invariant ended the turn on `input` early; its events, if any, were told just before.
    default void onDefect(SwitchInput input, RuntimeException defect) {}
}
