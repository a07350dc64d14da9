package org.helpline.store.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.helpline.store.DomainStore.Findings;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.JournalFailure;
import org.helpline.store.JournalFailure.Kind;
import org.helpline.store.Lease;
import org.helpline.store.Samples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What real servers do to a journal, while an owner appends to it all the time. In the end everything acknowledged is
/// there once and in order, or is said to be lost.
@Tag("system")
class RedisFaultsTest extends RedisFixture {
    /// The soak waits longer; here the length is not the point.
    private static final Duration FROZEN = Duration.ofSeconds(Integer.getInteger("helpline.frozen", 8));

    @Test
    void killedAndStartedAgain() {
        RedisServer server = closing(RedisServer.start());
        RedisStore store = store(server.url());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(600);

        for (int time = 0; time < 3; time++) {
            server.kill();
            writer.awaitFailure(Kind.AWAY);
            server.launch();
            writer.awaitMore(300);
        }

        assertWhole(opened, writer);
        assertTrue(writer.failures().stream().allMatch(failure -> failure.kind() == Kind.AWAY));
    }

    @Test
    void stoppedInOrderAndStartedAgain() {
        RedisServer server = closing(RedisServer.start());
        RedisStore store = store(server.url());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);

        server.stop();
        writer.awaitFailure(Kind.AWAY);
        server.launch();
        writer.awaitMore(300);

