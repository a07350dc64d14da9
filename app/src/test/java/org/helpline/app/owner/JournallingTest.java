package org.helpline.app.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.helpline.app.owner.JournalHealth.State;
import org.helpline.app.owner.MoodyJournal.Mood;
import org.helpline.store.Journal;
import org.junit.jupiter.api.Test;

class JournallingTest {
    private static final JournalSettings SMALL = new JournalSettings(
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            10,
            1 << 20,
            5,
            4);

    private final ManualTime time = new ManualTime();
    private final MoodyJournal journal = new MoodyJournal();
    private final List<Long> released = new ArrayList<>();
    private final List<Long> snapshots = new ArrayList<>();
    private final List<String> fenced = new ArrayList<>();
    private final Journalling journalling = journalling(SMALL);
    private long seq;

    private Journalling journalling(JournalSettings settings) {
        Journalling made = new Journalling(journal, time, settings);
        made.freshStartBy(() -> {
            snapshots.add(seq);
            return Future.succeededFuture(seq);
        });
        made.whenFenced(fenced::add);
        return made;
    }

    @Test
    void effectsWaitForTheJournalAndComeInOrder() {
        journal.mood = Mood.LATE;
        turns(3);
        assertEquals(List.of(), released);
        journal.answer(1);
        assertEquals(List.of(1L), released);
        journal.answer(2);
        assertEquals(List.of(1L, 2L, 3L), released);
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(3, journalling.health().acknowledgedSeq());
    }

    @Test
    void aTurnWithoutEventsKeepsItsPlace() {
        journal.mood = Mood.LATE;
        turns(1);
        journalling.append(List.of(), () -> released.add(-1L));
        assertEquals(List.of(), released);
        journal.answer(1);
        assertEquals(List.of(1L, -1L), released);
    }

    @Test
    void aSlowJournalHoldsNobodyUpForLongerThanItsPatience() {
        journal.mood = Mood.LATE;
        turns(1);
        time.pass(Duration.ofMillis(150));
        turns(1);
        time.pass(Duration.ofMillis(49));
        assertEquals(List.of(), released);
        time.pass(Duration.ofMillis(51));
        assertEquals(List.of(1L), released);
        assertEquals(State.SLOW, journalling.health().state());
        time.pass(Duration.ofMillis(150));
        assertEquals(List.of(1L, 2L), released);
        assertEquals(2, journalling.health().lateTurns());
        journal.answer(2);
        journal.mood = Mood.PROMPT;
        time.pass(Duration.ofSeconds(11));
        turns(1);
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(List.of(1L, 2L, 3L), released);
        assertEquals(List.of(1L, 2L, 3L), journal.seqs());
    }

    @Test
    void aClockThatIsSetBackMakesNoTurnWait() {
        journal.mood = Mood.LATE;
        turns(1);
        time.setClock(Instant.parse("2020-01-01T00:00:00Z"));
        time.pass(Duration.ofMillis(250));
        assertEquals(List.of(1L), released);
    }

    @Test
    void onlySoManyTurnsAreOnTheirWay() {
        journal.mood = Mood.LATE;
        turns(9);
        assertEquals(4, journal.owed());
        journal.answer(9);
        journal.answer(9);
        journal.answer(9);
        assertEquals(9, released.size());
    }

