package org.helpline.store;

import static org.helpline.store.Samples.entries;
import static org.helpline.store.Samples.entry;
import static org.helpline.store.Samples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.Journal.Entry;
import org.helpline.store.JournalFailure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [DomainStore] does.
public abstract class DomainStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /// How long the start of a process waits for a lease that may have been left behind.
    private static final Duration LEASE_PATIENCE = Duration.ofSeconds(6);

    protected Vertx vertx;
    private Context context;
    private final List<DomainStore> opened = new ArrayList<>();

    /// Another process's store over the same contents.
    protected abstract DomainStore newStore();

    /// The process that uses this store ends without a word.
    protected abstract void dies(DomainStore store);

    /// The newest entries vanish behind the stores' backs, while none of them is open.
    protected abstract void loseNewest(int count);

    @BeforeEach
    final void start() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
    }

    @AfterEach
    final void stop() {
        opened.forEach(store -> await(store::close));
        await(vertx::close);
    }

    @Test
    void beginsEmpty() {
        Opened first = open(process(), 1);

        assertEquals(new DomainStore.Findings(0, 0, List.of()), first.findings());
        Journal.Size size = await(first.journal()::size);
        assertEquals(1, size.firstSeq());
        assertEquals(0, size.lastSeq());
        assertEquals(List.of(), read(first, 1, 10));
        assertEquals(Optional.empty(), await(() -> first.snapshots().newest(Long.MAX_VALUE)));
    }

    @Test
    void givesBackWhatWasAppended() {
        Opened first = open(process(), 1);
        append(first, entries(1, 5));
        append(first, entries(6, 500));

        assertEquals(entries(1, 500), read(first, 1, 1000));
        assertEquals(entries(100, 109), read(first, 100, 10));
        assertEquals(List.of(), read(first, 501, 10));
        assertEquals(500, await(first.journal()::size).entries());
    }

    @Test
    void outlivesTheProcess() {
        DomainStore store = process();
        Opened first = open(store, 1);
        append(first, entries(1, 50));
        await(() -> first.snapshots().save(snapshot(40)));
        await(store::close);

        Opened second = open(process(), 2);
        assertEquals(new DomainStore.Findings(50, 50, List.of()), second.findings());
        assertEquals(first.journal().name(), second.journal().name());
        assertEquals(entries(1, 50), read(second, 1, 100));
        assertEquals(Optional.of(snapshot(40)), await(() -> second.snapshots().newest(Long.MAX_VALUE)));
        append(second, entries(51, 60, 2));
    }

    @Test
    void outlivesADeathWithoutAWord() {
        DomainStore store = process();
        append(open(store, 1), entries(1, 50));
        dies(store);

        Opened second = open(process(), 2);
        assertEquals(new DomainStore.Findings(50, 50, List.of()), second.findings());
        assertEquals(entries(1, 50), read(second, 1, 100));
    }

    @Test
    void acknowledgesPipelinedBatchesInOrder() {
        Opened first = open(process(), 1);
        List<Integer> acknowledged = new ArrayList<>();
        await(() -> {
            List<Future<Void>> all = new ArrayList<>();
            for (int n = 0; n < 300; n++) {
                int batch = n;
                all.add(first.journal().append(entries(n * 3 + 1, n * 3 + 3)).onSuccess(_ -> acknowledged.add(batch)));
            }
            return Future.all(all);
        });

        List<Integer> inOrder = new ArrayList<>();
        for (int n = 0; n < 300; n++) inOrder.add(n);
        assertEquals(inOrder, acknowledged);
        assertEquals(entries(1, 900), read(first, 1, 1000));
    }

    @Test
    void completesOnTheContextOfTheCaller() {
        Opened first = open(process(), 1);
        CompletableFuture<Context> seen = new CompletableFuture<>();
        context.runOnContext(
                _ -> first.journal().append(entries(1, 1)).onComplete(_ -> seen.complete(Vertx.currentContext())));

        assertEquals(context, get(seen));
    }

    @Test
    void refusesABatchThatIsNotTheNext() {
        Opened first = open(process(), 1);
        append(first, entries(1, 10));

        assertEquals(Kind.GAP, refusal(() -> first.journal().append(entries(12, 13))));
        List<Entry> torn = List.of(entry(11), entry(12), entry(14));
        assertEquals(Kind.GAP, refusal(() -> first.journal().append(torn)));
        assertEquals(entries(1, 10), read(first, 1, 100));
        append(first, entries(11, 12));
    }

    @Test
    void beginsWithTheFirst() {
        Opened first = open(process(), 1);
        assertEquals(Kind.GAP, refusal(() -> first.journal().append(entries(7, 8))));
    }

    @Test
    void acknowledgesABatchThatIsThereAgain() {
        Opened first = open(process(), 1);
        append(first, entries(1, 10));
        append(first, entries(11, 15));
        append(first, entries(1, 10));
        append(first, entries(12, 14));

        assertEquals(entries(1, 15), read(first, 1, 100));
    }

    @Test
    void refusesAnotherBatchUnderTheSameNumbers() {
        Opened first = open(process(), 1);
        append(first, entries(1, 10));

        Entry other = new Entry("domain ø", 1, 10, entry(10).at(), Optional.of("other"), "type", 1, entry(3).body());
        assertEquals(Kind.GAP, refusal(() -> first.journal().append(List.of(other))));
        assertEquals(Kind.GAP, refusal(() -> first.journal().append(entries(8, 12))));
        assertEquals(entries(1, 10), read(first, 1, 100));
    }

    @Test
    void takesAnEmptyBatch() {
        Opened first = open(process(), 1);
        append(first, List.of());
        append(first, entries(1, 1));
    }

    @Test
    void trimsWithoutAGap() {
        DomainStore store = process();
        Opened first = open(store, 1);
        append(first, entries(1, 1000));
        await(() -> first.journal().trim(901));

        assertEquals(entries(901, 950), read(first, 1, 50));
        assertEquals(901, await(first.journal()::size).firstSeq());
        await(() -> first.journal().trim(500));
        assertEquals(100, await(first.journal()::size).entries());
        append(first, entries(1001, 1001));
        await(store::close);

        Opened second = open(process(), 2);
        assertEquals(new DomainStore.Findings(1001, 1001, List.of()), second.findings());
        assertEquals(entries(901, 1001), read(second, 1, 1000));
    }

    @Test
    void numbersOnWhenEverythingWasTrimmed() {
        DomainStore store = process();
        Opened first = open(store, 1);
        append(first, entries(1, 100));
        await(() -> first.journal().trim(101));

        assertEquals(101, await(first.journal()::size).firstSeq());
        assertEquals(100, await(first.journal()::size).lastSeq());
        await(store::close);

        Opened second = open(process(), 2);
        assertEquals(new DomainStore.Findings(100, 100, List.of()), second.findings());
        assertEquals(Kind.GAP, refusal(() -> second.journal().append(entries(1, 1))));
        append(second, entries(101, 110, 2));
        assertEquals(entries(101, 110, 2), read(second, 1, 100));
    }

    @Test
    void restartsAboveAllNumbersGiven() {
        DomainStore store = process();
        Opened first = open(store, 1);
        append(first, entries(1, 100));
        await(() -> first.journal().restartAt(200));

        assertEquals(List.of(), read(first, 1, 100));
        assertEquals(200, await(first.journal()::size).firstSeq());
        assertEquals(199, await(first.journal()::size).lastSeq());
        assertEquals(Kind.GAP, refusal(() -> first.journal().append(entries(101, 101))));
        append(first, entries(200, 210));
        assertEquals(Kind.GAP, refusal(() -> first.journal().restartAt(150)));
        await(store::close);

        Opened second = open(process(), 2);
        assertEquals(new DomainStore.Findings(210, 210, List.of()), second.findings());
        assertEquals(first.journal().name(), second.journal().name());
        assertEquals(entries(200, 210), read(second, 1, 100));
    }

    @Test
    void saysWhichAcknowledgedEntriesAreLost() {
        DomainStore store = process();
        append(open(store, 1), entries(1, 100));
        await(store::close);
        loseNewest(10);

        DomainStore after = process();
        Opened second = open(after, 2);
        assertEquals(90, second.findings().lastSeq());
        assertEquals(100, second.findings().acknowledgedSeq());
        assertFalse(second.findings().told().isEmpty());
        assertEquals(entries(1, 90), read(second, 1, 1000));
        await(() -> second.journal().restartAt(101));
        append(second, entries(101, 105, 2));
        await(after::close);

        assertEquals(
                new DomainStore.Findings(105, 105, List.of()),
                open(process(), 3).findings());
    }

    @Test
    void fencesWhoeverWasOwnerBefore() {
        DomainStore earlier = process();
        Opened first = open(earlier, 1);
        append(first, entries(1, 10));
        Opened second = open(process(), 2);

        assertEquals(Kind.FENCED, refusal(() -> first.journal().append(entries(11, 12))));
        assertEquals(Kind.FENCED, refusal(() -> first.journal().trim(5)));
        assertEquals(Kind.FENCED, refusal(() -> first.journal().restartAt(50)));
        assertEquals(Kind.FENCED, refusal(() -> first.snapshots().save(snapshot(10))));
        assertEquals(Kind.FENCED, refusal(() -> process().open(1)));
        append(second, entries(11, 12, 2));
        assertEquals(entries(1, 10), read(second, 1, 10));
        assertEquals(entries(11, 12, 2), read(second, 11, 10));
    }

    @Test
    void isLookedAtWithoutDisturbingTheOwner() {
        DomainStore owner = process();
        long epoch = await(() -> owner.lease().take(Duration.ZERO));
        Opened owned = open(owner, epoch);
        append(owned, entries(1, 1500, epoch));
        await(() -> owned.snapshots().save(snapshot(40)));

        DomainStore bystander = process();
        Opened seen = await(bystander::look);
        assertEquals(new DomainStore.Findings(1500, 1500, List.of()), seen.findings());
        assertEquals(owned.journal().name(), seen.journal().name());
        assertEquals(entries(1, 1500, epoch), read(seen, 1, 2000));
        assertEquals(1500, await(seen.journal()::size).entries());
        assertEquals(Optional.of(snapshot(40)), newest(seen, Long.MAX_VALUE));
        assertEquals(Kind.FENCED, refusal(() -> seen.journal().append(entries(1501, 1501, epoch))));
        assertEquals(Kind.FENCED, refusal(() -> seen.journal().trim(100)));
        assertEquals(Kind.FENCED, refusal(() -> seen.snapshots().save(snapshot(50))));
        append(owned, entries(1501, 1510, epoch));
        await(bystander::close);
        append(owned, entries(1511, 1520, epoch));
    }

    @Test
    void refusesWhatIsAskedAfterTheEnd() {
        DomainStore store = process();
        Opened first = open(store, 1);
        append(first, entries(1, 1));
        await(store::close);

        assertEquals(Kind.AWAY, refusal(() -> first.journal().append(entries(2, 2))));
        assertEquals(Kind.AWAY, refusal(() -> first.journal().read(1, 1)));
        assertEquals(Kind.AWAY, refusal(() -> first.snapshots().newest(1)));
    }

    @Test
    void keepsTheNewestTwoSnapshots() {
        Opened first = open(process(), 1);
        append(first, entries(1, 30));
        for (long seq : List.of(0L, 10L, 20L)) await(() -> first.snapshots().save(snapshot(seq)));

        assertEquals(Optional.of(snapshot(20)), newest(first, Long.MAX_VALUE));
        assertEquals(Optional.of(snapshot(20)), newest(first, 20));
        assertEquals(Optional.of(snapshot(10)), newest(first, 19));
        assertEquals(Optional.empty(), newest(first, 9));
    }

    @Test
    void replacesASnapshotOfTheSamePlace() {
        Opened first = open(process(), 1);
        await(() -> first.snapshots().save(snapshot(0, 10)));
        await(() -> first.snapshots().save(snapshot(0, 20)));
        assertEquals(Optional.of(snapshot(0, 20)), newest(first, 0));
    }

    @Test
    void keepsALargeSnapshot() {
        Opened first = open(process(), 1);
        await(() -> first.snapshots().save(snapshot(0, 20_000_000)));
        assertEquals(Optional.of(snapshot(0, 20_000_000)), newest(first, 0));
    }

    @Test
    void leasesToOneOwnerAtATime() {
        DomainStore one = process();
        DomainStore two = process();
        long first = await(() -> one.lease().take(Duration.ZERO));

        Throwable held = failure(() -> two.lease().take(Duration.ofMillis(50)));
        assertInstanceOf(Lease.Held.class, held);
        assertFalse(held.getMessage().isBlank());

        await(() -> one.lease().release());
        long second = await(() -> two.lease().take(LEASE_PATIENCE));
        assertTrue(second > first, second + " after " + first);
    }

    @Test
    void waitsForALeaseThatIsGivenUp() {
        DomainStore one = process();
        DomainStore two = process();
        await(() -> one.lease().take(Duration.ZERO));

        CompletableFuture<Long> waiting = ask(() -> two.lease().take(LEASE_PATIENCE));
        await(() -> one.lease().release());
        assertTrue(get(waiting) > 1);
    }

    @Test
    void aDeadOwnersLeaseIsTakenOver() {
        DomainStore one = process();
        long first = await(() -> one.lease().take(Duration.ZERO));
        append(open(one, first), entries(1, 3, first));
        dies(one);

        DomainStore two = process();
        long second = await(() -> two.lease().take(LEASE_PATIENCE));
        assertTrue(second > first, second + " after " + first);
        Opened after = open(two, second);
        assertEquals(entries(1, 3, first), read(after, 1, 10));
        append(after, entries(4, 4, second));
    }

    @Test
    void epochsGrowAcrossRestarts() {
        long before = 0;
        for (int restart = 0; restart < 4; restart++) {
            DomainStore store = process();
            long epoch = await(() -> store.lease().take(LEASE_PATIENCE));
            assertTrue(epoch > before, epoch + " after " + before);
            open(store, epoch);
            before = epoch;
            await(() -> store.lease().release());
            await(store::close);
        }
    }

    protected final DomainStore process() {
        DomainStore store = newStore();
        opened.add(store);
        return store;
    }

    protected final Opened open(DomainStore store, long epoch) {
        return await(() -> store.open(epoch));
    }

    protected final void append(Opened to, List<Entry> batch) {
        await(() -> to.journal().append(batch));
    }

    protected final List<Entry> read(Opened from, long seq, int most) {
        return await(() -> from.journal().read(seq, most));
    }

    protected final Optional<Snapshots.Snapshot> newest(Opened from, long upTo) {
        return await(() -> from.snapshots().newest(upTo));
    }

    protected final Kind refusal(Supplier<? extends Future<?>> asked) {
        return assertInstanceOf(JournalFailure.class, failure(asked)).kind();
    }

    protected final Throwable failure(Supplier<? extends Future<?>> asked) {
        return assertThrows(ExecutionException.class, () -> waitFor(ask(asked))).getCause();
    }

    /// Asks on the store's context, and waits for the answer outside.
    protected final <T> T await(Supplier<Future<T>> asked) {
        return get(ask(asked));
    }

    private <T> CompletableFuture<T> ask(Supplier<? extends Future<? extends T>> asked) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.runOnContext(_ -> asked.get().onComplete(done -> {
            if (done.succeeded()) answer.complete(done.result());
            else answer.completeExceptionally(done.cause());
        }));
        return answer;
    }

    private static <T> T get(CompletableFuture<T> answer) {
        try {
            return waitFor(answer);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static <T> T waitFor(CompletableFuture<T> answer) throws ExecutionException {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
