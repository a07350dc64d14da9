package org.helpline.simulation;

/// Runs seeds one after the other, for whoever hunts a failure: `SeedRunner FIRST LAST CALLS`.
public final class SeedRunner {
    private SeedRunner() {}

    public static void main(String[] args) {
        int calls = Integer.parseInt(args[2]);
        for (long seed = Long.parseLong(args[0]); seed <= Long.parseLong(args[1]); seed++) {
            RunReport report = new SimulatedDomain(Scenario.wild(seed, calls)).run();
            System.out.println(report);
            report.breach().ifPresent(breach -> System.out.println("    BREACH " + breach));
        }
    }
}