    @Test
    void withoutTheJournalCallsGoOnAndItGetsAllWhenItIsBack() {
        turns(2);
        journal.mood = Mood.AWAY;
        turns(3);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), released);
        JournalHealth away = journalling.health();
        assertEquals(State.AWAY, away.state());
        assertEquals(Optional.of("the disk is full"), away.why());
        assertEquals("away since 2026-11-24T09:00:00Z, 3 events in memory", away.told());
        journal.mood = Mood.PROMPT;
        turns(1);
        assertEquals(4, journalling.health().backlogEntries());
        time.pass(Duration.ofSeconds(1));
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), journal.seqs());
        assertEquals("written", journalling.health().told());
    }

    @Test
    void itIsTriedAtGrowingPauses() {
        journal.mood = Mood.AWAY;
        turns(1);
        time.pass(Duration.ofSeconds(60));
        // 0, 0.25, 0.75, 1.75, 3.75, 7.75, then every 5 s
        assertEquals(6 + 10, journal.appends);
    }

    @Test
    void aJournalThatDoesNotAnswerIsAway() {
        journal.mood = Mood.HANGING;
        turns(3);
        time.pass(Duration.ofMillis(1_900));
        assertEquals(State.SLOW, journalling.health().state());
        time.pass(Duration.ofMillis(100));
        assertEquals(State.AWAY, journalling.health().state());
        turns(1);
        assertEquals(List.of(1L, 2L, 3L, 4L), released);
        // It had only paused, and answers what it was asked then.
        journal.mood = Mood.PROMPT;
        journal.answer(3);
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(List.of(1L, 2L, 3L, 4L), journal.seqs());
    }

    @Test
    void anAnswerThatGotLostIsAskedForAgain() {
        journal.mood = Mood.LATE;
        turns(3);
        journal.forgetAnswers();
        journal.mood = Mood.PROMPT;
        time.pass(Duration.ofSeconds(3));
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(List.of(1L, 2L, 3L), journal.seqs());
        assertEquals(List.of(1L, 2L, 3L), released);
    }

    @Test
    void whatTheJournalHasLostIsWrittenAgainFromMemory() {
        turns(8);
        journal.lose(5);
        turns(1);
        assertEquals(seqsTo(9), journal.seqs());
        assertEquals(seqsTo(9), released);
        assertEquals(3, journalling.health().rewritten());
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(List.of(), snapshots);
    }

    @Test
    void whatMemoryHasNotKeptIsReplacedByASnapshot() {
        turns(8);
        journal.lose(1);
        turns(2);
        assertEquals(List.of(9L), snapshots);
        assertEquals(List.of(9L, 10L), journal.seqs());
        assertEquals(7, journalling.health().givenUp());
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(seqsTo(10), released);
    }

    @Test
    void aFullBacklogGivesTheOldestUpAndTheJournalStartsBehindASnapshot() {
        turns(1);
        journal.mood = Mood.AWAY;
        turns(25);
        JournalHealth full = journalling.health();
        assertEquals(10, full.backlogEntries());
        assertEquals(15, full.givenUp());
        assertEquals(seqsTo(26), released);
        time.pass(Duration.ofSeconds(20));
        journal.mood = Mood.PROMPT;
        time.pass(Duration.ofSeconds(6));
        assertEquals(State.HEALTHY, journalling.health().state());
        assertEquals(26L, snapshots.getLast());
        assertEquals(LongStream.rangeClosed(17, 26).boxed().toList(), journal.seqs());
        turns(1);
        assertEquals(27L, journal.seqs().getLast());
    }

    @Test
    void aFencedOwnerReleasesNothingMore() {
        journal.mood = Mood.LATE;
        turns(2);
        journal.mood = Mood.FENCED;
        turns(1);
        journal.answer(2);
        journal.mood = Mood.PROMPT;
        turns(1);
        time.pass(Duration.ofMinutes(1));
        assertEquals(List.of(), released);
        assertEquals(List.of("epoch 2 is here"), fenced);
        assertEquals(State.FENCED, journalling.health().state());
        assertEquals(List.of(1L, 2L), journal.seqs());
    }

    @Test
    void readersGetWhatOnlyMemoryHas() {
        turns(2);
        journal.mood = Mood.AWAY;
        turns(3);
        assertEquals(List.of(1L, 2L), read(1));
        assertEquals(List.of(3L, 4L, 5L), read(3));
        assertEquals(List.of(5L), read(5));
        assertEquals(List.of(), read(6));
    }

    @Test
    void whoWantsToStopHearsWhenAllIsWritten() {
        journal.mood = Mood.LATE;
        turns(2);
        Future<Void> settled = journalling.settled();
        journal.answer(1);
        assertFalse(settled.isComplete());
        journal.answer(1);
        assertTrue(settled.succeeded());
        assertTrue(journalling.settled().succeeded());
    }

    // ----

    private List<Long> read(long from) {
        return journalling.read(from, 100).result().stream()
                .map(Journal.Entry::seq)
                .toList();
    }

    private static List<Long> seqsTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            long of = ++seq;
            journalling.append(List.of(entry(of)), () -> released.add(of));
        }
    }

    static Journal.Entry entry(long seq) {
        return new Journal.Entry(
                "main", 1, seq, Instant.EPOCH, Optional.empty(), "a", 1, Buffer.buffer("{\"n\":" + seq + "}"));
    }
}
