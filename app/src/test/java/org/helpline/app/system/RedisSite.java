package org.helpline.app.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.helpline.store.redis.RedisServer;
import org.helpline.store.redis.Relay;

/// A real Redis for one Helpline, behind a network that can be cut.
final class RedisSite implements AutoCloseable {
    private static final String JOURNAL = "{helpline:main}:journal";

    private RedisServer server = RedisServer.start();
    private final Relay network = new Relay(server.port());

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

    long lastSeq() {
        return seqs(server.cli("xrevrange", JOURNAL, "+", "-", "COUNT", "1")).getFirst();
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

    @Override
    public void close() {
        try {
            network.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.close();
    }
}
