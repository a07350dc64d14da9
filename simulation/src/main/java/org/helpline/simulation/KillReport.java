package org.helpline.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Violation;

/// What came of a run with deaths.
///
/// @param deaths by their moment
/// @param again how many of them came before the process routed
/// @param caught how many contacts were in each state when a process died
/// @param breach the first invariant that did not hold
/// @param violations what the judge of histories found
/// @param seen what it judged
public record KillReport(
        long seed,
        int kills,
        int again,
        Map<String, Integer> deaths,
        Map<String, Integer> caught,
        int callers,
        int talked,
        int records,
        int resumed,
        int welcomed,
        Optional<String> breach,
        List<Violation> violations,
        List<Observation> seen) {

    public boolean isGood() {
        return breach.isEmpty() && violations.isEmpty();
    }

    /// In some lines: what was wrong, the first of each kind.
    public String faults() {
        StringBuilder text = new StringBuilder();
        breach.ifPresent(what -> text.append("  invariant ").append(what).append('\n'));
        violations.stream()
                .limit(6)
                .forEach(one -> text.append("  ").append(one).append('\n'));
        if (violations.size() > 6)
            text.append("  and ").append(violations.size() - 6).append(" more\n");
        return text.toString();
    }

    @Override
    public String toString() {
        return "seed %d: %d kills (%d before it routed again) %s, %d callers, %d talked, %d records, caught %s, %d of %d sockets resumed%s"
                .formatted(
                        seed,
                        kills,
                        again,
                        deaths,
                        callers,
                        talked,
                        records,
                        caught,
                        resumed,
                        welcomed,
                        isGood() ? "" : "; NOT GOOD");
    }
}
