package org.helpline.telephony.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.helpline.telephony.CallCommand.Originate;
import org.helpline.telephony.CallEvent.EndCause;

/// An agent's telephone at one destination; [SimulatedCarrier#device] gives it. The behaviour set last holds
/// for the next call to it.
public final class SimulatedDevice implements Party {
    private static final int MAX_HEARD = 1000;

    private final Switch exchange;
    private final String destination;
    private DeviceBehaviour behaviour;
    private final Set<String> legs = new LinkedHashSet<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Set<String> leaving = new LinkedHashSet<>();
    private Watcher watcher = Watcher.NOBODY;
    private int calls;
    private Optional<Originate> lastCall = Optional.empty();

    /// Somebody who stands beside the telephone.
    public interface Watcher {
        Watcher NOBODY = new Watcher() {
            @Override
            public void rings(Originate call) {}

            @Override
            public void answers(String leg) {}

            @Override
            public void ends(String leg, EndCause cause, boolean hungUp) {}
        };

        /// It is called; whether it rings is for its behaviour to say.
        void rings(Originate call);

        void answers(String leg);

        /// @param hungUp here, and not at the other end
        void ends(String leg, EndCause cause, boolean hungUp);
    }

    SimulatedDevice(Switch exchange, String destination, DeviceBehaviour behaviour) {
        this.exchange = exchange;
        this.destination = destination;
        this.behaviour = behaviour;
    }

    public String destination() {
        return destination;
    }

    public SimulatedDevice behaves(DeviceBehaviour how) {
        behaviour = how;
        return this;
    }

    public SimulatedDevice answersAfter(Duration delay) {
        return behaves(new DeviceBehaviour.Answers(delay));
    }

    public SimulatedDevice watchedBy(Watcher who) {
        watcher = who;
        return this;
    }

    /// Legs that ring or talk at this device now.
    public List<String> legs() {
        return List.copyOf(legs);
    }

    /// Ends all its calls.
    public void hangUp() {
        leaving.addAll(legs);
        legs().forEach(leg -> exchange.end(leg, EndCause.NORMAL));
    }

    /// Loses power: its calls end after the carrier's media time-out, and it is absent from now on.
    public void vanish() {
        behaviour = new DeviceBehaviour.Absent();
        legs().forEach(exchange::mediaStops);
    }

    public void press(char key) {
        legs().forEach(leg -> exchange.digit(leg, key));
    }

    /// The latest thousand sounds.
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// The legs that its calls hear at this moment, sorted.
    public List<String> hearsLegs() {
        return legs().stream()
                .flatMap(leg -> exchange.heardBy(leg).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// How often it was called so far.
    public int calls() {
        return calls;
    }

    /// What the carrier sent with the latest call.
    public Optional<Originate> lastCall() {
        return lastCall;
    }

    DeviceBehaviour called(Originate call) {
        calls++;
        lastCall = Optional.of(call);
        legs.add(call.leg());
        watcher.rings(call);
        return behaviour;
    }

    @Override
    public void answered(String leg) {
        watcher.answers(leg);
    }

    @Override
    public void hears(String leg, Heard sound) {
        if (heard.size() == MAX_HEARD) {
            heard.removeFirst();
        }
        heard.add(sound);
    }

    @Override
    public void ended(String leg, EndCause cause) {
        legs.remove(leg);
        boolean rejected = cause == EndCause.REJECTED || cause == EndCause.BUSY || cause == EndCause.UNREACHABLE;
        watcher.ends(leg, cause, leaving.remove(leg) || rejected);
    }
}
