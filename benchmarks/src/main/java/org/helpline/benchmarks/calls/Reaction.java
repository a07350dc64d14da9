package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.helpline.benchmarks.Settings;

/// From a caller's last digit to the INVITE at an agent's phone, while an agent is ready for everyone.
final class Reaction {
    static final List<Side> SIDES = List.of(Side.HELPLINE, Side.APP_QUEUE);

    private static final Duration DIGIT_AFTER = Duration.ofMillis(800);
    private static final Duration TALK = Duration.ofSeconds(2);
    private static final Duration TALK_SPREAD = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final String CORE = "% of a core";
    private static final int WARM_UP_RATE = 20;
    /// Lets both sides finish what the last run left: a released agent, a line of a log.
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final Bench bench;
    private final Settings settings;
    private final int agents;

    Reaction(Bench bench, Settings settings, int agents) {
        this.bench = bench;
        this.settings = settings;
        this.agents = agents;
    }

    /// Both sides, unmeasured: classes are loaded and compiled, files are read.
    void warmUp() throws IOException, InterruptedException {
        for (Side side : SIDES) round(side, WARM_UP_RATE, new Samples());
    }

    void round(Side side, int rate, Samples samples) throws IOException, InterruptedException {
        Thread.sleep(SETTLE);
        bench.desks().ready(agents);
        bench.desks().forget();
        Load load = new Load(
                side == Side.HELPLINE ? BenchSite.HELPLINE : BenchSite.QUEUE_ALL,
                Math.toIntExact(rate * settings.load().toSeconds()),
                rate,
                DIGIT_AFTER,
                TALK,
                TALK_SPREAD,
                PATIENCE);
        CpuTime asterisk = CpuTime.of(bench.asterisk().pid());
        CpuTime helpline = CpuTime.of(bench.helpline().pid());
        CpuTime ours = CpuTime.of(ProcessHandle.current().pid());
        List<Call> calls = bench.sip().run(load).calls();
        samples.addTimes(side, "last digit to agent's INVITE", reactions(calls));
        if (side == Side.HELPLINE) addDesktop(calls, samples);
        samples.add(side, "failed, of " + calls.size() + " calls", "calls", failed(calls));
        double switching = CpuTime.of(asterisk.pid()).percentSince(asterisk);
        double deciding = CpuTime.of(helpline.pid()).percentSince(helpline);
        samples.add(side, "CPU of Asterisk", CORE, switching);
        if (side == Side.HELPLINE) samples.add(side, "CPU of Helpline", CORE, deciding);
        // While app_queue works, Helpline only keeps its sockets open, which is no part of app_queue's work.
        samples.add(side, "CPU of both", CORE, side == Side.HELPLINE ? switching + deciding : switching);
        samples.add(
                side,
                "CPU of callers, phones, desktops",
                CORE,
                CpuTime.of(ours.pid()).percentSince(ours));
    }

    private static List<Long> reactions(List<Call> calls) {
        return calls.stream()
                .filter(call -> call.lastDigit != 0 && call.agentInvited != 0)
                .map(call -> call.agentInvited - call.lastDigit)
                .toList();
    }

    /// The part of the desktop in it: the offer goes out and the accept comes back.
    private void addDesktop(List<Call> calls, Samples samples) {
        Map<String, Desks.OfferTimes> offers = bench.desks().offers();
        List<Long> toOffer = new ArrayList<>();
        List<Long> roundTrip = new ArrayList<>();
        List<Long> toInvite = new ArrayList<>();
        for (Call call : calls) {
            Desks.OfferTimes times = offers.get(call.number);
            if (times == null || call.lastDigit == 0) continue;
            toOffer.add(times.offered - call.lastDigit);
            if (times.confirmed != 0) roundTrip.add(times.confirmed - times.offered);
            if (call.agentInvited != 0) toInvite.add(call.agentInvited - times.offered);
        }
        samples.addTimes(Side.HELPLINE, "of it: last digit to offer at the desktop", toOffer);
        samples.addTimes(Side.HELPLINE, "of it: offer at the desktop to INVITE", toInvite);
        samples.addTimes(Side.HELPLINE, "accept sent to accept confirmed (round trip)", roundTrip);
    }

    private double failed(List<Call> calls) {
        List<Call> failed = calls.stream().filter(call -> !call.complete()).toList();
        failed.stream().limit(3).forEach(call -> settings.say("  failed: " + call.number + " " + call.lacks()));
        return failed.size();
    }
}
