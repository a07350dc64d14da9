package org.helpline.app.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.store.DomainStore;
import org.helpline.store.InMemoryContents;
import org.helpline.store.InMemoryStore;
import org.helpline.store.Journal;
import org.helpline.store.Snapshots;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final InMemoryContents contents = new InMemoryContents();
    private final JsonEventCodec codec = new JsonEventCodec();
    private final JsonSnapshotCodec snapshots = new JsonSnapshotCodec();
    private final SwitchState state = new SwitchState();
    private DomainStore.Opened opened;
    private long epoch;
    private long seq;

    @BeforeEach
    void begin() {
        start();
    }

    @Test
    void aNewDomainIsEmpty() {
        Recovered recovered = recover(0);
        assertTrue(recovered.isNew());
        assertEquals(1, recovered.epoch());
        assertEquals(List.of(), recovered.report().told());
        assertEquals(new SwitchState().digest(), recovered.state().digest());
    }

    @Test
    void theStateIsTheSnapshotAndWhatCameBehindIt() {
        calls(5);
        snapshot();
        calls(4_500);
        restart();
        Recovered recovered = recover(0);
        assertEquals(state.digest(), recovered.state().digest());
        assertEquals(2, recovered.epoch());
        assertEquals(4_505, recovered.lastSeq());
        assertEquals(NOON.plusSeconds(4_505), recovered.lastAt());
        assertEquals(4_500, recovered.sinceSnapshot().size());
        RecoveryReport report = recovered.report();
        assertEquals(5, report.snapshotSeq());
        assertEquals(6, report.firstSeq());
        assertEquals(4_500, report.replayed());
        assertEquals(0, report.lost());
        assertEquals(List.of(), report.told());
        assertTrue(
                report.line().startsWith("4505 contacts from 4500 journal entries behind the snapshot at entry 5 in "),
                report.line());
        assertEquals(4_505, contents.entries().size());
    }

    @Test
    void aSnapshotThatCannotBeReadIsPassedOver() {
        calls(3);
        snapshot();
        calls(3);
        save(seq, 1, Buffer.buffer("{\"calls\": 7}"));
        calls(1);
        restart();
        Recovered recovered = recover(0);
        assertEquals(state.digest(), recovered.state().digest());
        assertEquals(3, recovered.report().snapshotSeq());
        assertEquals(0, recovered.report().lost());
        assertEquals(1, recovered.report().told().size());
        assertTrue(recovered.report().told().getFirst().startsWith("the snapshot at entry 6 cannot be used"));
    }

    @Test
    void anEntryThatCannotBeReadCutsTheRestAndNumbersGoOnAbove() {
        calls(3);
        String before = state.digest();
        append(++seq, "leg.CallerArrived", 1, Buffer.buffer("{\"at\": \"yesterday\"}"));
        calls(2);
        restart();
        Recovered recovered = recover(0);
        assertEquals(before, recovered.state().digest());
        assertEquals(6, recovered.lastSeq());
        assertEquals(3, recovered.report().lost());
        assertTrue(recovered.report().told().getFirst().startsWith("entry 4 (leg.CallerArrived) cannot be used"));
        goOnFrom(recovered);
    }

    @Test
    void halfATurnIsNotCarriedOut() {
        calls(3);
        String before = state.digest();
        turn(4);
        contents.loseNewest(1);
        restart();
        Recovered recovered = recover(0);
        assertEquals(before, recovered.state().digest());
        assertEquals(3, recovered.sinceSnapshot().size());
        assertEquals(7, recovered.lastSeq());
        assertEquals(4, recovered.report().lost());
        assertTrue(
                recovered.report().told().get(1).startsWith("entries 4 to 6 are the beginning of a turn"),
                () -> recovered.report().told().toString());
        goOnFrom(recovered);
    }

    @Test
    void aWholeTurnIsCarriedOutAndOneOfADamagedEntryIsNot() {
        calls(3);
        turn(4);
        String before = state.digest();
        append(++seq, codec.goingOn(arrived(seq)));
        append(++seq, "leg.CallerArrived", 1, Buffer.buffer("{\"at\": \"yesterday\"}"));
        append(++seq, arrived(seq));
        restart();
        Recovered recovered = recover(0);
        assertEquals(before, recovered.state().digest());
        assertEquals(7, recovered.state().calls().size());
        assertEquals(3, recovered.report().lost());
        assertTrue(recovered.report().told().getFirst().startsWith("entry 9 (leg.CallerArrived) cannot be used"));
        goOnFrom(recovered);
    }

    @Test
    void aTurnOfWhichOneEntryFitsNothingIsNotCarriedOut() {
        calls(3);
        String before = state.digest();
        append(++seq, codec.goingOn(arrived(seq)));
        Event misfit = new Event.ContactHeld(NOON.plusSeconds(5), new ContactId("c-nobody"), new AgentId("ann"));
        append(++seq, codec.encode(new DomainEvent.Routing(misfit)));
        restart();
        Recovered recovered = recover(0);
        assertEquals(before, recovered.state().digest());
        assertEquals(2, recovered.report().lost());
        assertTrue(
                recovered.report().told().getFirst().startsWith("entry 5 (routing.ContactHeld)"),
                () -> recovered.report().told().toString());
        goOnFrom(recovered);
    }

    @Test
    void aTurnOfMoreThanOneReadIsCarriedOut() {
        turn(4_500);
        restart();
        Recovered recovered = recover(0);
        assertEquals(state.digest(), recovered.state().digest());
        assertEquals(List.of(), recovered.report().told());
    }

    @Test
    void whatTheStoreHasLostIsToldAndNoNumberIsGivenTwice() {
        calls(10);
        contents.loseNewest(4);
        restart();
        Recovered recovered = recover(0);
        assertEquals(6, recovered.state().calls().size());
        assertEquals(10, recovered.lastSeq());
        assertEquals(4, recovered.report().lost());
        goOnFrom(recovered);
    }

    @Test
    void numbersGoOnAboveWhatOthersKnowOf() {
        calls(10);
        restart();
        Recovered recovered = recover(25);
        assertEquals(state.digest(), recovered.state().digest());
        assertEquals(25, recovered.lastSeq());
        assertEquals(15, recovered.report().lost());
        goOnFrom(recovered);
    }

    @Test
    void aSnapshotAheadOfTheJournalCounts() {
        calls(10);
        snapshot();
        contents.loseNewest(4);
        restart();
        Recovered recovered = recover(0);
        assertEquals(state.digest(), recovered.state().digest());
        assertEquals(10, recovered.lastSeq());
        assertEquals(0, recovered.report().lost());
        assertTrue(recovered.report().told().getLast().startsWith("the journal ends with entry 6"));
        goOnFrom(recovered);
    }

    @Test
    void entriesThatWentWithoutASnapshotAreAGap() {
        calls(10);
        opened.journal().trim(6);
        restart();
        Recovered recovered = recover(0);
        assertEquals(0, recovered.state().calls().size());
        assertEquals(10, recovered.lastSeq());
        assertEquals(10, recovered.report().lost());
        assertTrue(recovered.report().told().getFirst().startsWith("entries 1 to 5 are not there"));
        goOnFrom(recovered);
    }

    @Test
    void whatANewerReleaseWroteIsRefusedAndLeftAsItIs() {
        calls(2);
        append(++seq, "leg.HologramArrived", 1, Buffer.buffer("{}"));
        restart();
        Future<Recovered> refused = new Recovery(opened, codec, snapshots, epoch).run(0);
        assertInstanceOf(NewerRelease.class, refused.cause());
        assertTrue(refused.cause().getMessage().contains("leg.HologramArrived"), refused.cause()::getMessage);
        assertTrue(refused.cause().getMessage().contains("start that release"), refused.cause()::getMessage);
        assertEquals(3, contents.entries().size());
    }

    @Test
    void aSnapshotOfANewerReleaseIsRefusedToo() {
        calls(2);
        save(seq, 99, Buffer.buffer("{}"));
        restart();
        Future<Recovered> refused = new Recovery(opened, codec, snapshots, epoch).run(0);
        assertInstanceOf(NewerRelease.class, refused.cause());
        assertTrue(refused.cause().getMessage().contains("version 99"), refused.cause()::getMessage);
    }

    @Test
    void aStoreThatIsAwayIsNoRecovery() {
        calls(2);
        restart();
        contents.become(InMemoryContents.Health.AWAY);
        assertTrue(new Recovery(opened, codec, snapshots, epoch).run(0).failed());
    }

    // ----

    /// What is appended next is taken, and one more start finds it behind the fresh snapshot.
    private void goOnFrom(Recovered recovered) {
        String digest = recovered.state().digest();
        assertEquals(
                digest,
                SwitchState.restore(snapshots.decode(
                                contents.newestSnapshot().orElseThrow().body(), 1))
                        .digest());
        assertEquals(
                recovered.lastSeq(), contents.newestSnapshot().orElseThrow().seq());
        seq = recovered.lastSeq();
        calls(1);
        restart();
        Recovered again = recover(0);
        assertEquals(recovered.lastSeq() + 1, again.lastSeq());
        assertEquals(0, again.report().lost());
        assertEquals(recovered.state().calls().size() + 1, again.state().calls().size());
    }

    private void start() {
        InMemoryStore store = new InMemoryStore(contents);
        epoch = store.lease().take(Duration.ZERO).result();
        opened = store.open(epoch).result();
    }

    private void restart() {
        contents.ownerDies();
        start();
    }

    private Recovered recover(long known) {
        return new Recovery(opened, codec, snapshots, epoch).run(known).result();
    }

    private void calls(int count) {
        for (int i = 0; i < count; i++) {
            seq++;
            state.apply(call(seq));
            append(seq, arrived(seq));
        }
    }

    /// One turn of that many events.
    private void turn(int count) {
        for (int i = 1; i <= count; i++) {
            seq++;
            state.apply(call(seq));
            append(seq, i == count ? arrived(seq) : codec.goingOn(arrived(seq)));
        }
    }

    private EventCodec.Encoded arrived(long at) {
        return codec.encode(call(at));
    }

    private static DomainEvent call(long at) {
        return new DomainEvent.CallerArrived(
                NOON.plusSeconds(at),
                new ContactId("c-" + at),
                "leg-" + at,
                new HelplineId("social-services"),
                "18005550100",
                Optional.empty());
    }

    private void append(long at, EventCodec.Encoded encoded) {
        append(at, encoded.type(), encoded.version(), encoded.body());
    }

    private void append(long at, String type, int version, Buffer body) {
        List<Journal.Entry> batch = new ArrayList<>();
        batch.add(new Journal.Entry("main", epoch, at, NOON.plusSeconds(at), Optional.empty(), type, version, body));
        assertTrue(opened.journal().append(batch).succeeded());
    }

    private void snapshot() {
        save(seq, 1, snapshots.encode(state.snapshot()));
    }

    private void save(long at, int version, Buffer body) {
        assertTrue(opened.snapshots()
                .save(new Snapshots.Snapshot(at, epoch, NOON.plusSeconds(at), version, body))
                .succeeded());
    }
}
