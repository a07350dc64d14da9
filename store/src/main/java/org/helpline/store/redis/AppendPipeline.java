package org.helpline.store.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.helpline.store.Journal.Entry;
import org.helpline.store.JournalFailure;
import org.helpline.store.JournalFailure.Kind;

/// Appends batches, many of them under way at once, and answers in their order.
///
/// When one fails, so do all behind it, and nothing that the server still says of them counts. What was written of
/// them is acknowledged when it is repeated. So a batch is never taken for written because one behind it is.
///
/// Threading: on the context alone.
final class AppendPipeline {
    private final Context context;
    private final RedisLink link;
    private final RedisSettings.Limits limits;
    private final Keys keys;
    private final Fence fence;
    private final Consumer<String> whenFenced;
    private final Consumer<Long> whenAcknowledged;

    private final Deque<Batch> underWay = new ArrayDeque<>();
    private long bytesUnderWay;
    private long acknowledged;
    private long sent;
    private long failedThrough;
    private boolean byText;
    private boolean timed;
    private boolean failing;
    private Optional<JournalFailure> fenced = Optional.empty();

    /// Who writes.
    record Fence(long epoch, String owner) {
        List<byte[]> arguments() {
            return List.of(EntryFields.number(epoch), EntryFields.text(owner));
        }
    }

    private static final class Batch {
        final long first;
        final long last;
        final List<byte[]> arguments;
        final int bytes;
        final Promise<Void> done = Promise.promise();
        int attempt;
        long dueNanos;
        boolean written;
        Optional<JournalFailure> refused = Optional.empty();

        /// @param last less than `first` for an empty one
        Batch(long first, long last, List<byte[]> arguments, int bytes) {
            this.first = first;
            this.last = last;
            this.arguments = arguments;
            this.bytes = bytes;
        }
    }

    /// @param last seq of the newest entry in the journal now
    AppendPipeline(
            Context context,
            RedisLink link,
            RedisSettings.Limits limits,
            Keys keys,
            Fence fence,
            long last,
            Consumer<String> whenFenced,
            Consumer<Long> whenAcknowledged) {
        this.context = context;
        this.link = link;
        this.limits = limits;
        this.keys = keys;
        this.fence = fence;
        this.whenFenced = whenFenced;
        this.whenAcknowledged = whenAcknowledged;
        acknowledged = last;
        sent = last;
        link.whenDown(() -> failAll(RedisFailures.away(link.whyDown())));
    }

    Future<Void> append(List<Entry> entries) {
        Batch batch = batch(entries);
        if (fenced.isPresent()) return Future.failedFuture(fenced.get());
        if (underWay.size() >= limits.mostBatches() || bytesUnderWay + batch.bytes > limits.mostBytes()) {
            underWay.add(batch);
            failAll(RedisFailures.away("more than " + limits.mostBatches() + " batches or " + limits.mostBytes()
                    + " bytes wait to be written"));
            return batch.done.future();
        }
        if (entries.isEmpty()) batch.written = true;
        else if (!isWhole(entries) || batch.first > sent + 1) batch.refused = Optional.of(outOfOrder(batch));
        else if (!link.isUp()) batch.refused = Optional.of(RedisFailures.away(link.whyDown()));
        underWay.add(batch);
        bytesUnderWay += batch.bytes;
        if (!batch.written && batch.refused.isEmpty()) send(batch);
        settle();
        return batch.done.future();
    }

    /// The numbering goes on behind this entry.
    void restartedBehind(long last) {
        failAll(RedisFailures.away("the numbering begins anew behind " + last));
        acknowledged = last;
        sent = last;
        failedThrough = 0;
    }

    private Batch batch(List<Entry> entries) {
        if (entries.isEmpty()) return new Batch(1, 0, List.of(), 0);
        long first = entries.getFirst().seq();
        List<byte[]> arguments = new ArrayList<>(3 + entries.size() * 6);
        arguments.addAll(fence.arguments());
        arguments.add(EntryFields.number(first));
        int bytes = 0;
        for (Entry entry : entries) bytes += EntryFields.write(entry, arguments);
        return new Batch(first, first + entries.size() - 1, arguments, bytes);
    }

    private static boolean isWhole(List<Entry> entries) {
        long first = entries.getFirst().seq();
        return IntStream.range(0, entries.size()).allMatch(n -> entries.get(n).seq() == first + n);
    }

