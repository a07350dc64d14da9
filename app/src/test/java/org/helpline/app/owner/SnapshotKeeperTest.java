package org.helpline.app.owner;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.store.DomainStore;
import org.helpline.store.InMemoryContents;
import org.helpline.store.InMemoryStore;
import org.helpline.store.Journal;
import org.helpline.store.Snapshots;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotKeeperTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);

    private final InMemoryContents contents = new InMemoryContents();
    private final DomainStore.Opened opened = opened(contents);
    private final JsonEventCodec codec = new JsonEventCodec();
    private final JsonSnapshotCodec snapshots = new JsonSnapshotCodec();
    private final ExecutorService owner = Executors.newSingleThreadExecutor();
    private final AtomicLong needed = new AtomicLong(Long.MAX_VALUE);
    private final SwitchState state = new SwitchState();
    private SnapshotKeeper keeper;
    private long seq;

    private static DomainStore.Opened opened(InMemoryContents contents) {
        InMemoryStore store = new InMemoryStore(contents);
        return store.open(store.lease().take(Duration.ZERO).result()).result();
    }

    @AfterEach
    void close() {
        if (keeper != null) keeper.close(Duration.ofSeconds(10));
        owner.shutdownNow();
    }

    @Test
    void aSnapshotComesAfterSoManyEntriesAndIsTheState() throws Exception {
        keeper(new SnapshotKeeper.Limits(100, HOUR, 1_000, 1_000_000));
        calls(99);
        calls(1);
        await().atMost(PATIENCE).until(() -> keeper.health().saved() >= 1);
        Snapshots.Snapshot saved = contents.newestSnapshot().orElseThrow();
        assertEquals(100, saved.seq());
        assertEquals(NOON.plusSeconds(100), saved.at());
        assertEquals(state.digest(), restored(saved).digest());
        assertEquals(100, contents.entries().size(), "nothing may go before there are two");
    }

    @Test
    void theJournalForgetsWhatIsBehindTheSnapshotBefore() throws Exception {
        keeper(new SnapshotKeeper.Limits(100, HOUR, 1_000, 1_000_000));
        calls(100);
        await().atMost(PATIENCE).until(() -> keeper.health().saved() == 1);
        calls(100);
        await().atMost(PATIENCE).until(() -> contents.entries().getFirst().seq() == 101);
        assertEquals(200, contents.newestSnapshot().orElseThrow().seq());
        needed.set(150);
        calls(100);
        await().atMost(PATIENCE).until(() -> contents.entries().getFirst().seq() == 150);
        needed.set(160);
        calls(100);
        await().atMost(PATIENCE).until(() -> contents.entries().getFirst().seq() == 160);
    }

    @Test
    void recordsHoldBackNoMoreThanABound() throws Exception {
        needed.set(1);
        keeper(new SnapshotKeeper.Limits(100, HOUR, 1_000, 250));
        for (int i = 1; i <= 4; i++) {
            calls(100);
            long saved = i;
            await().atMost(PATIENCE).until(() -> keeper.health().saved() == saved);
        }
        await().atMost(PATIENCE).until(() -> contents.entries().getFirst().seq() == 150);
    }

    @Test
    void whatChangedIsSavedAfterAWhile() throws Exception {
        keeper(new SnapshotKeeper.Limits(1_000_000, Duration.ofMillis(200), 1_000, 1_000_000));
        calls(3);
        await().atMost(PATIENCE).until(() -> keeper.health().seq() == 3);
    }

    @Test
    void theLastSnapshotIsMadeAtTheStop() throws Exception {
        keeper(new SnapshotKeeper.Limits(1_000_000, HOUR, 1_000, 1_000_000));
        calls(42);
        keeper.close(Duration.ofSeconds(10));
        assertEquals(
                state.digest(),
                restored(contents.newestSnapshot().orElseThrow()).digest());
        assertEquals(42, contents.newestSnapshot().orElseThrow().seq());
    }

    @Test
    void oneThatCannotFollowCopiesTheOwnersState() throws Exception {
        make(new SnapshotKeeper.Limits(5, HOUR, 10, 1_000_000));
        calls(30); // it has not started to take them
        keeper.start();
        await().atMost(PATIENCE).until(() -> keeper.health().seq() == 30);
        assertEquals(
                state.digest(),
                restored(contents.newestSnapshot().orElseThrow()).digest());
        calls(5);
        await().atMost(PATIENCE).until(() -> keeper.health().seq() == 35);
        assertEquals(
                state.digest(),
                restored(contents.newestSnapshot().orElseThrow()).digest());
    }

    @Test
    void aStoreThatIsAwayIsTold() throws Exception {
        keeper(new SnapshotKeeper.Limits(5, HOUR, 1_000, 1_000_000));
        calls(4);
        contents.become(InMemoryContents.Health.AWAY);
        calls(1);
        await().atMost(PATIENCE).until(() -> keeper.health().failing().isPresent());
        assertTrue(keeper.health().failing().get().contains("away"), keeper.health()::toString);
        assertEquals(0, keeper.health().saved());
        contents.become(InMemoryContents.Health.WELL);
        keeper.close(Duration.ofSeconds(10));
        assertEquals(5, contents.newestSnapshot().orElseThrow().seq());
        assertEquals(Optional.empty(), keeper.health().failing());
    }

    // ----

    private void make(SnapshotKeeper.Limits limits) throws Exception {
        keeper = new SnapshotKeeper(
                new SnapshotKeeper.Store(opened.journal(), opened.snapshots(), snapshots, 1),
                () -> new StateCopy(state.snapshot(), seq, NOON.plusSeconds(seq)),
                owner,
                needed::get,
                limits);
        Recovered recovered = new Recovery(opened, codec, snapshots, 1).run(0).result();
        owner.submit(() -> keeper.onRecovered(recovered)).get();
    }

    private void keeper(SnapshotKeeper.Limits limits) throws Exception {
        make(limits);
        keeper.start();
    }

    private SwitchState restored(Snapshots.Snapshot snapshot) {
        return SwitchState.restore(snapshots.decode(snapshot.body(), snapshot.version()));
    }

    /// Turns of one event each, as the owner makes them.
    private void calls(int count) throws Exception {
        owner.submit(() -> {
                    for (int i = 0; i < count; i++) call();
                })
                .get();
    }

    private void call() {
        seq++;
        DomainEvent event = new DomainEvent.CallerArrived(
                NOON.plusSeconds(seq),
                new ContactId("c-" + seq),
                "leg-" + seq,
                new HelplineId("social-services"),
                "18005550100",
                Optional.empty());
        state.apply(event);
        EventCodec.Encoded encoded = codec.encode(event);
        opened.journal()
                .append(List.of(new Journal.Entry(
                        "main",
                        1,
                        seq,
                        event.at(),
                        Optional.empty(),
                        encoded.type(),
                        encoded.version(),
                        encoded.body())));
        keeper.onTurn(seq, List.of(event));
    }
}
