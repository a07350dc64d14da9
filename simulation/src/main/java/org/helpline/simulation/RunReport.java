package org.helpline.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.helpline.router.Event.OfferOutcome;

/// What came of a run.
///
/// @param called callers who called; some never reach us when the carrier is down
/// @param arrived calls that reached us
/// @param transfers cold ones, or made cold by hanging up
/// @param completed consults whose agent went on with the caller
/// @param heardAnAgent callers who were joined with an agent, as they heard it
/// @param took real time
/// @param simulated virtual time
/// @param breach the first invariant that did not hold
public record RunReport(
        Scenario scenario,
        long called,
        long arrived,
        long queued,
        long handled,
        long abandoned,
        long transferredOut,
        long requeued,
        long transfers,
        long consults,
        long completed,
        long supervisions,
        long offers,
        SortedMap<OfferOutcome, Long> outcomes,
        Map<String, Integer> refusals,
        long heardAnAgent,
        long turns,
        long events,
        Duration took,
        Duration simulated,
        Optional<String> breach) {

    @Override
    public String toString() {
        return "seed %d: %d callers, %d calls, %d queued, %d handled, %d abandoned, %d transferred out, %d requeued, %d cold transfers, %d consults (%d completed), %d supervisions, %d offers %s, refused %s, %d turns, %d events, %.1f s for %d virtual minutes"
                .formatted(
                        scenario.seed(),
                        called,
                        arrived,
                        queued,
                        handled,
                        abandoned,
                        transferredOut,
                        requeued,
                        transfers,
                        consults,
                        completed,
                        supervisions,
                        offers,
                        outcomes,
                        refusals,
                        turns,
                        events,
                        took.toMillis() / 1000.0,
                        simulated.toMinutes());
    }
}
