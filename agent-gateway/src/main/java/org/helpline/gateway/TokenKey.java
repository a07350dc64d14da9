package org.helpline.gateway;

/// The secret that signs tokens. Whoever has it can sign in as anyone, so it prints as `[REDACTED]`.
public final class TokenKey {
    /// HS256 must not have a key shorter than its hash (RFC 7518, 3.2).
    public static final int LEAST_BYTES = 32;

    private final byte[] bytes;

    private TokenKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static TokenKey of(byte[] bytes) {
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "the token key must have at least " + LEAST_BYTES + " bytes, but has " + bytes.length);
        }
        return new TokenKey(bytes.clone());
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "TokenKey[REDACTED]";
    }
}
