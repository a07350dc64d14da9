package org.helpline.simulation.kill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.helpline.simulation.history.Observation;

/// Notes what is seen, by whomever, in one row.
final class Recorder {
    private final List<Observation> seen = new ArrayList<>();

    synchronized void note(Observation observation) {
        seen.add(observation);
    }

    synchronized List<Observation> all() {
        return List.copyOf(seen);
    }

    static Instant now() {
        return Instant.now();
    }
}
