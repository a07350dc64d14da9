package org.helpline.telephony.simulated;

import org.helpline.telephony.CallEvent.EndCause;

/// Whoever is at the far end of a leg.
interface Party {
    void answered(String leg);

    void hears(String leg, Heard sound);

    void ended(String leg, EndCause cause);
}
