package org.helpline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.store.redis.RedisAddress;
import org.helpline.store.redis.RedisSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where Redis is. Addresses themselves have a test in `store`.
class RedisSettingsTest {
    private static final String URL = "HELPLINE_REDIS_URL";
    private static final String AUTHORITY = "HELPLINE_REDIS_CA";

    @TempDir
    private Path temporary;

    private TestFolder folder;

    @BeforeEach
    void write() throws Exception {
        folder = TestFolder.minimal(temporary);
    }

    @Test
    void noneUnlessThereIsAnAddress() throws Exception {
        assertEquals(Optional.empty(), folder.configuration().redis());
        assertEquals(Optional.empty(), folder.configuration(Map.of(URL, " ")).redis());
    }

    @Test
    void addressAndAuthorityAreRead() throws Exception {
        Path authority = Files.writeString(temporary.resolve("ca.pem"), "");
        String address = "rediss://helpline:word@redis.example.org:6380/2";
        assertEquals(
                Optional.of(new RedisSettings(
                        RedisAddress.read(address), Optional.of(authority), RedisSettings.Limits.DEFAULT)),
                folder.configuration(Map.of(URL, address, AUTHORITY, authority.toString()))
                        .redis());
    }

    @Test
    void theAddressMayComeFromAFile() throws Exception {
        Path secret = Files.writeString(temporary.resolve("url"), "redis://localhost\n");
        assertEquals(
                Optional.of(RedisSettings.of(RedisAddress.read("redis://localhost"))),
                folder.configuration(Map.of(URL + "_FILE", secret.toString())).redis());
    }

    @Test
    void whatIsNoAddressIsToldWithoutThePassword() {
        List<String> told = folder.told(Map.of(URL, "redis://helpline:s3cret@host:99999/1"));
        assertEquals(
                List.of("environment: HELPLINE_REDIS_URL: must have a port from 1 to 65535, but has '99999'"), told);
    }

    @Test
    void anAuthorityIsForTlsAndMustBeThere() {
        Map<String, String> environment = Map.of(
                URL,
                "redis://:s3cret@127.0.0.1",
                AUTHORITY,
                temporary.resolve("url.pem").toString());
        assertEquals(
                "environment: HELPLINE_REDIS_CA: must name a file that can be read, but is 'url.pem'",
                folder.told(environment).getFirst());

        String told = folder.told(Map.of(
                        URL,
                        "redis://:s3cret@127.0.0.1",
                        AUTHORITY,
                        folder.file("agents.yaml").toString()))
                .getFirst();
        assertEquals(
                "environment: HELPLINE_REDIS_CA: has no use without TLS: HELPLINE_REDIS_URL must begin with rediss, but"
                        + " is redis://:[REDACTED]@127.0.0.1:6379",
                told);
    }

    @Test
    void neverPrinted() throws Exception {
        assertFalse(folder.configuration(Map.of(URL, "redis://helpline:s3cret@127.0.0.1"))
                .toString()
                .contains("s3cret"));
    }
}
