package org.helpline.gateway;

import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.helpline.gateway.DayHistory.Past;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Completes the figures of the day after a start with what was before it, out of the records. Everything else comes
/// first: it asks again until the records have all of it, a part at a time, and gives up in the end; until then the
/// figures say since when they count. On the gateway's context.
final class DayBefore {
    private static final Logger log = LoggerFactory.getLogger(DayBefore.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /// Longer than a wrap-up may take.
    private static final Duration TRIED_FOR = Duration.ofMinutes(90);
    /// Contacts that are counted before others have their turn.
    private static final int AT_ONCE = 1_000;

    private final LiveMetrics metrics;
    private final DayHistory history;
    private final Clock clock;
    private final Context context;
    private Duration pause = FIRST_PAUSE;
    private Duration tried = Duration.ZERO;
    private boolean closed;

    DayBefore(LiveMetrics metrics, DayHistory history, Clock clock, Context context) {
        this.metrics = metrics;
        this.history = history;
        this.clock = clock;
        this.context = context;
    }

    void load() {
        if (closed || metrics.isWholeDay(clock.instant())) {
            metrics.noMoreOfBefore();
            return;
        }
        history.endedSince(metrics.dayStart(clock.instant())).onComplete(asked -> {
            if (asked.succeeded()) {
                count(asked.result(), 0);
            } else {
                later(asked.cause().getMessage());
            }
        });
    }

    private void count(List<Past> contacts, int from) {
        if (closed) return;
        int to = Math.min(contacts.size(), from + AT_ONCE);
        contacts.subList(from, to).forEach(metrics::before);
        if (to < contacts.size()) {
            context.runOnContext(_ -> count(contacts, to));
        } else if (metrics.beforeIsWhole()) {
            log.info("figures of the day: {} contacts of before the start are among them", metrics.ofBefore());
        } else {
            later("some contacts of before are still wrapped up");
        }
    }

    private void later(String why) {
        if (tried.compareTo(TRIED_FOR) > 0) {
            log.warn("figures of the day begin with this start: {}", why);
            metrics.noMoreOfBefore();
            return;
        }
        log.debug("figures of the day: {}", why);
        tried = tried.plus(pause);
        context.owner()
                .timer(pause.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(_ -> context.runOnContext(_ -> load()));
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    void close() {
        closed = true;
    }
}
