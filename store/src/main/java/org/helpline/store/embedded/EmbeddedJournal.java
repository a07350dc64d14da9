package org.helpline.store.embedded;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.helpline.store.DomainStore.Findings;
import org.helpline.store.Journal;
import org.helpline.store.JournalFailure;
import org.helpline.store.JournalFailure.Kind;

/// One thread writes: all batches that wait when it comes to them go into one commit, and so share one sync. Trimming
/// goes on in small steps between commits.
///
/// Answers come on the context of whoever asked, those of appends in their order.
final class EmbeddedJournal implements Journal {
    /// Batches that may wait; more are refused as [Kind#AWAY].
    private static final int QUEUE = 20_000;
    private static final int ENTRIES_A_COMMIT = 5_000;

    private final Vertx vertx;
    private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Deque<Trim> trims = new ArrayDeque<>();
    private final AtomicLong awayThrough = new AtomicLong();
    private final Promise<Void> ended = Promise.promise();
    private Optional<JournalWriter> writer = Optional.empty();
    private volatile boolean closed;
    private volatile String name = "";

    private sealed interface Task {}

    private record Append(List<Entry> batch, Promise<Void> written, Context context) implements Task {
        private void answer(Optional<JournalFailure> failure) {
            Worker.tell(context, () -> complete(failure));
        }

        private void complete(Optional<JournalFailure> failure) {
            failure.ifPresentOrElse(written::fail, written::complete);
        }
    }

    private record Call(Runnable work) implements Task {}

    private record Trim(long beforeSeq, Promise<Void> trimmed, Context context) implements Task {}

    private record End() implements Task {}

    interface WriterOpening {
        JournalWriter open() throws Exception;
    }

    EmbeddedJournal(Vertx vertx) {
        this.vertx = vertx;
        Thread thread = new Thread(this::run, "helpline-journal");
        thread.setDaemon(true);
        thread.start();
    }

