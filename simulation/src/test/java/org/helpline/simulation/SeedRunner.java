package org.helpline.simulation;

/// Runs wild days one seed after the other, for whoever hunts a failure: `SeedRunner FIRST LAST CALLS`.
public final class SeedRunner {
    private SeedRunner() {}

    /// The breach that this seed leads to; the empty string when there is none. Strings, so that it can be
    /// called across class loaders.
    public static String breachOf(long seed, int calls) {
        return new SimulatedDomain(Scenario.wild(seed, calls)).run().breach().orElse("");
    }

    public static void main(String[] args) {
        int calls = Integer.parseInt(args[2]);
        for (long seed = Long.parseLong(args[0]); seed <= Long.parseLong(args[1]); seed++) {
            RunReport report = new SimulatedDomain(Scenario.wild(seed, calls)).run();
            System.out.println(report);
            report.breach().ifPresent(breach -> System.out.println("    BREACH " + breach));
        }
    }
}
