package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.helpline.store.redis.RedisServer;
import org.helpline.store.redis.Relay;

/// A real Redis for one Helpline, behind a network that can be cut.
final class RedisSite implements AutoCloseable {
    private static final String JOURNAL = "{helpline:main}:journal";

    private RedisServer server = RedisServer.start();
    private final Relay network = new Relay(server.port());
    private Optional<Replica> replica = Optional.empty();

    String url() {
        return "redis://127.0.0.1:" + network.port();
    }

    /// The one that serves.
    RedisServer server() {
        return server;
    }

    Relay network() {
        return network;
    }

    String name() {
        return server.cli("get", "{helpline:main}:name");
    }

    /// Epoch and name of the newest owner.
    String owner() {
        return server.cli("get", "{helpline:main}:epoch");
    }

    boolean leased() {
        return server.cli("exists", "{helpline:main}:lease").equals("1");
    }

    /// All that is in it, as text.
    String journal() {
        return server.cli("xrange", JOURNAL, "-", "+");
    }

    /// The keys of what is remembered of callers.
    String callers() {
        return server.cli("keys", "{helpline:main}:language:*") + server.cli("keys", "{helpline:main}:contacts:*");
    }

    /// Of the newest entry; 0 without any.
    long lastSeq() {
        return lastSeq(server);
    }

    static long lastSeq(RedisServer server) {
        List<Long> newest = seqs(server.cli("xrevrange", JOURNAL, "+", "-", "COUNT", "1"));
        return newest.isEmpty() ? 0 : newest.getFirst();
    }

    /// Every number once, from the first entry that is kept to the last.
    void journalIsWhole() {
        List<Long> seqs = seqs(server.cli("xrange", JOURNAL, "-", "+"));
        assertFalse(seqs.isEmpty());
        for (int n = 0; n < seqs.size(); n++) assertEquals(seqs.getFirst() + n, seqs.get(n));
    }

    private static List<Long> seqs(String answer) {
        return answer.lines()
                .filter(line -> line.matches("[0-9]{1,12}-0"))
                .map(id -> Long.parseLong(id.substring(0, id.length() - 2)))
                .toList();
    }

    /// What is in the way between a server and its replica can be made to swallow what it carries.
    record Replica(RedisServer server, Relay link) {}

    /// Gives the server a replica that has all it has.
    Replica replicate() {
        Replica made = new Replica(RedisServer.start(), new Relay(server.port()));
        replica = Optional.of(made);
        made.server().cli("replicaof", "127.0.0.1", Integer.toString(made.link().port()));
        until("the replica has it all", () -> lastSeq(made.server()) == lastSeq());
        return made;
    }

    /// The server dies, and its replica serves in its place with what it has.
    void failOver() {
        Replica next = replica.orElseThrow();
        server.close();
        next.server().cli("replicaof", "no", "one");
        network.leadTo(next.server().port());
        server = next.server();
        replica = Optional.empty();
        close(next.link());
    }

    private static void close(Relay relay) {
        try {
            relay.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        close(network);
        replica.ifPresent(left -> {
            close(left.link());
            left.server().close();
        });
        server.close();
    }
}