    /// What was pipelined behind a batch that could not be written is not at fault for being out of order.
    private JournalFailure outOfOrder(Batch batch) {
        return batch.first <= failedThrough + 1
                ? RedisFailures.away("entry " + (sent + 1) + " was not written yet")
                : new JournalFailure(
                        Kind.GAP, "entry " + batch.first + " appended where " + (sent + 1) + " was expected");
    }

    private void send(Batch batch) {
        Optional<Future<List<Object>>> asked =
                link.send(Script.APPEND, byText, List.of(keys.journal(), keys.epoch()), batch.arguments);
        byText = false;
        sent = Math.max(sent, batch.last);
        batch.dueNanos = System.nanoTime() + limits.answer().toNanos();
        int attempt = ++batch.attempt;
        asked.orElseThrow()
                .onComplete(answer -> context.runOnContext(_ -> {
                    if (attempt != batch.attempt) return;
                    if (answer.succeeded()) answered(batch, Answer.of(answer.result()));
                    else failed(answer.cause());
                }));
        watch();
    }

    private void answered(Batch batch, Answer answer) {
        switch (answer.word()) {
            case "OK" -> {
                batch.written = true;
                settle();
            }
            case "FENCED" -> {
                JournalFailure over = RedisFailures.fenced(fence.epoch(), answer);
                fenced = Optional.of(over);
                failAll(over);
                whenFenced.accept(over.getMessage());
            }
            case "GAP" -> misplaced(batch, answer.number(0));
            default -> throw new IllegalStateException("append.lua answered " + answer);
        }
    }

    /// The server has not what came before this batch, or something else at its place.
    private void misplaced(Batch batch, long there) {
        boolean stillComing = batch.first > there + 1 && there >= acknowledged;
        if (stillComing) {
            failAll(RedisFailures.away("entry " + (there + 1) + " was not written yet"));
            return;
        }
        String known = there < acknowledged ? ", and " + acknowledged + " was acknowledged" : "";
        acknowledged = Math.min(acknowledged, there);
        failAll(new JournalFailure(
                Kind.GAP, "entry " + batch.first + " does not follow: the newest entry in Redis is " + there + known));
    }

    private void failed(Throwable cause) {
        if (RedisFailures.isNoScript(cause) && !underWay.isEmpty()) {
            sendAgainByText();
        } else if (RedisFailures.breaksConnection(cause)) {
            failAll(RedisFailures.away(cause));
            link.giveUp(RedisFailures.message(cause));
        } else {
            failAll(RedisFailures.away(cause));
        }
    }

    /// A server that was started or promoted knows no scripts. One sent as text is known from then on.
    private void sendAgainByText() {
        byText = true;
        for (Batch batch : underWay) {
            if (!batch.written && batch.refused.isEmpty()) send(batch);
        }
    }

    /// Completes what is answered, from the front.
    private void settle() {
        while (!failing && !underWay.isEmpty()) {
            Batch front = underWay.getFirst();
            if (!front.written && front.refused.isEmpty()) return;
            underWay.removeFirst();
            bytesUnderWay -= front.bytes;
            if (front.refused.isPresent()) {
                if (front.refused.get().kind() == Kind.AWAY) failedThrough = Math.max(failedThrough, front.last);
                front.done.fail(front.refused.get());
                continue;
            }
            if (front.last > acknowledged) {
                acknowledged = front.last;
                whenAcknowledged.accept(acknowledged);
            }
            front.done.complete();
        }
    }

    /// In their order. Whoever is told may append at once: that comes behind.
    private void failAll(JournalFailure why) {
        List<Batch> failed = List.copyOf(underWay);
        underWay.clear();
        bytesUnderWay = 0;
        sent = acknowledged;
        if (failed.isEmpty()) return;
        if (why.kind() == Kind.AWAY) failedThrough = Math.max(failedThrough, failed.getLast().last);
        failing = true;
        for (Batch batch : failed) {
            batch.attempt++;
            batch.done.fail(batch.refused.orElse(why));
        }
        failing = false;
        settle();
    }

    private void watch() {
        if (timed || underWay.isEmpty()) return;
        timed = true;
        Duration left = Duration.ofNanos(underWay.getFirst().dueNanos - System.nanoTime());
        context.owner().setTimer(Math.max(1, left.toMillis() + 1), _ -> {
            timed = false;
            if (underWay.isEmpty()) return;
            if (underWay.getFirst().dueNanos - System.nanoTime() <= 0) {
                String overdue = link.overdue();
                failAll(RedisFailures.away(overdue));
                link.giveUp(overdue);
            } else {
                watch();
            }
        });
    }
}
