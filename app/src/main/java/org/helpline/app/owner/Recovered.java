package org.helpline.app.owner;

import java.time.Instant;
import java.util.List;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchSnapshot;
import org.helpline.app.switchboard.SwitchState;

/// A domain as it was when its last owner ended.
///
/// @param epoch of the owner that goes on with it
/// @param lastSeq the next entry of the journal is the one behind it
/// @param lastAt when something happened last; no later turn is before that
/// @param from an earlier state, for those who follow what happens
/// @param sinceSnapshot what led from there to `state`, numbered on from [RecoveryReport#firstSeq]
/// without a gap
public record Recovered(
        SwitchState state,
        long epoch,
        long lastSeq,
        Instant lastAt,
        SwitchSnapshot from,
        List<DomainEvent> sinceSnapshot,
        RecoveryReport report) {
    public Recovered {
        sinceSnapshot = List.copyOf(sinceSnapshot);
    }

    /// Whether nobody owned this domain before.
    public boolean isNew() {
        return lastSeq == 0;
    }
}
