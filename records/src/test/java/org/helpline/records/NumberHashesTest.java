package org.helpline.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NumberHashesTest {
    private final NumberHashes hashes = new NumberHashes(key("a key of thirty-two bytes, at least"));

    /// HMAC-SHA-256 of "12125550100" under the key above, by openssl.
    @Test
    void isTheHashEveryoneComputes() {
        assertEquals(
                "aab5d51bfb36883632e52015d3696c6069b9668da33edf68b511fdb11421915f",
                hashes.of("12125550100").orElseThrow().hex());
    }

    @Test
    void notationsOfOneNumberAreOne() {
        assertEquals(hashes.of("12125550100"), hashes.of("+1 (212) 555-0100"));
        assertEquals(hashes.of("12125550100"), hashes.of("0012125550100"));
        assertEquals(hashes.of("alice"), hashes.of(" Alice "));
        assertEquals(Optional.empty(), hashes.of("  "));
    }

    @Test
    void anotherKeyKnowsNobody() {
        assertNotEquals(
                hashes.of("12125550100"),
                new NumberHashes(key("another key of thirty-two bytes or so")).of("12125550100"));
        assertThrows(IllegalArgumentException.class, () -> new NumberHashes(key("short")));
        assertEquals("NumberHashes[REDACTED]", hashes.toString());
    }

    @Test
    void anotherUseHasHashesOfItsOwn() {
        NumberHashes derived = hashes.derived("callers");
        assertNotEquals(hashes.of("12125550100"), derived.of("12125550100"));
        assertNotEquals(hashes.derived("other").of("12125550100"), derived.of("12125550100"));
        assertEquals(
                new NumberHashes(key("a key of thirty-two bytes, at least"))
                        .derived("callers")
                        .of("12125550100"),
                derived.of("+1 212 555 0100"));
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
