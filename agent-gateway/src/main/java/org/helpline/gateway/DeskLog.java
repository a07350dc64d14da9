package org.helpline.gateway;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.helpline.gateway.Projection.Told;

/// The numbered messages of one desk. The last ones are kept, so that a tab that was away can have what it missed.
final class DeskLog {
    private final DeskNumbers numbers;
    private final int keep;
    private final ArrayDeque<Message> kept = new ArrayDeque<>();
    /// Of the newest message, or a higher one that a tab knows from an earlier run.
    private long last;

    private long forgotten;
    private Optional<Told> heldBack = Optional.empty();

    /// @param keep how many messages
    DeskLog(DeskNumbers numbers, int keep) {
        this.numbers = numbers;
        this.keep = keep;
        this.last = numbers.start();
    }

    /// A message as it was told.
    record Message(long seq, Told told) {
        String text(Instant now) {
            JsonObject message = new JsonObject()
                    .put("type", MessageFields.word(told.type()))
                    .put("seq", seq)
                    .mergeIn(told.body());
            told.expiresAt().ifPresent(end -> message.put("expiresInMs", ServerMessage.millisUntil(end, now)));
            return message.encode();
        }
    }

    /// Numbers a message and keeps it. Of those that no entry led to there is room for a thousand before the next
    /// entry; then the newest waits for [#late] and takes the place of one that waits already, because each of them
    /// tells the whole of what it is about.
    Optional<Message> add(Told told) {
        long seq = last + 1;
        if (told.entry().isPresent()) {
            seq = Math.max(seq, DeskNumbers.first(told.entry().getAsLong()));
        } else if (seq > numbers.top()) {
            heldBack = Optional.of(told);
            return Optional.empty();
        }
        last = seq;
        Message message = new Message(seq, told);
        kept.addLast(message);
        if (kept.size() > keep) forgotten = kept.removeFirst().seq;
        return Optional.of(message);
    }

    /// Whether a message waits for the next entry.
    boolean holdsBack() {
        return heldBack.isPresent();
    }

    /// The message that waited, when it need not wait any more.
    Optional<Message> late() {
        Optional<Told> waited = heldBack;
        heldBack = Optional.empty();
        return waited.flatMap(this::add);
    }

    /// Whether everything after this number is still here, and the number is one that was given.
    boolean canResume(long after) {
        return after >= Math.max(numbers.start(), forgotten)
                && after <= Math.max(numbers.top(), last)
                && !numbers.isLost(after);
    }

    /// Where a tab that comes in now stands: at `after` when it can go on from there, else at the newest. All that
    /// is numbered from now on is above.
    long enter(OptionalLong after) {
        boolean resumes = after.isPresent() && canResume(after.getAsLong());
        last = Math.max(last, resumes ? after.getAsLong() : numbers.now());
        return resumes ? after.getAsLong() : last;
    }

    long last() {
        return last;
    }

    List<Message> since(long seq) {
        return kept.stream().filter(message -> message.seq > seq).toList();
    }
}
