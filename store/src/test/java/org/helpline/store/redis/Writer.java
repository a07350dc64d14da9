package org.helpline.store.redis;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.helpline.store.Journal;
import org.helpline.store.Journal.Entry;
import org.helpline.store.JournalFailure;
import org.helpline.store.Samples;

/// An owner that appends without a pause, several batches under way, and does what owners do when the journal fails:
/// it repeats from memory what was not acknowledged, and what the journal has lost.
final class Writer {
    private static final Duration EVERY = Duration.ofMillis(2);
    private static final Duration REPEAT_AFTER = Duration.ofMillis(50);
    private static final int BATCH = 3;
    private static final int MOST_UNDER_WAY = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Vertx vertx;
    private final Context context;
    private final Journal journal;
    private final long epoch;
    private final Deque<Long> underWay = new ArrayDeque<>(); // first number of each batch; on the context
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<JournalFailure> failures = new CopyOnWriteArrayList<>();
    private final List<String> outOfOrder = new CopyOnWriteArrayList<>();
    private long next;
    private int generation;
    private boolean repeating;
    private boolean stopping;

    Writer(Vertx vertx, Context context, Journal journal, long first, long epoch) {
        this.vertx = vertx;
        this.context = context;
        this.journal = journal;
        this.epoch = epoch;
        next = first;
        acknowledged.set(first - 1);
    }

    Writer start() {
        context.runOnContext(_ -> tick());
        return this;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    List<JournalFailure> failures() {
        return failures;
    }

    /// Answers that came before those to earlier batches.
    List<String> outOfOrder() {
        return outOfOrder;
    }

    void awaitMore(int entries) {
        long wanted = acknowledged() + entries;
        await().atMost(PATIENCE).until(() -> acknowledged() >= wanted);
    }

    JournalFailure awaitFailure(JournalFailure.Kind kind) {
        await().atMost(PATIENCE).until(() -> failures.stream().anyMatch(failure -> failure.kind() == kind));
        return failures.stream()
                .filter(failure -> failure.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /// Appends nothing new, and waits until everything is acknowledged.
    long stop() {
        context.runOnContext(_ -> stopping = true);
        await().atMost(PATIENCE).until(() -> {
            AtomicLong left = new AtomicLong(-1);
            context.runOnContext(_ -> left.set(underWay.size() + (repeating ? 1 : 0)));
            await().until(() -> left.get() >= 0);
            return left.get() == 0;
        });
        return acknowledged();
    }

    private void tick() {
        if (stopping) return;
        if (!repeating && underWay.size() < MOST_UNDER_WAY) appendNext();
        vertx.setTimer(EVERY.toMillis(), _ -> tick());
    }

    private void appendNext() {
        append(next);
        next += BATCH;
    }

    private void append(long first) {
        int asked = generation;
        underWay.add(first);
        journal.append(Samples.entries(first, first + BATCH - 1, epoch)).onComplete(answer -> {
            if (asked != generation) return;
            if (!underWay.isEmpty() && underWay.getFirst() != first) {
                outOfOrder.add(first + " before " + underWay.getFirst());
            }
            if (answer.succeeded()) {
                underWay.remove(first);
                acknowledged.accumulateAndGet(first + BATCH - 1, Math::max);
            } else {
                failed((JournalFailure) answer.cause(), first);
            }
        });
    }

    private void failed(JournalFailure failure, long first) {
        if (failures.isEmpty() || failures.getLast().kind() != failure.kind()) failures.add(failure);
        generation++;
        underWay.clear();
        if (failure.kind() == JournalFailure.Kind.FENCED) {
            stopping = true;
            return;
        }
        repeating = true;
        vertx.setTimer(REPEAT_AFTER.toMillis(), _ -> {
            Future<Long> from = failure.kind() == JournalFailure.Kind.AWAY
                    ? Future.succeededFuture(first)
                    : journal.size().map(size -> Math.min(first, size.lastSeq() + 1));
            from.onComplete(known -> repeat(known.succeeded() ? known.result() : first));
        });
    }

    /// Batches keep their numbers; what is repeated from within one is there already, or is appended with the rest of
    // it.
    private void repeat(long from) {
        repeating = false;
        long first = from - (from - 1) % BATCH;
        for (long each = first; each < next && !repeating; each += BATCH) append(each);
    }

    List<Entry> everything() {
        return Samples.entries(1, acknowledged(), epoch);
    }
}
