package org.helpline.telephony.simulated;

import org.helpline.telephony.CallControlContract;
import org.helpline.telephony.CarrierWorld;

class SimulatedCallControlTest extends CallControlContract {
    @Override
    protected CarrierWorld newWorld() {
        return new SimulatedWorld();
    }
}
