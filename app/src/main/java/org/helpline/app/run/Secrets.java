package org.helpline.app.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.helpline.config.Configuration;
import org.helpline.gateway.OperatorKey;
import org.helpline.gateway.TokenKey;
import org.helpline.records.NumberHashes;

/// Secrets that a deployment makes for itself and keeps in its data folder, readable by its own user alone.
final class Secrets {
    private static final int KEY_BYTES = 48;
    private static final int LEAST_KEY_BYTES = 32;

    private Secrets() {}

    /// Signs tokens: the configured key, else the kept one, else a new one.
    static TokenKey tokenKey(Optional<String> configured, Path data) throws IOException {
        Path file = data.resolve("token.key");
        try {
            return TokenKey.of(key(configured, file));
        } catch (IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    /// Of callers' numbers in the records: by the configured key, else the kept one, else a new one.
    static NumberHashes numberHashes(Configuration configuration) throws StartFailure {
        try {
            return new NumberHashes(key(
                    configuration.records().numberKey(), configuration.data().resolve("records.key")));
        } catch (IOException e) {
            throw new StartFailure("cannot use the key of the records: " + e.getMessage(), e);
        }
    }

    /// Lets whoever may read it operate this Helpline from its own machine: the kept one, else a new one.
    static OperatorKey operatorKey(Path data) throws IOException {
        return new OperatorKey(Base64.getEncoder().encodeToString(key(Optional.empty(), data.resolve("operator.key"))));
    }

    private static byte[] key(Optional<String> configured, Path file) throws IOException {
        if (configured.isPresent()) return configured.get().getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            byte[] made = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(made);
            writePrivately(file, Base64.getEncoder().encodeToString(made));
        }
        try {
            byte[] kept = Base64.getDecoder().decode(Files.readString(file).strip());
            if (kept.length < LEAST_KEY_BYTES) throw new IllegalArgumentException("it has " + kept.length + " bytes");
            return kept;
        } catch (IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    private static IOException unusable(Path file, IllegalArgumentException why) {
        return new IOException(
                file + " holds no usable key (" + why.getMessage() + "); delete it to make a new one", why);
    }

    /// Replaces the file as a whole, so that a crash leaves the old or the new text, never half of one.
    static void writePrivately(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
