package org.helpline.records;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.helpline.records.EventSource.Numbered;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.NumberHash;
import org.helpline.records.sql.Cursor;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.Purge;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.records.sql.Retention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contact records of one running domain: what happens goes in, what is past its retention goes out
/// once a day, and earlier contacts of a caller are found.
///
/// Threading: everything may be called on an event loop, except [#close].
public final class Records {
    private static final Logger log = LoggerFactory.getLogger(Records.class);

    private static final Duration FIRST_PURGE = Duration.ofMinutes(5);
    private static final Duration PURGE_EVERY = Duration.ofDays(1);
    private static final Duration PURGE_AGAIN = Duration.ofHours(1);
    /// Of 500 contacts each, so a quarter of a million a day for each class.
    private static final int PURGE_BATCHES = 500;

    private static final int READING = 8;

    private final String domain;
    private final RecordDatabase database;
    private final RecordFeed feed;
    private final RecordQueries queries;
    private final Purge purge;
    private final InstantSource clock;
    private final Semaphore readers = new Semaphore(READING);
    private final CountDownLatch closing = new CountDownLatch(1);

    /// Connects to nothing yet.
    ///
    /// @param shortAbandon who leaves a line within that time, unanswered, is a short abandon
    public Records(
            String domain,
            EventSource source,
            DatabaseAddress address,
            Duration shortAbandon,
            Retention retention,
            InstantSource clock) {
        this.domain = domain;
        database = new RecordDatabase(address);
        feed = new RecordFeed(domain, source, database, shortAbandon, RecordFeed.Limits.DEFAULT, clock);
        queries = new RecordQueries(database);
        purge = new Purge(database, retention);
        this.clock = clock;
    }

    public void start() {
        feed.start();
        Thread.ofVirtual().name("records-purge").start(this::purgeDaily);
    }

    /// One turn's events that make records; on the owner's context.
    ///
    /// @param lastSeq of the turn
    public void tell(List<Numbered> events, long lastSeq) {
        feed.tell(events, lastSeq);
    }

    public RecordHealth health() {
        return feed.health();
    }

    /// The first entry of the journal that the next start would read; what is before it may go.
    public long neededSeq() {
        return feed.neededSeq();
    }

    /// The newest entry of this journal that is in the database; 0 when none is. Fails when that cannot
    /// be read in time.
    public CompletableFuture<Long> knownSeq(String journal, Duration within) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("records-cursor").start(() -> {
            try {
                database.migrate();
                answer.complete(queries.cursor(domain)
                        .filter(cursor -> cursor.journal().equals(journal))
                        .map(Cursor::seq)
                        .orElse(0L));
            } catch (SQLException failure) {
                answer.completeExceptionally(new IllegalStateException(RecordDatabase.told(failure), failure));
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The newest entry of the journal that is in the records as far as it completed any.
    public long doneSeq() {
        return feed.doneSeq();
    }

    /// A caller's earlier contacts, newest first. Fails when they cannot be read in time, or when too many
    /// are asked for at once.
    public CompletableFuture<List<ContactRecord>> earlier(NumberHash caller, int most, Duration within) {
        return read(() -> queries.earlier(caller, most), within);
    }

    /// Contacts that came to a line and ended at or after that time. Fails when they cannot be read in time, or are
    /// more than that many.
    public CompletableFuture<List<RecordQueries.Ended>> endedSince(Instant from, int most, Duration within) {
        return read(
                () -> {
                    List<RecordQueries.Ended> ended = queries.endedSince(domain, from, most + 1);
                    if (ended.size() > most) throw new IllegalStateException("more than " + most + " contacts");
                    return ended;
                },
                within);
    }

    private interface Reading<T> {
        T get() throws SQLException;
    }

    private <T> CompletableFuture<T> read(Reading<T> reading, Duration within) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!readers.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException(READING + " others read the records at this moment"));
        }
        Thread.ofVirtual().name("records-read").start(() -> {
            try {
                answer.complete(reading.get());
            } catch (SQLException failure) {
                answer.completeExceptionally(new IllegalStateException(RecordDatabase.told(failure), failure));
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            } finally {
                readers.release();
            }
        });
        return answer.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    // ---- retention

    private void purgeDaily() {
        Duration pause = FIRST_PURGE;
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = purgeOnce(clock.instant()) ? PURGE_EVERY : PURGE_AGAIN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether all is done for the day
    private boolean purgeOnce(Instant now) {
        try {
            Purge.Done done = purge.run(now, PURGE_BATCHES);
            if (!done.nothing()) log.info("records: past their retention, deleted: {}", done.rows());
            return !done.more();
        } catch (SQLException failure) {
            log.warn("records: what is past its retention is not deleted yet: {}", RecordDatabase.told(failure));
        } catch (RuntimeException broken) {
            log.error("records: what is past its retention is not deleted yet", broken);
        }
        return false;
    }

    /// Writes what waits, as long as `within` allows.
    public void close(Duration within) {
        closing.countDown();
        feed.close(within);
        database.close();
    }
}
