package org.helpline.simulation;

import java.util.function.Consumer;
import org.helpline.simulation.history.Observation;
import org.helpline.telephony.CallCommand.Originate;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.simulated.SimulatedDevice;

/// Notes what happens at one agent's telephone.
record WatchedPhones(String agent, VirtualTime time, Consumer<Observation> notes) implements SimulatedDevice.Watcher {
    @Override
    public void rings(Originate call) {
        notes.accept(new Observation.DeviceRang(time.now(), agent, call.leg(), call.contact()));
    }

    @Override
    public void answers(String leg) {
        notes.accept(new Observation.DeviceAnswered(time.now(), agent, leg));
    }

    @Override
    public void ends(String leg, EndCause cause, boolean hungUp) {
        notes.accept(new Observation.DeviceEnded(time.now(), agent, leg, Ears.by(cause, hungUp)));
    }
}
