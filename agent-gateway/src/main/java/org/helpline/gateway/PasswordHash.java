package org.helpline.gateway;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as PBKDF2-HMAC-SHA256, written `pbkdf2-sha256$ITERATIONS$SALT$HASH` with base64 without
/// padding. Making and checking take a noticeable part of a second on purpose: never on an event loop.
public final class PasswordHash {
    /// What OWASP asks of PBKDF2-HMAC-SHA256.
    public static final int DEFAULT_ITERATIONS = 600_000;

    private static final String SCHEME = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LEAST_ITERATIONS = 1_000;
    private static final int MOST_ITERATIONS = 10_000_000;

    /// Matches no password that anybody could find.
    static final String NOBODYS = SCHEME + "$" + DEFAULT_ITERATIONS + "$" + "A".repeat(22) + "$" + "A".repeat(43);

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    public static PasswordHash make(String password, SecureRandom random) {
        return make(password, DEFAULT_ITERATIONS, random);
    }

    public static PasswordHash make(String password, int iterations, SecureRandom random) {
        checkIterations(iterations);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, iterations, salt));
    }

    /// Reads the written form. Throws [IllegalArgumentException] that says what is wrong, without the hash in
    /// it.
    public static PasswordHash parse(String written) {
        String[] parts = written.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("a password hash must look like " + SCHEME + "$ITERATIONS$SALT$HASH");
        }
        try {
            int iterations = Integer.parseInt(parts[1]);
            checkIterations(iterations);
            byte[] salt = Base64.getDecoder().decode(parts[2]);
            byte[] hash = Base64.getDecoder().decode(parts[3]);
            if (salt.length < 8 || hash.length != HASH_BYTES) {
                throw new IllegalArgumentException("a password hash needs a salt of at least 8 bytes and a hash of "
                        + HASH_BYTES + ", but has " + salt.length + " and " + hash.length);
            }
            return new PasswordHash(iterations, salt, hash);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the iterations of a password hash must be a number", e);
        }
    }

    /// Takes the same time whatever the password is.
    public boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, iterations, salt));
    }

    public String written() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return SCHEME + "$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    @Override
    public String toString() {
        return "PasswordHash[REDACTED]";
    }

    private static void checkIterations(int iterations) {
        if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException("the iterations of a password hash must be between " + LEAST_ITERATIONS
                    + " and " + MOST_ITERATIONS + ", but are " + iterations);
        }
    }

    private static byte[] derive(String password, int iterations, byte[] salt) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
