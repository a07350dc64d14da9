package org.helpline.app.owner;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.helpline.store.Journal;
import org.helpline.store.JournalFailure;

/// A journal whose every answer the test decides.
final class MoodyJournal implements Journal {
    /// What it does with a batch.
    enum Mood {
        /// Takes it and says so at once.
        PROMPT,
        /// Takes it and keeps the answer until [MoodyJournal#answer].
        LATE,
        /// Keeps question and answer until then.
        HANGING,
        AWAY,
        FENCED
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private long next = 1;
    Mood mood = Mood.PROMPT;
    int appends;

    List<Long> seqs() {
        return entries.stream().map(Entry::seq).toList();
    }

    /// Gives the oldest answers that it owes.
    void answer(int count) {
        for (int i = 0; i < count && !answers.isEmpty(); i++) answers.remove().run();
    }

    int owed() {
        return answers.size();
    }

    /// The connection is cut: nobody hears these answers any more.
    void forgetAnswers() {
        answers.clear();
    }

    /// It comes back without what came after this one.
    void lose(long lastKept) {
        entries.removeIf(entry -> entry.seq() > lastKept);
        next = lastKept + 1;
    }

    @Override
    public String name() {
        return "moody";
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        appends++;
        return switch (mood) {
            case PROMPT -> take(batch);
            case LATE -> {
                Future<Void> taken = take(batch);
                Promise<Void> answer = Promise.promise();
                answers.add(() -> taken.onComplete(answer));
                yield answer.future();
            }
            case HANGING -> {
                Promise<Void> answer = Promise.promise();
                answers.add(() -> take(batch).onComplete(answer));
                yield answer.future();
            }
            case AWAY -> failed(JournalFailure.Kind.AWAY, "the disk is full");
            case FENCED -> failed(JournalFailure.Kind.FENCED, "epoch 2 is here");
        };
    }

    private Future<Void> take(List<Entry> batch) {
        if (batch.getLast().seq() < next) return Future.succeededFuture();
        if (batch.getFirst().seq() != next) {
            return failed(JournalFailure.Kind.GAP, batch.getFirst().seq() + " where " + next + " comes");
        }
        entries.addAll(batch);
        next = batch.getLast().seq() + 1;
        return Future.succeededFuture();
    }

    private static <T> Future<T> failed(JournalFailure.Kind kind, String why) {
        return Future.failedFuture(new JournalFailure(kind, why));
    }

    @Override
    public Future<List<Entry>> read(long fromSeq, int most) {
        return Future.succeededFuture(entries.stream()
                .filter(entry -> entry.seq() >= fromSeq)
                .limit(most)
                .toList());
    }

    @Override
    public Future<Void> trim(long beforeSeq) {
        entries.removeIf(entry -> entry.seq() < beforeSeq);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> restartAt(long nextSeq) {
        if (mood == Mood.AWAY) return failed(JournalFailure.Kind.AWAY, "the disk is full");
        entries.clear();
        next = nextSeq;
        return Future.succeededFuture();
    }

    @Override
    public Future<Size> size() {
        if (mood == Mood.AWAY) return failed(JournalFailure.Kind.AWAY, "the disk is full");
        long first = entries.isEmpty() ? next : entries.getFirst().seq();
        return Future.succeededFuture(new Size(first, next - 1, 0));
    }
}
