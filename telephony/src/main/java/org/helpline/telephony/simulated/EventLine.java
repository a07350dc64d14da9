package org.helpline.telephony.simulated;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.helpline.telephony.CallEvent;

/// Carries events from the switch to the controller, with latency and faults. Each leg has a lane of its
/// own, in which order is kept; a late event holds up those behind it.
final class EventLine {
    private final Schedule schedule;
    private final RandomGenerator random;
    private final Duration latency;
    private final Consumer<CallEvent> deliver;
    private final Map<String, Queue<Travelling>> lanes = new HashMap<>();
    private Faults faults;
    private long connection;

    private record Travelling(CallEvent event, Duration takes) {}

    EventLine(Schedule schedule, RandomGenerator random, SimulatedSettings settings, Consumer<CallEvent> deliver) {
        this.schedule = schedule;
        this.random = random;
        this.latency = settings.latency();
        this.faults = settings.faults();
        this.deliver = deliver;
    }

    void faults(Faults newFaults) {
        faults = newFaults;
    }

    /// Everything under way is lost.
    void cut() {
        connection++;
        lanes.clear();
    }

    void send(String leg, CallEvent event) {
        if (chance(faults.eventLost())) {
            return;
        }
        Duration takes = chance(faults.eventLate()) ? latency.plus(part(faults.latest())) : latency;
        enqueue(leg, new Travelling(event, takes));
        if (chance(faults.eventDoubled())) {
            enqueue(leg, new Travelling(event, latency));
        }
    }

    private void enqueue(String leg, Travelling travelling) {
        Queue<Travelling> lane = lanes.computeIfAbsent(leg, id -> new ArrayDeque<>());
        lane.add(travelling);
        if (lane.size() == 1) {
            travel(leg, lane);
        }
    }

    private void travel(String leg, Queue<Travelling> lane) {
        long began = connection;
        schedule.after(lane.element().takes(), () -> {
            if (connection != began) {
                return;
            }
            Travelling arrived = lane.remove();
            if (lane.isEmpty()) {
                lanes.remove(leg);
            } else {
                travel(leg, lane);
            }
            deliver.accept(arrived.event());
        });
    }

    /// Draws nothing when the fault is switched off, so that other decisions of the same seed do not move.
    private boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private Duration part(Duration whole) {
        return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
    }
}
