package org.helpline.app.owner;

import java.time.Instant;
import org.helpline.app.switchboard.SwitchSnapshot;

/// A domain's state at one moment.
///
/// @param seq of the last entry in it
/// @param at of the last turn in it
public record StateCopy(SwitchSnapshot state, long seq, Instant at) {}
