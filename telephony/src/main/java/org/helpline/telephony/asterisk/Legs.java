package org.helpline.telephony.asterisk;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The channels that are ours, and the one place where a leg ends, so that its end is told exactly once.
final class Legs {
    private static final Logger LOG = LoggerFactory.getLogger(Legs.class);
    private static final int REMEMBERED_ORIGINATED = 4096;

    private final Map<String, Leg> byId = new LinkedHashMap<>();
    /// Ids once used for devices: an originate that comes twice must not ring the device again.
    private final Set<String> originated = new LinkedHashSet<>();

    private final Consumer<CallEvent> emit;

    Legs(Consumer<CallEvent> emit) {
        this.emit = emit;
    }

    Optional<Leg> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<Leg> all() {
        return List.copyOf(byId.values());
    }

    /// Callers before devices: an agent's device that went with its caller is no device that failed.
    List<Leg> inOrderOfEnding() {
        return byId.values().stream()
                .sorted(Comparator.comparing(leg -> !leg.inbound))
                .toList();
    }

    void add(Leg leg) {
        byId.put(leg.id, leg);
    }

    boolean usedForDevice(String id) {
        return byId.containsKey(id) || originated.contains(id);
    }

    Leg addDevice(String id) {
        originated.add(id);
        if (originated.size() > REMEMBERED_ORIGINATED) {
            originated.remove(originated.iterator().next());
        }
        Leg leg = new Leg(id, false);
        leg.announced = true;
        add(leg);
        return leg;
    }

    /// The carrier never made this leg: nothing to tell, and its id is free again.
    void forget(Leg leg) {
        byId.remove(leg.id);
        originated.remove(leg.id);
    }

    void end(Leg leg, EndCause cause) {
        if (!byId.remove(leg.id, leg)) {
            return;
        }
        LOG.info("leg={} ended {}", leg.id, cause);
        if (leg.announced) {
            emit.accept(new CallEvent.LegEnded(leg.id, cause));
        }
    }
}
