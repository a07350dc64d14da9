package org.helpline.app.observe;

import io.micrometer.core.instrument.FunctionCounter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.Event;
import org.helpline.router.RoutingState.AgentView;

/// How many agents are in which state, why they are not ready, and how long they have been. An agent counts
/// from its first sign-in on.
final class AgentMetrics {
    /// Those that the router gives, and the breaks that desktops offer. An agent may type any word; what is
    /// not here is `other`.
    static final Set<String> REASONS = Set.of(
            "signed-in",
            "disconnected",
            "offer-rejected",
            "ring-no-answer",
            "device-failed",
            "device-unreachable",
            "unspecified",
            "break",
            "lunch",
            "meeting",
            "training",
            "paperwork",
            "technical-problem",
            "supervisor");

    private record Standing(AgentState state, Optional<String> reason, Instant since) {}

    /// Time of all agents in one state: what is over, and when those who are in it now began.
    private static final class Total {
        private Duration over = Duration.ZERO;
        private long inside;
        private Duration began = Duration.ZERO; // sum of the instants, since the epoch

        synchronized void enter(Instant at) {
            inside++;
            began = began.plus(sinceEpoch(at));
        }

        synchronized void leave(Instant since, Instant at) {
            inside--;
            began = began.minus(sinceEpoch(since));
            over = over.plus(Duration.between(since, at));
        }

        synchronized double seconds(Instant now) {
            Duration running = sinceEpoch(now).multipliedBy(inside).minus(began);
            return over.plus(running.isNegative() ? Duration.ZERO : running).toMillis() / 1_000.0;
        }

        private static Duration sinceEpoch(Instant at) {
            return Duration.between(Instant.EPOCH, at);
        }
    }

    private final InstantSource clock;
    private final BoundedWords reasons = BoundedWords.known(REASONS);
    private final Map<AgentId, Standing> agents = new HashMap<>();
    private final Map<AgentState, AtomicInteger> byState = new EnumMap<>(AgentState.class);
    private final Map<AgentState, Total> totals = new EnumMap<>(AgentState.class);
    private final Map<String, AtomicInteger> byReason = new TreeMap<>();
    private final Set<AgentId> unreachable = new HashSet<>();
    private final AtomicInteger unreachableDevices = new AtomicInteger();

    AgentMetrics(Meters meters, InstantSource clock) {
        this.clock = clock;
        for (AgentState state : AgentState.values()) {
            AtomicInteger count = new AtomicInteger();
            Total total = new Total();
            byState.put(state, count);
            totals.put(state, total);
            var tags = Meters.tag("state", Meters.word(state));
            meters.gauge("helpline.agents", "Agents by state", tags, count::get);
            if (state == AgentState.SIGNED_OUT) continue;
            FunctionCounter.builder("helpline.agent.state.seconds", total, one -> one.seconds(clock.instant()))
                    .description("Time that agents were in each state, all agents together")
                    .tags(tags)
                    .register(meters.registry());
        }
        Set<String> words = new HashSet<>(REASONS);
        words.add(BoundedWords.OTHER);
        for (String reason : words) {
            AtomicInteger count = new AtomicInteger();
            byReason.put(reason, count);
            meters.gauge(
                    "helpline.agents.not.ready",
                    "Agents who are not ready, by reason",
                    Meters.tag("reason", reason),
                    count::get);
        }
        meters.gauge(
                "helpline.occupancy.ratio",
                "Of the agents who serve now (ready, reserved, on contact, wrap-up), the share on contact or in"
                        + " wrap-up; 0 when nobody serves",
                Meters.NONE,
                this::occupancy);
        meters.gauge(
                "helpline.agents.device.unreachable",
                "Agents whose phone the switch cannot reach",
                Meters.NONE,
                unreachableDevices::get);
    }

    void changed(Event.AgentStateChanged e) {
        Standing before = agents.put(e.agent(), new Standing(e.state(), e.reason(), e.at()));
        if (before != null) {
            byState.get(before.state()).decrementAndGet();
            totals.get(before.state()).leave(before.since(), e.at());
            reason(before).ifPresent(AtomicInteger::decrementAndGet);
        }
        byState.get(e.state()).incrementAndGet();
        totals.get(e.state()).enter(e.at());
        reason(agents.get(e.agent())).ifPresent(AtomicInteger::incrementAndGet);
    }

    /// Their time before the restart is in the counters of the process before.
    void recovered(List<AgentView> views) {
        Instant now = clock.instant();
        for (AgentView view : views) {
            if (view.state() == AgentState.SIGNED_OUT) continue;
            AgentId agent = view.settings().id();
            changed(new Event.AgentStateChanged(now, agent, view.state(), view.reason()));
            if (view.deviceUnreachable().isPresent()) unreachable.add(agent);
        }
        unreachableDevices.set(unreachable.size());
    }

    private Optional<AtomicInteger> reason(Standing standing) {
        if (standing.state() != AgentState.NOT_READY) return Optional.empty();
        return Optional.of(byReason.get(reasons.of(standing.reason().orElse("unspecified"))));
    }

    void device(Event.DeviceReachabilityChanged e) {
        boolean changed = e.unreachableWhy().isPresent() ? unreachable.add(e.agent()) : unreachable.remove(e.agent());
        if (changed) unreachableDevices.set(unreachable.size());
    }

    private double occupancy() {
        int busy = count(AgentState.ON_CONTACT) + count(AgentState.WRAP_UP);
        int serving = busy + count(AgentState.READY) + count(AgentState.RESERVED);
        return serving == 0 ? 0 : (double) busy / serving;
    }

    private int count(AgentState state) {
        return byState.get(state).get();
    }
}
