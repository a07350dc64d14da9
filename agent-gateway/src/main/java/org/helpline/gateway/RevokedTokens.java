package org.helpline.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Ids of tokens that were signed out before their time, kept until they would have expired anyway.
///
/// Bounded: when full, the id that expires first makes room, and every token that expires no later than it
/// becomes void. That signs a few people out early; the other way round a signed-out token would work again.
///
/// Thread-safe. [#revoke] with a file writes to disk: never call it on an event loop.
public final class RevokedTokens {
    public static final int DEFAULT_BOUND = 100_000;

    private final int bound;
    private final Map<String, Instant> expiryById = new HashMap<>();
    private final Optional<FileChannel> file;
    private Instant voidUntil = Instant.MIN;

    private RevokedTokens(int bound, Optional<FileChannel> file) {
        this.bound = bound;
        this.file = file;
    }

    /// Forgotten at the end of the process.
    public static RevokedTokens inMemory() {
        return new RevokedTokens(DEFAULT_BOUND, Optional.empty());
    }

    static RevokedTokens inMemory(int bound) {
        return new RevokedTokens(bound, Optional.empty());
    }

    /// Kept in a file of lines `EXPIRY ID`, made when absent, rewritten here without what has expired.
    public static RevokedTokens inFile(Path path, Instant now) throws IOException {
        StringBuilder kept = new StringBuilder();
        if (Files.exists(path)) {
            String text = Files.readString(path);
            // A line without its end was torn by a crash: its sign-out was never answered.
            text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> expiryOf(line).isAfter(now))
                    .forEach(line -> kept.append(line).append('\n'));
        }
        Path rewritten = path.resolveSibling(path.getFileName() + ".new");
        Files.writeString(rewritten, kept);
        Files.move(rewritten, path, StandardCopyOption.ATOMIC_MOVE);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        RevokedTokens tokens = new RevokedTokens(DEFAULT_BOUND, Optional.of(channel));
        kept.toString().lines().forEach(line -> tokens.remember(line.substring(line.indexOf(' ') + 1), expiryOf(line)));
        return tokens;
    }

    private static Instant expiryOf(String line) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(line.substring(0, Math.max(0, line.indexOf(' ')))));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the file of revoked tokens has a line that is not 'EXPIRY ID'", e);
        }
    }

    /// In force at once; on disk when this returns.
    void revoke(Tokens.Token token) {
        synchronized (this) {
            if (!remember(token.id(), token.expiresAt())) return;
        }
        file.ifPresent(channel -> append(channel, token.expiresAt().getEpochSecond() + " " + token.id() + "\n"));
    }

    synchronized boolean isRevoked(Tokens.Token token) {
        return !token.expiresAt().isAfter(voidUntil) || expiryById.containsKey(token.id());
    }

    synchronized void forgetExpired(Instant now) {
        expiryById.values().removeIf(expiry -> !expiry.isAfter(now));
    }

    private synchronized boolean remember(String id, Instant expiresAt) {
        if (expiryById.putIfAbsent(id, expiresAt) != null) return false;
        if (expiryById.size() > bound) {
            Map.Entry<String, Instant> first = expiryById.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .orElseThrow();
            voidUntil = first.getValue();
            expiryById.values().removeIf(expiry -> !expiry.isAfter(voidUntil));
        }
        return true;
    }

    private static void append(FileChannel channel, String line) {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        try {
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("a sign-out could not be written to disk", e);
        }
    }
}
