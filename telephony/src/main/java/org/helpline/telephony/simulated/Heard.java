package org.helpline.telephony.simulated;

import java.util.List;
import org.helpline.telephony.CallCommand.PromptRef;

/// What came to a party's ear, in the order in which it began.
public sealed interface Heard {

    record Prompt(PromptRef prompt) implements Heard {}

    record Music() implements Heard {}

    /// @param legs the other legs heard, sorted: those in the same bridge, who whispers, who is listened to; empty when
    /// the bridge was taken away or everyone left
    record Parties(List<String> legs) implements Heard {
        public Parties {
            legs = List.copyOf(legs);
        }
    }

    /// The carrier's own fall-back spoke, because no controller took the call or it was handed back.
    record Apology() implements Heard {}

    /// The carrier is calling this number for the caller.
    record Referred(String number) implements Heard {}
}