    Future<Findings> open(WriterOpening opening) {
        return call(() -> {
            JournalWriter opened = opening.open();
            try {
                Findings found = opened.open();
                writer = Optional.of(opened);
                name = opened.name();
                return found;
            } finally {
                if (writer.isEmpty()) opened.close();
            }
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        Append append = new Append(List.copyOf(batch), Promise.promise(), vertx.getOrCreateContext());
        if (closed) return closedAlready();
        if (queue.size() >= QUEUE) {
            JournalFailure full = new JournalFailure(Kind.AWAY, QUEUE + " batches wait for the disk already");
            notWritten(append, full);
            return Future.failedFuture(full);
        }
        queue.add(append);
        return append.written().future();
    }

    @Override
    public Future<List<Entry>> read(long fromSeq, int most) {
        return call(() -> opened().read(fromSeq, most));
    }

    @Override
    public Future<Void> trim(long beforeSeq) {
        if (closed) return closedAlready();
        Trim trim = new Trim(beforeSeq, Promise.promise(), vertx.getOrCreateContext());
        queue.add(trim);
        return trim.trimmed().future();
    }

    @Override
    public Future<Void> restartAt(long nextSeq) {
        return call(() -> {
            opened().restartAt(nextSeq);
            return null;
        });
    }

    @Override
    public Future<Size> size() {
        return call(() -> opened().size());
    }

    /// Fails when another owner has taken over.
    Future<Void> checkEpoch() {
        return call(() -> {
            opened().checkEpoch();
            return null;
        });
    }

    Future<Void> noteSnapshot(long seq) {
        return call(() -> {
            opened().noteSnapshot(seq);
            return null;
        });
    }

    /// How a test fills a disk, or makes SQLite forget the pages it has read.
    Future<Void> pragma(String text) {
        return call(() -> {
            opened().pragma(text);
            return null;
        });
    }

    /// Gives all free room back, after what was asked before.
    Future<Void> shrink() {
        return call(() -> {
            while (!opened().shrinkSome(0)) {}
            return null;
        });
    }

    /// What was asked before is still done.
    Future<Void> close() {
        if (!closed) {
            closed = true;
            queue.add(new End());
        }
        Promise<Void> told = Promise.promise();
        Context context = vertx.getOrCreateContext();
        ended.future().onComplete(_ -> Worker.tell(context, told::complete));
        return told.future();
    }

    private JournalWriter opened() throws JournalFailure {
        return writer.orElseThrow(() -> new JournalFailure(Kind.AWAY, "the journal is not open"));
    }

    private static <T> Future<T> closedAlready() {
        return Future.failedFuture(new JournalFailure(Kind.AWAY, "this store was closed"));
    }

    private <T> Future<T> call(Callable<T> work) {
        if (closed) return closedAlready();
        Promise<T> done = Promise.promise();
        Context context = vertx.getOrCreateContext();
        queue.add(new Call(() -> {
            try {
                T result = work.call();
                Worker.tell(context, () -> done.complete(result));
            } catch (Exception e) {
                JournalFailure failure = Worker.asFailure(e);
                Worker.tell(context, () -> done.fail(failure));
            }
        }));
        return done.future();
    }

    private void run() {
        try {
            while (true) {
                Task task = trims.isEmpty() ? queue.take() : queue.poll();
                switch (task) {
                    case null -> {}
                    case Append append -> append(append);
                    case Call call -> call.work().run();
                    case Trim trim -> trims.add(trim);
                    case End _ -> {
                        end();
                        return;
                    }
                }
                if (!trims.isEmpty()) trimSome(trims.getFirst());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        while (!trims.isEmpty()) trimSome(trims.getFirst());
        writer.ifPresent(JournalWriter::close);
        for (Task left; (left = queue.poll()) != null; ) {
            if (left instanceof Append append) append.answer(Optional.of(new JournalFailure(Kind.AWAY, "closed")));
        }
        ended.complete();
    }

    private void append(Append first) {
        List<Append> group = new ArrayList<>();
        group.add(first);
        int entries = first.batch().size();
        while (entries < ENTRIES_A_COMMIT && queue.peek() instanceof Append next) {
            queue.remove();
            group.add(next);
            entries += next.batch().size();
        }
        answer(group, write(group));
    }

    private List<Optional<JournalFailure>> write(List<Append> group) {
        JournalFailure failure;
        try {
            return opened().append(group.stream().map(Append::batch).toList(), awayThrough.get());
        } catch (JournalFailure e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = Worker.asFailure(e);
        }
        JournalFailure why = failure;
        return group.stream().map(_ -> Optional.of(why)).toList();
    }

    /// One task a context and run of batches, and not one for each.
    private void answer(List<Append> group, List<Optional<JournalFailure>> outcomes) {
        for (int n = 0; n < group.size(); n++) {
            Append append = group.get(n);
            outcomes.get(n).ifPresent(why -> notWritten(append, why));
        }
        for (int from = 0; from < group.size(); ) {
            Context context = group.get(from).context();
            int to = from;
            while (to < group.size() && group.get(to).context().equals(context)) to++;
            List<Append> run = group.subList(from, to);
            List<Optional<JournalFailure>> results = outcomes.subList(from, to);
            Worker.tell(context, () -> {
                for (int n = 0; n < run.size(); n++) run.get(n).complete(results.get(n));
            });
            from = to;
        }
    }

    /// What was pipelined behind this batch is not at fault when it is found in the wrong place.
    private void notWritten(Append append, JournalFailure why) {
        if (why.kind() != Kind.AWAY || append.batch().isEmpty()) return;
        awayThrough.accumulateAndGet(append.batch().getLast().seq(), Math::max);
    }

    private void trimSome(Trim trim) {
        try {
            if (!opened().trimSome(trim.beforeSeq()) || !opened().shrinkSome()) return;
            trims.remove();
            Worker.tell(trim.context(), () -> trim.trimmed().complete());
        } catch (JournalFailure | RuntimeException e) {
            trims.remove();
            JournalFailure failure = Worker.asFailure(e);
            Worker.tell(trim.context(), () -> trim.trimmed().fail(failure));
        }
    }
}
