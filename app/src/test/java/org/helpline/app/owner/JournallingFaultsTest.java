package org.helpline.app.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.helpline.app.owner.JournalHealth.State;
import org.helpline.app.owner.MoodyJournal.Mood;
import org.helpline.store.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Thousands of random troubles, each with its seed: what is below the bounds is never lost, never
/// doubled, and never out of order.
class JournallingFaultsTest {
    private static final Mood[] MOODS = {Mood.PROMPT, Mood.LATE, Mood.HANGING, Mood.AWAY};
    private static final int SEEDS = 2_000;
    private static final int STEPS = 300;

    /// It tells of every trouble, and there are thousands of them.
    private final Logger log = (Logger) LoggerFactory.getLogger(Journalling.class);

    @BeforeEach
    void hush() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(null);
    }

    @Test
    void nothingIsLostDoubledOrOutOfOrder() {
        for (long seed = 1; seed <= SEEDS; seed++) new Run(seed, 100_000, 10_000).nothingIsLost();
    }

    @Test
    void beyondTheBoundsTheJournalIsTheTailBehindASnapshot() {
        for (long seed = 1; seed <= SEEDS; seed++) new Run(seed, 20, 10).theTailIsWhole();
    }

    private static final class Run {
        private final long seed;
        private final SplittableRandom random;
        private final ManualTime time = new ManualTime();
        private final MoodyJournal journal = new MoodyJournal();
        private final List<Long> released = new ArrayList<>();
        private final Journalling journalling;
        private final NavigableSet<Long> wholeTurns = new TreeSet<>(List.of(0L));
        private long seq;
        private long turns;
        private long snapshot;

        Run(long seed, int backlog, int remembered) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            journalling = new Journalling(
                    journal,
                    time,
                    new JournalSettings(
                            Duration.ofMillis(250),
                            Duration.ofSeconds(2),
                            Duration.ofMillis(250),
                            Duration.ofSeconds(5),
                            backlog,
                            1 << 20,
                            remembered,
                            1 + random.nextInt(8)));
            journalling.freshStartBy(() -> {
                if (journal.mood == Mood.AWAY) return Future.failedFuture("the disk is full");
                snapshot = seq;
                return Future.succeededFuture(snapshot);
            });
            for (int step = 0; step < STEPS; step++) step();
            calmDown();
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0 -> journal.mood = MOODS[random.nextInt(MOODS.length)];
                case 1, 2 -> time.pass(Duration.ofMillis(random.nextInt(100)));
                case 3 -> time.pass(Duration.ofMillis(random.nextInt(4_000)));
                case 4, 5 -> journal.answer(1 + random.nextInt(4));
                case 6 -> {
                    if (random.nextInt(5) == 0) journal.forgetAnswers();
                    if (random.nextInt(5) == 0) lose();
                }
                default -> turn();
            }
        }

        /// A store that was restarted has lost its newest entries, and owes nobody an answer any more.
        private void lose() {
            journal.forgetAnswers();
            List<Long> kept = journal.seqs();
            if (kept.isEmpty()) return;
            long last = kept.getLast() - random.nextInt(Math.min(kept.size(), 12));
            journal.lose(wholeTurns.floor(last)); // a store takes a turn whole or not at all, and loses it so
        }

        private void turn() {
            long turn = ++turns;
            List<Journal.Entry> entries = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) entries.add(JournallingTest.entry(++seq));
            wholeTurns.add(seq);
            journalling.append(entries, () -> released.add(turn));
        }

        private void calmDown() {
            journal.mood = Mood.PROMPT;
            journal.answer(Integer.MAX_VALUE);
            time.pass(Duration.ofMinutes(2));
            // One more: a loss that nothing was appended behind shows only then.
            turns++;
            journalling.append(List.of(JournallingTest.entry(++seq)), () -> released.add(turns));
            time.pass(Duration.ofMinutes(2));
            assertEquals(State.HEALTHY, journalling.health().state(), this::toString);
            assertEquals(0, journalling.health().backlogEntries(), this::toString);
            assertEquals(seq, journalling.health().acknowledgedSeq(), this::toString);
            assertEquals(LongStream.rangeClosed(1, turns).boxed().toList(), released, this::toString);
        }

        void nothingIsLost() {
            assertEquals(LongStream.rangeClosed(1, seq).boxed().toList(), journal.seqs(), this::toString);
            assertEquals(0, journalling.health().givenUp(), this::toString);
        }

        void theTailIsWhole() {
            List<Long> kept = journal.seqs();
            long first = kept.getFirst();
            assertEquals(LongStream.rangeClosed(first, seq).boxed().toList(), kept, this::toString);
            assertTrue(first <= snapshot + 1, this::toString);
            assertTrue(first == 1 || journalling.health().givenUp() > 0, this::toString);
        }

        @Override
        public String toString() {
            return "seed " + seed;
        }
    }
}
