package org.helpline.records;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.helpline.records.EventSource.Chunk;
import org.helpline.records.EventSource.Numbered;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.RecordFold;
import org.helpline.records.sql.Cursor;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.records.sql.RecordWriter;
import org.helpline.records.sql.RecordWriter.RecordRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries events into the database, on a virtual thread of its own.
///
/// Whoever tells it of events never waits: they go into a buffer, and one that does not fit any more is
/// left to the journal, which is read when there is room again. While the database is away the buffer
/// fills, then the journal waits; nothing is lost as long as the journal keeps it.
///
/// Threading: [#tell] on the owner's context, on which `atTheEnd` of [EventSource#read] runs as well;
/// [#health] and [#close] anywhere.
public final class RecordFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecordFeed.class);

    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);
    /// Between attempts while stopping, when there is no time for longer ones.
    private static final Duration SHORT_PAUSE = Duration.ofMillis(100);

    private final String domain;
    private final EventSource source;
    private final RecordDatabase database;
    private final RecordWriter writer;
    private final RecordFold fold;
    private final Limits limits;
    private final InstantSource clock;

    private final BlockingQueue<Told> buffer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Instant closeBy = Instant.MAX;
    /// Whether events go into the buffer; else the journal has them. Changed on the owner's context only.
    private volatile boolean live;

    private volatile long toldSeq;
    private volatile long doneSeq;
    private volatile int inHand;
    private volatile long neededSeq = 1;
    private long writtenSeq;
    private Instant writtenAt = Instant.MIN;
    private volatile Optional<RecordHealth.Failing> failing = Optional.empty();
    private volatile int openContacts;
    private volatile long lost;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private Thread thread;

    /// An event with its place, and whether its turn ends with it.
    private record Told(Numbered numbered, boolean endsTurn) {}

    /// @param buffered events that wait in memory at most
    /// @param batch events that are folded before what they complete is written
    /// @param chunk entries of the journal that are read at once
    /// @param retryFirst pause after the first failure; it doubles
    /// @param retryMost up to this
    /// @param cursorEvery how often the cursor moves on while no contact is completed
    public record Limits(
            int buffered, int batch, int chunk, Duration retryFirst, Duration retryMost, Duration cursorEvery) {
        public static final Limits DEFAULT =
                new Limits(50_000, 1_000, 5_000, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    public RecordFeed(
            String domain,
            EventSource source,
            RecordDatabase database,
            Duration shortAbandon,
            Limits limits,
            InstantSource clock) {
        this.domain = domain;
        this.source = source;
        this.database = database;
        this.writer = new RecordWriter(database, domain);
        this.fold = new RecordFold(shortAbandon);
        this.limits = limits;
        this.clock = clock;
        this.buffer = new ArrayBlockingQueue<>(limits.buffered());
    }

    public void start() {
        thread = Thread.ofVirtual().name("records").start(this::run);
    }

    /// One turn's events, those that make records. Never waits.
    ///
    /// @param lastSeq of the turn
    public void tell(List<Numbered> events, long lastSeq) {
        toldSeq = lastSeq;
        if (!live) return;
        for (int i = 0; i < events.size(); i++) {
            if (buffer.offer(new Told(events.get(i), i == events.size() - 1))) continue;
            live = false;
            log.warn("records: the buffer of {} events is full; the journal keeps what follows", limits.buffered());
            return;
        }
    }

    /// From here on the buffer has everything; unless somebody was told of more meanwhile, which is in the
    /// journal.
    private void goLive(long lastRead) {
        if (lastRead >= toldSeq) live = true;
    }

    public RecordHealth health() {
        long waiting = live ? buffer.size() + inHand : Math.max(0, toldSeq - doneSeq);
        return new RecordHealth(failing, !live, waiting, openContacts, written.get(), lost, refused.get());
    }

    /// The newest entry that was folded, with all records that it completed written.
    public long doneSeq() {
        return doneSeq;
    }

    /// The first entry of the journal that the next start would read; what is before it may go.
    public long neededSeq() {
        return neededSeq;
    }

    // ---- the thread

    private void run() {
        try {
            if (!persistently("the database is not ready", this::prepare)) return;
            while (!closed() || !buffer.isEmpty()) {
                if (clock.instant().isAfter(closeBy)) break;
                if (live || !buffer.isEmpty()) takeBuffered();
                else if (closed()) break;
                else catchUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            log.error("records: folding failed; nothing more is recorded until the next start", broken);
            failing = Optional.of(new RecordHealth.Failing("a defect: " + broken, clock.instant()));
            live = false;
        }
    }

    private void prepare() throws SQLException {
        database.migrate();
        Optional<Cursor> cursor = new RecordQueries(database)
                .cursor(domain)
                .filter(known -> known.journal().equals(source.journal()));
        fold.startAt(cursor.map(Cursor::resumeSeq).orElse(1L));
        writtenSeq = cursor.map(Cursor::seq).orElse(0L);
        neededSeq = cursor.map(Cursor::resumeSeq).orElse(1L);
        doneSeq = writtenSeq;
        writtenAt = clock.instant();
    }

    private void takeBuffered() throws InterruptedException {
        List<Told> taken = new ArrayList<>();
        Told first = buffer.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            buffer.drainTo(taken, limits.batch() - 1);
        }
        inHand = taken.size();
        List<ContactRecord> complete = new ArrayList<>();
        for (Told told : taken) {
            if (told.numbered().seq() <= fold.lastSeq()) continue; // read from the journal already
            complete.addAll(fold.apply(told.numbered().seq(), told.numbered().event()));
            if (told.endsTurn()) complete.addAll(fold.turnOver());
        }
        record(complete);
        inHand = 0;
    }

    private void catchUp() throws InterruptedException {
        Chunk[] read = new Chunk[1];
        boolean got = persistently("the journal cannot be read", () -> read[0] = chunk());
        if (!got) return;
        Chunk chunk = read[0];
        if (chunk.firstSeq() > fold.lastSeq() + 1 && chunk.lastSeq() >= chunk.firstSeq()) {
            int given = fold.gap(chunk.firstSeq() - 1);
            lost = fold.lost();
            log.error(
                    "records: the journal has not kept events {} and before; {} open contacts leave no record, and"
                            + " those that came and went meanwhile neither",
                    chunk.firstSeq() - 1,
                    given);
        }
        List<ContactRecord> complete = new ArrayList<>();
        for (Numbered numbered : chunk.events()) complete.addAll(fold.apply(numbered.seq(), numbered.event()));
        if (chunk.lastSeq() > fold.lastSeq()) fold.passed(chunk.lastSeq());
        if (chunk.end()) complete.addAll(fold.turnOver()); // the journal ends with a whole turn
        record(complete);
    }

    private Chunk chunk() throws SQLException, InterruptedException {
        try {
            return source.read(fold.lastSeq() + 1, limits.chunk(), this::goLive)
                    .get(READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SQLException("the journal: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new SQLException("the journal did not answer within " + READ_WITHIN.toSeconds() + " s", e);
        }
    }

    // ---- writing

    private void record(List<ContactRecord> complete) throws InterruptedException {
        openContacts = fold.openContacts();
        lost = fold.lost();
        boolean due = fold.lastSeq() > writtenSeq && clock.instant().isAfter(writtenAt.plus(limits.cursorEvery()));
        if (complete.isEmpty() && !due) {
            doneSeq = fold.lastSeq();
            return;
        }
        Cursor cursor = new Cursor(source.journal(), fold.lastSeq(), fold.resumeSeq());
        boolean done = persistently("records cannot be written", () -> writeOrSetAside(complete, cursor));
        if (done) {
            writtenSeq = cursor.seq();
            neededSeq = cursor.resumeSeq();
            doneSeq = cursor.seq();
            writtenAt = clock.instant();
        } else {
            log.error("records: {} records were not written before the stop", complete.size());
        }
    }

    /// One record that the database will not have must not keep the others out.
    private void writeOrSetAside(List<ContactRecord> records, Cursor cursor) throws SQLException {
        try {
            writer.write(records, cursor, clock.instant());
            written.addAndGet(records.size());
        } catch (RecordRefused refusal) {
            if (records.size() > 1) {
                for (ContactRecord one : records) writeOrSetAside(List.of(one), cursor);
            } else {
                refused.incrementAndGet();
                String which = records.isEmpty()
                        ? "the cursor"
                        : records.getFirst().contact().value();
                log.error("records: the database refuses {}, it is left out: {}", which, refusal.getMessage());
            }
        }
    }

    private interface Attempt {
        void make() throws SQLException, InterruptedException;
    }

    /// Tries until it succeeds; gives up only when it is to stop.
    ///
    /// @return whether it was done
    private boolean persistently(String what, Attempt attempt) throws InterruptedException {
        Duration pause = limits.retryFirst();
        while (true) {
            try {
                attempt.make();
                failing.ifPresent(f -> log.info(
                        "records: written again after {} s",
                        Duration.between(f.since(), clock.instant()).toSeconds()));
                failing = Optional.empty();
                return true;
            } catch (SQLException failure) {
                String why = RecordDatabase.told(failure);
                if (failing.isEmpty()) log.warn("records: {}, tried again until it can be: {}", what, why);
                Instant since = failing.map(RecordHealth.Failing::since).orElseGet(clock::instant);
                failing = Optional.of(new RecordHealth.Failing(why, since));
            }
            Instant next = clock.instant().plus(pause);
            if (next.isAfter(closeBy)) return false;
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (closed() && clock.instant().isBefore(next)) Thread.sleep(SHORT_PAUSE);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(limits.retryMost()) > 0 ? limits.retryMost() : doubled;
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    /// Writes what the buffer holds, as long as `within` allows, and stops.
    public void close(Duration within) {
        closeBy = clock.instant().plus(within);
        closing.countDown();
        if (thread == null) return;
        try {
            if (!thread.join(within.plus(Duration.ofSeconds(1)))) thread.interrupt();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
