package org.helpline.benchmarks.calls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.benchmarks.Settings;

/// From an agent that becomes free to its next call, while callers wait.
final class Freed {
    static final List<Side> SIDES = List.of(Side.values());
    static final int CALLERS = 40;

    private static final int RATE = 20;
    private static final Duration DIGIT_AFTER = Duration.ofMillis(500);
    private static final Duration TALK = Duration.ofSeconds(1);
    private static final Duration TALK_SPREAD = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Bench bench;
    private final Settings settings;

    Freed(Bench bench, Settings settings) {
        this.bench = bench;
        this.settings = settings;
    }

    void round(Side side, Samples samples) throws InterruptedException {
        bench.desks().ready(BenchSite.FEW);
        bench.desks().forget();
        SipLoad.Outcome outcome =
                bench.sip().run(new Load(called(side), CALLERS, RATE, DIGIT_AFTER, TALK, TALK_SPREAD, PATIENCE));
        List<Long> toInvite = new ArrayList<>();
        List<Long> toOffer = new ArrayList<>();
        List<Long> wrapUpToOffer = new ArrayList<>();
        List<Long> wrapUpToInvite = new ArrayList<>();
        for (int agent = 1; agent <= BenchSite.FEW; agent++) {
            SipLoad.PhoneTimes phone = outcome.phones().get(agent - 1);
            List<Long> offered = bench.desks().offeredAt(agent);
            List<Long> wrappedUp = bench.desks().wrappedUpAt(agent);
            addGaps(phone.hungUp(), phone.invited(), toInvite);
            addGaps(phone.hungUp(), offered, toOffer);
            addGaps(wrappedUp, offered, wrapUpToOffer);
            addGaps(wrappedUp, phone.invited(), wrapUpToInvite);
        }
        samples.addTimes(side, "agent's BYE to its next INVITE", toInvite);
        samples.addTimes(side, "agent's BYE to its next offer", toOffer);
        samples.addTimes(side, "wrap-up completed to next offer", wrapUpToOffer);
        samples.addTimes(side, "wrap-up completed to next INVITE", wrapUpToInvite);
        List<Call> failed =
                outcome.calls().stream().filter(call -> !call.complete()).toList();
        failed.stream().limit(3).forEach(call -> settings.say("  failed: " + call.number + " " + call.lacks()));
        samples.add(side, "failed, of " + CALLERS + " calls", "calls", failed.size());
    }

    private static String called(Side side) {
        return switch (side) {
            case HELPLINE -> BenchSite.HELPLINE;
            case APP_QUEUE -> BenchSite.QUEUE_FEW;
            case APP_QUEUE_STATES -> BenchSite.QUEUE_STATES;
        };
    }

    /// From each moment to the first later one of the others; the last ones, after which nobody waits any
    /// more, have none.
    static void addGaps(List<Long> from, List<Long> to, List<Long> gaps) {
        for (long begin : from) {
            Optional<Long> next = to.stream().filter(end -> end - begin > 0).findFirst();
            next.ifPresent(end -> gaps.add(end - begin));
        }
    }
}