        assertWhole(opened, writer);
    }

    @Test
    void frozenAndThawed() {
        RedisServer server = closing(RedisServer.start());
        RedisStore store = store(server.url());
        List<String> lost = new CopyOnWriteArrayList<>();
        store.lease().whenLost(lost::add);
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);

        server.freeze();
        long frozen = System.nanoTime();
        JournalFailure away = writer.awaitFailure(Kind.AWAY);
        assertTrue(Duration.ofNanos(System.nanoTime() - frozen).compareTo(Duration.ofSeconds(4)) < 0);
        assertEquals("no answer within 1500 ms", away.getMessage());
        await().pollDelay(FROZEN).atMost(FROZEN.plusSeconds(5)).until(() -> true);
        server.thaw();
        writer.awaitMore(300);

        assertWhole(opened, writer);
        // Nobody took the lease that ran out meanwhile, so it is this owner's again.
        assertEquals(List.of(), lost);
        assertInstanceOf(
                Lease.Held.class, failure(() -> store(server.url()).lease().take(Duration.ofMillis(100))));
    }

    @Test
    void theDiskIsFull() throws IOException {
        RedisServer server = closing(RedisServer.start());
        RedisStore store = store(server.url());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);

        server.limitFiles(server.largestFile() + 20_000);
        JournalFailure away = writer.awaitFailure(Kind.AWAY);
        assertTrue(away.getMessage().startsWith("MISCONF"), away.getMessage());
        server.unlimitFiles();
        writer.awaitMore(300);

        assertWhole(opened, writer);
    }

    @Test
    void memoryIsFull() {
        RedisServer server = closing(RedisServer.start("--maxmemory-policy", "noeviction"));
        RedisStore store = store(server.url());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(3_000);

        server.cli("config", "set", "maxmemory", "1mb");
        JournalFailure away = writer.awaitFailure(Kind.AWAY);
        assertTrue(away.getMessage().startsWith("OOM"), away.getMessage());
        // Room can be made, and the lease is kept, also now.
        get(() -> opened.journal().trim(1_001));
        await().during(QUICK.leaseLife().plusMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> server.cli("exists", Keys.of(DOMAIN).lease()).equals("1"));
        server.cli("config", "set", "maxmemory", "0");
        writer.awaitMore(300);

        long last = writer.stop();
        assertEquals(List.of(), writer.outOfOrder());
        assertSame(
                Samples.entries(1_001, 3_000, epoch), get(() -> opened.journal().read(1, 2_000)));
        assertEquals(last - 1_000, get(opened.journal()::size).entries());
    }

    @Test
    void thePromotedReplicaHasLostWrites() {
        RedisServer first = closing(RedisServer.start());
        RedisServer second = closing(RedisServer.start());
        Relay between = closing(new Relay(first.port()));
        Relay front = closing(new Relay(first.port()));
        second.cli("replicaof", "127.0.0.1", Integer.toString(between.port()));
        RedisStore store = store("redis://127.0.0.1:" + front.port());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);
        await().until(() -> Streams.last(second, DOMAIN) >= 300);

        between.swallow();
        writer.awaitMore(900);
        first.kill();
        second.cli("replicaof", "no", "one");
        long kept = Streams.last(second, DOMAIN);
        assertTrue(kept < writer.acknowledged());
        front.leadTo(second.port());

        // What memory has is written once more.
        JournalFailure gap = writer.awaitFailure(Kind.GAP);
        assertTrue(gap.getMessage().contains("the newest entry in Redis is " + kept), gap.getMessage());
        writer.awaitMore(300);
        assertWhole(opened, writer);
    }

    @Test
    void aNewOwnerIsToldWhatThePromotedReplicaHasLost() {
        RedisServer first = closing(RedisServer.start());
        RedisServer second = closing(RedisServer.start());
        Relay between = closing(new Relay(first.port()));
        second.cli("replicaof", "127.0.0.1", Integer.toString(between.port()));
        RedisStore before = store(first.url());
        // The replica does not even know the owner of now.
        await().until(() -> second.cli("info", "replication").contains("master_link_status:up"));
        Opened earlier = open(before, 1);
        get(() -> earlier.journal().append(Samples.entries(1, 100)));
        await().until(() -> Streams.last(second, DOMAIN) == 100);
        between.swallow();
        get(() -> earlier.journal().append(Samples.entries(101, 150)));
        get(() -> before.open(7)).journal();
        get(before::abandon);
        first.kill();
        second.cli("replicaof", "no", "one");

        RedisStore after = store(second.url());
        long epoch = take(after);
        Opened opened = open(after, epoch);
        assertEquals(
                new Findings(100, 150, List.of("entries 101 to 150 were acknowledged, and Redis has lost them")),
                opened.findings());
        assertSame(Samples.entries(1, 100), all(opened));

        // Behind a fresh snapshot it goes on, and no number is given twice.
        get(() -> opened.snapshots().save(Samples.snapshot(150)));
        get(() -> opened.journal().restartAt(151));
        Writer writer = writer(opened, epoch);
        writer.awaitMore(30);
        long last = writer.stop();
        assertSame(Samples.entries(151, last, epoch), get(() -> opened.journal().read(1, 10_000)));
    }

    @Test
    void everythingIsGone() {
        RedisServer server = closing(RedisServer.start());
        RedisStore before = store(server.url());
        Opened earlier = open(before, take(before));
        get(() -> earlier.journal().append(Samples.entries(1, 10)));
        get(before::close);
        server.cli("flushall");

        RedisStore after = store(server.url());
        Findings findings = open(after, take(after)).findings();
        assertEquals(0, findings.lastSeq());
        assertEquals(10, findings.acknowledgedSeq());
        assertTrue(findings.told().getFirst().contains("of which 10 entries were acknowledged"), findings.toString());
    }

    @Test
    void theNetworkIsCut() throws IOException {
        RedisServer server = closing(RedisServer.start());
        Relay relay = closing(new Relay(server.port()));
        RedisStore store = store("redis://127.0.0.1:" + relay.port());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);

        relay.cut();
        writer.awaitFailure(Kind.AWAY);
        relay.mend();
        writer.awaitMore(300);

        assertWhole(opened, writer);
    }

    @Test
    void theNetworkSwallowsEverything() throws IOException {
        RedisServer server = closing(RedisServer.start());
        Relay relay = closing(new Relay(server.port()));
        RedisStore store = store("redis://127.0.0.1:" + relay.port());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);

        relay.swallow();
        writer.awaitFailure(Kind.AWAY);
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        relay.swallowNoMore();
        writer.awaitMore(300);

        assertWhole(opened, writer);
    }

    @Test
    void scriptsAreForgotten() {
        RedisServer server = closing(RedisServer.start());
        RedisStore store = store(server.url());
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        for (int time = 0; time < 10; time++) {
            writer.awaitMore(60);
            server.cli("script", "flush");
        }
        writer.awaitMore(60);
        assertWhole(opened, writer);
        assertEquals(List.of(), writer.failures());
    }

    @Test
    void whoeverLostTheLeaseIsToldOnce() {
        RedisServer server = closing(RedisServer.start());
        RedisStore first = store(server.url());
        List<String> lost = new CopyOnWriteArrayList<>();
        first.lease().whenLost(lost::add);
        long epoch = take(first);
        Opened opened = open(first, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(30);

        // As when the first one's machine stood still for longer than the lease lives.
        server.cli("del", Keys.of(DOMAIN).lease());
        RedisStore second = store(server.url());
        long later = get(() -> second.lease().take(Duration.ZERO));
        writer.awaitFailure(Kind.FENCED);

        await().during(QUICK.leaseRenewal().multipliedBy(3)).until(() -> lost.size() == 1);
        assertTrue(lost.getFirst().startsWith("epoch " + epoch + " is over: the domain is owned by epoch " + later));
        assertFalse(server.cli("get", Keys.of(DOMAIN).lease()).startsWith(epoch + " "));
    }

    @Test
    void damageInTheMiddleIsCut() {
        RedisServer server = closing(RedisServer.start());
        RedisStore before = store(server.url());
        Opened earlier = open(before, take(before));
        get(() -> earlier.journal().append(Samples.entries(1, 3_000)));
        get(before::close);
        server.cli("xdel", Keys.of(DOMAIN).journal(), "1200-0");

        RedisStore after = store(server.url());
        long epoch = take(after);
        Opened opened = open(after, epoch);
        assertEquals(1_199, opened.findings().lastSeq());
        assertEquals(3_000, opened.findings().acknowledgedSeq());
        assertEquals(2, opened.findings().told().size(), opened.findings().toString());
        assertSame(Samples.entries(1, 1_199), all(opened));
        get(() -> opened.journal().append(Samples.entries(1_200, 1_210, epoch)));
    }

    @Test
    void tooMuchUnderWayFailsInOrder() {
        RedisServer server = closing(RedisServer.start());
        RedisStore store = store(new RedisSettings(
                RedisAddress.read(server.url()),
                Optional.empty(),
                new RedisSettings.Limits(
                        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1), 10, 1_000_000)));
        Opened opened = open(store, take(store));
        server.freeze();
        List<String> answers = new CopyOnWriteArrayList<>();
        context.runOnContext(_ -> {
            for (int n = 1; n <= 11; n++) {
                int batch = n;
                opened.journal()
                        .append(Samples.entries(n, n))
                        .onFailure(why -> answers.add(batch + " " + ((JournalFailure) why).kind()));
            }
        });
        await().until(() -> answers.size() == 11);
        for (int n = 1; n <= 11; n++) assertEquals(n + " AWAY", answers.get(n - 1));
        server.thaw();
        get(() -> opened.journal()
                .append(Samples.entries(1, 1))
                .recover(_ -> opened.journal().append(Samples.entries(1, 1))));
    }
}
