package org.helpline.simulation;

import org.helpline.simulation.history.HistoryLines;

/// Kills processes one seed after the other, for whoever hunts a failure: `KillRunner FIRST LAST CALLS KILLS`.
final class KillRunner {
    private KillRunner() {}

    public static void main(String[] args) {
        int calls = Integer.parseInt(args[2]);
        int kills = Integer.parseInt(args[3]);
        int good = 0;
        for (long seed = Long.parseLong(args[0]); seed <= Long.parseLong(args[1]); seed++) {
            KillReport report = new KilledDomain(Scenario.wild(seed, calls), kills).run();
            System.out.println(report);
            System.out.print(report.faults());
            if (report.isGood()) good++;
            if (System.getProperty("show") == null) continue;
            report.seen().stream()
                    .filter(one -> HistoryLines.line(one).matches(System.getProperty("show")))
                    .forEach(System.out::println);
        }
        System.out.println(good + " good");
    }
}
