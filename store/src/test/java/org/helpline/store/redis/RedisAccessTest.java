package org.helpline.store.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.store.CallerMemory;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.JournalFailure;
import org.helpline.store.Samples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Users with least rights, TLS, Sentinels and clusters, with real servers.
@Tag("system")
class RedisAccessTest extends RedisFixture {

    /// The line in the decision that operators copy.
    private static String documentedUser() throws IOException {
        Path decision = Path.of(System.getProperty("helpline.root")).resolve("docs/adr/0019-redis.md");
        return Files.readString(decision)
                .lines()
                .filter(line -> line.startsWith("user helpline "))
                .findFirst()
                .orElseThrow()
                .replace("main", DOMAIN.replace(" ", "?"))
                .replace("PASSWORD", "s3cret");
    }

    @Test
    void theDocumentedUserMayDoAllThatIsNeeded() throws IOException {
        RedisServer server = closing(RedisServer.start(
                Map.of("users.acl", "user default off\n" + documentedUser() + "\n"), "--aclfile", "FOLDER/users.acl"));
        RedisStore store = store("redis://helpline:s3cret@127.0.0.1:" + server.port());
        Opened opened = open(store, take(store));
        useAll(opened);
        get(store.lease()::release);
        get(store::close);
        useCallers(server);

        // Nobody else's keys, and nothing that concerns the server.
        List<String> as = List.of("--no-auth-warning", "--user", "helpline", "--pass", "s3cret");
        for (List<String> refused : List.of(
                List.of("set", "other", "1"),
                List.of("config", "get", "*"),
                List.of("flushall"),
                List.of("keys", "*"))) {
            List<String> words = new ArrayList<>(as);
            words.addAll(refused);
            assertTrue(server.cli(words.toArray(String[]::new)).contains("NOPERM"), refused.toString());
        }
        assertFalse(server.log().contains("s3cret"));
    }

    private void useCallers(RedisServer server) {
        var limit = Optional.of(new CallerMemory.Rate(10, Duration.ofMinutes(1)));
        RedisCallerMemory callers = new RedisCallerMemory(
                vertx,
                RedisSettings.of(RedisAddress.read("redis://helpline:s3cret@127.0.0.1:" + server.port())),
                DOMAIN,
                new CallerMemory.Settings(Duration.ofDays(2), Duration.ofDays(1), limit, limit),
                InstantSource.system());
        get(callers::tidy);
        var contact = new CallerMemory.Contact(Instant.now(), "social-services", Optional.empty());
        var tooOld = new CallerMemory.Contact(Instant.EPOCH, "social-services", Optional.empty());
        get(() -> callers.remember("a", tooOld, Optional.empty()));
        get(() -> callers.remember("a", contact, Optional.of("es")));
        assertEquals(
                Optional.of("es"),
                get(() -> callers.arrived(Optional.of("a"))).known().language());
        get(callers::close);
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() {
        RedisServer server = closing(RedisServer.start("--requirepass", "right"));
        RedisStore store = store("redis://:wr0ng@127.0.0.1:" + server.port());
        Throwable away = failure(() -> store.lease().take(Duration.ofMillis(200)));
        assertEquals(
                JournalFailure.Kind.AWAY,
                assertInstanceOf(JournalFailure.class, away).kind());
        assertTrue(away.getMessage().contains("WRONGPASS"), away.getMessage());
        assertFalse(away.getMessage().contains("wr0ng"), away.getMessage());
    }

    @Test
    void underTlsWithAnAuthorityOfItsOwn() throws IOException {
        Certificates certificates = Certificates.make(data.resolve("tls"));
        RedisServer server = closing(RedisServer.start(
                "--port",
                "0",
                "--tls-port",
                "PORT",
                "--tls-cert-file",
                certificates.certificate().toString(),
                "--tls-key-file",
                certificates.key().toString(),
                "--tls-ca-cert-file",
                certificates.authority().toString(),
                "--tls-auth-clients",
                "no"));
        RedisAddress address = RedisAddress.read("rediss://127.0.0.1:" + server.port());
        RedisStore store = store(new RedisSettings(address, Optional.of(certificates.authority()), QUICK));
        useAll(open(store, take(store)));

        RedisStore distrustful = store(new RedisSettings(address, Optional.empty(), QUICK));
        Throwable away = failure(() -> distrustful.lease().take(Duration.ofMillis(200)));
        assertEquals(
                JournalFailure.Kind.AWAY,
                assertInstanceOf(JournalFailure.class, away).kind());
        assertTrue(away.getMessage().contains("certification path"), away.getMessage());

        RedisStore elsewhere = store(new RedisSettings(
                RedisAddress.read("rediss://localhost:" + server.port()),
                Optional.of(certificates.authority()),
                QUICK));
        String named =
                failure(() -> elsewhere.lease().take(Duration.ofMillis(200))).getMessage();
        assertTrue(named.contains("localhost"), named);
    }

    @Test
    void sentinelsLeadToTheServerThatWasPromoted() {
        RedisServer first = closing(RedisServer.start());
        RedisServer second = closing(RedisServer.start("--replicaof", "127.0.0.1 " + first.port()));
        RedisServer sentinel = closing(RedisServer.start(
                Map.of(
                        "sentinel.conf",
                        "sentinel monitor helpline 127.0.0.1 " + first.port() + " 1\n"
                                + "sentinel down-after-milliseconds helpline 500\n"
                                + "sentinel failover-timeout helpline 2000\n"),
                "FOLDER/sentinel.conf",
                "--sentinel"));
        await().until(() -> second.cli("info", "replication").contains("master_link_status:up"));
        await().until(() -> sentinel.cli("sentinel", "replicas", "helpline").contains("" + second.port()));
        RedisStore store = store("redis-sentinel://127.0.0.1:" + sentinel.port() + "#helpline");
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);

        first.kill();
        writer.awaitMore(300);
        assertWhole(opened, writer);
        assertTrue(second.cli("info", "replication").contains("role:master"));
    }

