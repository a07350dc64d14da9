package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.helpline.app.owner.CallerWatch;

/// How callers' memory fares. Every series is there from the start, so that the first failure is a change.
final class CallerMetrics implements CallerWatch {
    private final Map<Answer, Timer> asked = new EnumMap<>(Answer.class);
    private final Counter kept;
    private final Counter lost;

    CallerMetrics(MeterRegistry registry) {
        Meters meters = new Meters(registry);
        for (Answer answer : Answer.values()) {
            asked.put(
                    answer,
                    meters.machine(
                            "helpline.callers.asked",
                            "Time that a new call waited for callers' memory, and how that ended",
                            Meters.tag("answer", Meters.word(answer))));
        }
        kept = remembered(meters, "kept");
        lost = remembered(meters, "failed");
    }

    private static Counter remembered(Meters meters, String outcome) {
        return meters.counter(
                "helpline.callers.remembered",
                "Contacts given to callers' memory once they were over",
                Meters.tag("outcome", outcome));
    }

    @Override
    public void asked(Answer how, Duration took) {
        asked.get(how).record(took);
    }

    @Override
    public void remembered(boolean done) {
        (done ? kept : lost).increment();
    }
}
