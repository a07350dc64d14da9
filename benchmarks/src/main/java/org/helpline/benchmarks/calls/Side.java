package org.helpline.benchmarks.calls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Who decides which agent a call goes to.
enum Side {
    HELPLINE("Helpline"),
    APP_QUEUE("app_queue"),
    /// The same with an endpoint for each phone, so that it knows the state of each.
    APP_QUEUE_STATES("app_queue, states");

    private final String spoken;

    Side(String spoken) {
        this.spoken = spoken;
    }

    String spoken() {
        return spoken;
    }

    static List<Side> peers() {
        return List.of(APP_QUEUE, APP_QUEUE_STATES);
    }

    /// Each round begins with another side, so that none always finds the machine warmer.
    static List<Side> order(int round, List<Side> sides) {
        List<Side> turns = new ArrayList<>(sides);
        Collections.rotate(turns, -round);
        return turns;
    }
}