    @Test
    void aClusterKeepsADomainOnOneNode() {
        List<RedisServer> nodes = List.of(
                closing(RedisServer.start("--cluster-enabled", "yes")),
                closing(RedisServer.start("--cluster-enabled", "yes")),
                closing(RedisServer.start("--cluster-enabled", "yes")));
        List<String> addresses =
                nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList();
        List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster-yes", "--cluster", "create"));
        command.addAll(addresses);
        RedisServer.run(command);
        for (RedisServer node : nodes) {
            await().until(() -> node.cli("cluster", "info").contains("cluster_state:ok"));
        }
        RedisStore store = store("redis-cluster://" + String.join(",", addresses));
        long epoch = take(store);
        Opened opened = open(store, epoch);
        Writer writer = writer(opened, epoch);
        writer.awaitMore(300);
        nodes.forEach(node -> node.cli("script", "flush"));
        writer.awaitMore(300);
        assertWhole(opened, writer);
        get(() -> opened.snapshots().save(Samples.snapshot(1, 3_000_000)));
        assertEquals(
                Optional.of(Samples.snapshot(1, 3_000_000)),
                get(() -> opened.snapshots().newest(1)));
        assertEquals(
                1,
                nodes.stream().filter(node -> !node.cli("dbsize").equals("0")).count());
    }

    private void useAll(Opened opened) {
        get(() -> opened.journal().append(Samples.entries(1, 50)));
        get(() -> opened.journal().append(Samples.entries(1, 50)));
        assertSame(Samples.entries(1, 50), all(opened));
        get(() -> opened.snapshots().save(Samples.snapshot(20)));
        get(() -> opened.snapshots().save(Samples.snapshot(30)));
        get(() -> opened.snapshots().save(Samples.snapshot(40)));
        assertEquals(
                Optional.of(Samples.snapshot(40)), get(() -> opened.snapshots().newest(50)));
        get(() -> opened.journal().trim(51));
        assertEquals(50, get(opened.journal()::size).lastSeq());
        get(() -> opened.journal().append(Samples.entries(51, 60)));
        get(() -> opened.journal().restartAt(100));
        get(() -> opened.journal().append(Samples.entries(100, 101)));
        await().during(QUICK.leaseRenewal().multipliedBy(2)).until(() -> true);
    }
}
