package org.helpline.records;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.helpline.records.fold.NumberHash;

/// Turns callers' numbers into what records may keep: HMAC-SHA-256 under a key that is not in the database.
public final class NumberHashes {
    public static final int LEAST_KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /// @param key at least 32 bytes; with another key nobody is recognised again
    public NumberHashes(byte[] key) {
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the key of the records must have at least " + LEAST_KEY_BYTES + " bytes, but has " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// Hashes for another use, under a key made from this one: who sees both cannot tell that two of them
    /// are of one number.
    ///
    /// @param use a word of our own
    public NumberHashes derived(String use) {
        return new NumberHashes(mac(("helpline:" + use).getBytes(StandardCharsets.UTF_8)));
    }

    /// The same for every notation of a number: `+1 212 555-0100` and `0012125550100` are one. A name
    /// without a digit is taken as it is. Empty for an empty one.
    public Optional<NumberHash> of(String number) {
        String digits = number.chars()
                .filter(c -> c >= '0' && c <= '9')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (digits.startsWith("00")) digits = digits.substring(2);
        String hashed = digits.isEmpty() ? number.strip().toLowerCase(Locale.ROOT) : digits;
        if (hashed.isEmpty()) return Optional.empty();
        return Optional.of(new NumberHash(HexFormat.of().formatHex(mac(hashed.getBytes(StandardCharsets.UTF_8)))));
    }

    private byte[] mac(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "NumberHashes[REDACTED]";
    }
}
