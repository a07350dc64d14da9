package org.helpline.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.helpline.store.redis.RedisAddress.Kind;
import org.helpline.store.redis.RedisAddress.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a Redis address is written.
class RedisAddressTest {

    @Test
    void oneServer() {
        assertEquals(
                new RedisAddress(
                        Kind.SERVER,
                        false,
                        List.of(new Node("redis.example.org", 6380)),
                        Optional.of("helpline"),
                        Optional.of("p:w@#/%"),
                        3,
                        Optional.empty()),
                RedisAddress.read("redis://helpline:p:w%40%23%2F%25@redis.example.org:6380/3"));
    }

    @Test
    void theLeastThatIsNeeded() {
        assertEquals(
                new RedisAddress(
                        Kind.SERVER,
                        true,
                        List.of(new Node("::1", 6379)),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty()),
                RedisAddress.read("rediss://[::1]"));
    }

    @Test
    void sentinels() {
        assertEquals(
                new RedisAddress(
                        Kind.SENTINEL,
                        true,
                        List.of(new Node("s1", 26379), new Node("s2", 5000)),
                        Optional.empty(),
                        Optional.of("word"),
                        1,
                        Optional.of("helpline")),
                RedisAddress.read("rediss-sentinel://:word@s1,s2:5000/1#helpline"));
    }

    @Test
    void aCluster() {
        assertEquals(
                List.of(new Node("10.0.0.1", 7000), new Node("10.0.0.2", 6379)),
                RedisAddress.read("redis-cluster://u:p@10.0.0.1:7000,10.0.0.2/").nodes());
    }

    @Test
    void neverShowsItsPassword() {
        RedisAddress address = RedisAddress.read("redis-sentinel://helpline:s3cret@s1:1,[::2]:2/4#m");
        assertEquals("redis-sentinel://helpline:[REDACTED]@s1:1,[::2]:2/4#m", address.toString());
        assertFalse(RedisSettings.of(address).toString().contains("s3cret"));
    }

    @Test
    void knowsWhoMayListenIn() {
        assertFalse(RedisAddress.read("redis-cluster://127.0.0.1,10.0.0.1").isLoopback());
        assertTrue(RedisAddress.read("redis-cluster://127.0.0.1,localhost").isLoopback());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://host                       | must be redis://USER:PASSWORD@HOST:PORT/DATABASE
            redis://                          | must be redis://USER:PASSWORD@HOST:PORT/DATABASE
            redis://s3cret@host               | must give USER:PASSWORD, or :PASSWORD for the default user, before the @
            redis://u:s3%cret@host            | must write a % in user or password as %25
            redis://u:s3cret@host:99999       | must have a port from 1 to 65535, but has '99999'
            redis://u:s3cret@host:            | must have a port from 1 to 65535, but has ''
            redis://u:s3cret@ho st            | must name hosts as HOST:PORT, but has 'ho st'
            redis://u:s3cret@host/x           | must have a database from 0 to 1023, but has 'x'
            redis://u:s3cret@a,b              | must name one server, but names 2
            redis://u:s3cret@a#m              | must end before the #, which only redis-sentinel:// has
            redis-sentinel://u:s3cret@a       | must end in #MASTER
            redis-cluster://u:s3cret@a/1      | must name no database, because a cluster has only one, but has '/1'
            """)
    void refusesWhatItCannotBe(String written, String why) {
        String told = assertThrows(IllegalArgumentException.class, () -> RedisAddress.read(written))
                .getMessage();
        assertTrue(told.startsWith(why), told);
        assertFalse(told.contains("s3cret"), told);
    }

    @Test
    void anAuthorityNeedsTls() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RedisSettings(
                        RedisAddress.read("redis://host"),
                        Optional.of(Path.of("ca.pem")),
                        RedisSettings.Limits.DEFAULT));
    }
}
