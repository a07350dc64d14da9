package org.helpline.store.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.helpline.store.Snapshots;
import org.helpline.store.redis.AppendPipeline.Fence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Snapshots, compressed, in one of three places each: two that are kept, and one that is written. A place can be read
/// when all of its chunks are there.
final class RedisSnapshots implements Snapshots {
    private static final Logger log = LoggerFactory.getLogger(RedisSnapshots.class);

    /// A chunk is one command, and keeps the server from others meanwhile.
    private static final int CHUNK_BYTES = 1024 * 1024;

    private static final List<String> PLACES = List.of("a", "b", "c");

    private final Context context;
    private final Keys keys;
    private final Fence fence;
    private final RedisLink link;

    /// What is at a place.
    ///
    /// @param order grows with each one saved
    private record Description(
            String place,
            long order,
            long seq,
            long epoch,
            Instant at,
            int version,
            int chunks,
            int bytes,
            String sha) {
        private static final int WORDS = 8;

        /// As `snapshot-publish.lua` keeps it, without the order.
        String words() {
            return String.join(
                    " ",
                    Long.toString(seq),
                    Long.toString(epoch),
                    at.toString(),
                    Integer.toString(version),
                    Integer.toString(chunks),
                    Integer.toString(bytes),
                    sha);
        }

        static Optional<Description> read(String place, byte[] written) {
            String[] words = new String(written, StandardCharsets.UTF_8).split(" ", -1);
            if (words.length != WORDS || !PLACES.contains(place)) return Optional.empty();
            try {
                return Optional.of(new Description(
                        place,
                        Long.parseLong(words[0]),
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Instant.parse(words[3]),
                        Integer.parseInt(words[4]),
                        Integer.parseInt(words[5]),
                        Integer.parseInt(words[6]),
                        words[7]));
            } catch (NumberFormatException | DateTimeException damaged) {
                return Optional.empty();
            }
        }
    }

    RedisSnapshots(Context context, Keys keys, Fence fence, RedisLink link) {
        this.context = context;
        this.keys = keys;
        this.fence = fence;
        this.link = link;
    }

    @Override
    public Future<Void> save(Snapshot snapshot) {
        return context.<byte[]>executeBlocking(() -> compressed(snapshot.body()), false)
                .compose(bytes -> known().compose(known -> {
                    String place = free(known);
                    int chunks = Math.max(1, (bytes.length + CHUNK_BYTES - 1) / CHUNK_BYTES);
                    Description description = new Description(
                            place,
                            0,
                            snapshot.seq(),
                            snapshot.epoch(),
                            snapshot.at(),
                            snapshot.version(),
                            chunks,
                            snapshot.body().length(),
                            sha(bytes));
                    return saveFrom(0, bytes, description);
                }));
    }

    /// One chunk at a time, so that a renewal of the lease never waits for more than one.
    private Future<Void> saveFrom(int chunk, byte[] bytes, Description description) {
        if (chunk == description.chunks()) return publish(description);
        int from = chunk * CHUNK_BYTES;
        List<byte[]> arguments = new ArrayList<>(fence.arguments());
        arguments.add(EntryFields.text(description.place()));
        arguments.add(EntryFields.number(chunk));
        arguments.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK_BYTES)));
        return link.run(
                        Script.SNAPSHOT_CHUNK,
                        List.of(keys.epoch(), keys.snapshots(), keys.snapshot(description.place())),
                        arguments)
                .compose(this::done)
                .compose(_ -> saveFrom(chunk + 1, bytes, description));
    }

    private Future<Void> publish(Description description) {
        List<String> touched = new ArrayList<>(List.of(keys.epoch(), keys.snapshots()));
        for (String place : PLACES) touched.add(keys.snapshot(place));
        List<byte[]> arguments = new ArrayList<>(fence.arguments());
        arguments.add(EntryFields.text(description.place()));
        arguments.add(EntryFields.text(description.words()));
        return link.run(Script.SNAPSHOT_PUBLISH, touched, arguments).compose(this::done);
    }

    /// Not one of the two newest.
    private static String free(List<Description> known) {
        List<String> kept = known.stream()
                .sorted(Comparator.comparingLong(Description::order).reversed())
                .limit(PLACES.size() - 1L)
                .map(Description::place)
                .toList();
        return PLACES.stream()
                .filter(place -> !kept.contains(place))
                .findFirst()
                .orElseThrow();
    }

    private Future<List<Description>> known() {
        return link.<Map<String, byte[]>>ask(commands -> commands.hgetall(keys.snapshots()))
                .map(all -> all.entrySet().stream()
                        .flatMap(each -> Description.read(each.getKey(), each.getValue()).stream())
                        .toList());
    }

    @Override
    public Future<Optional<Snapshot>> newest(long upTo) {
        return known().compose(known -> firstWhole(
                known.stream()
                        .filter(each -> each.seq() <= upTo)
                        .sorted(Comparator.comparingLong(Description::seq)
                                .thenComparingLong(Description::order)
                                .reversed())
                        .toList(),
                0));
    }

    private Future<Optional<Snapshot>> firstWhole(List<Description> candidates, int n) {
        if (n == candidates.size()) return Future.succeededFuture(Optional.empty());
        Description candidate = candidates.get(n);
        return read(candidate, 0, new ByteArrayOutputStream()).compose(body -> {
            if (body.isEmpty()) {
                log.warn("the snapshot behind entry {} cannot be read whole and is passed over", candidate.seq());
                return firstWhole(candidates, n + 1);
            }
            return Future.succeededFuture(Optional.of(
                    new Snapshot(candidate.seq(), candidate.epoch(), candidate.at(), candidate.version(), body.get())));
        });
    }

    private Future<Optional<Buffer>> read(Description description, int chunk, ByteArrayOutputStream read) {
        if (chunk == description.chunks()) {
            return context.executeBlocking(() -> uncompressed(read.toByteArray(), description), false);
        }
        return link.<byte[]>ask(commands -> commands.hget(keys.snapshot(description.place()), Integer.toString(chunk)))
                .compose(bytes -> {
                    if (bytes == null) return Future.succeededFuture(Optional.empty());
                    read.writeBytes(bytes);
                    return read(description, chunk + 1, read);
                });
    }

    private Future<Void> done(Answer answer) {
        return answer.is("FENCED")
                ? Future.failedFuture(RedisFailures.fenced(fence.epoch(), answer))
                : Future.succeededFuture();
    }

    private static byte[] compressed(Buffer body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length() / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body.getBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static Optional<Buffer> uncompressed(byte[] bytes, Description description) {
        if (!sha(bytes).equals(description.sha())) return Optional.empty();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] body = in.readNBytes(description.bytes());
            boolean whole = body.length == description.bytes() && in.read() < 0;
            return whole ? Optional.of(Buffer.buffer(body)) : Optional.empty();
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private static String sha(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
