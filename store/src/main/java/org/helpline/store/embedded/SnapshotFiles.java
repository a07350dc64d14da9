package org.helpline.store.embedded;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.helpline.store.Snapshots.Snapshot;

/// Snapshots as files, `snapshots/SEQ.snapshot`: a head with a checksum over everything, and the compressed body. A
/// file is written under another name, synced, and renamed.
final class SnapshotFiles {
    static final int KEPT = 2;

    private static final String ENDING = ".snapshot";
    private static final String UNFINISHED = ".unfinished";
    private static final long MAGIC = 0x48_4c_53_4e_41_50_30_31L; // HLSNAP01
    private static final int HEAD_BYTES = 6 * Long.BYTES + 3 * Integer.BYTES;

    private final Path folder;

    SnapshotFiles(Path folder) {
        this.folder = folder;
    }

    /// Clears away what was not finished, and sets aside what cannot be read: for the only one who writes here.
    ///
    /// @return one line for each file that cannot be read
    List<String> setDamagedAside(Instant at) throws IOException {
        List<String> told = new ArrayList<>();
        for (Path file : DataFolder.files(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(UNFINISHED)) Files.delete(file);
            if (!name.endsWith(ENDING) || name.startsWith("damaged-")) continue;
            try {
                read(file);
            } catch (Damage | IOException e) {
                String aside = DataFolder.setAside(file, at);
                told.add("snapshots/" + name + " cannot be read (" + e.getMessage() + "); set aside as snapshots/"
                        + aside);
            }
        }
        return told;
    }

    /// @return one line for each file that cannot be read
    List<String> damaged() throws IOException {
        List<String> told = new ArrayList<>();
        for (long seq : places()) {
            try {
                read(file(seq));
            } catch (Damage | IOException e) {
                told.add("snapshots/" + file(seq).getFileName() + " cannot be read (" + e.getMessage() + ")");
            }
        }
        return told;
    }

    /// Places in the journal that have a file, the newest first.
    List<Long> places() throws IOException {
        List<Long> found = new ArrayList<>();
        for (Path file : DataFolder.files(folder)) seq(file).ifPresent(found::addFirst);
        return found;
    }

    void save(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new FastGzip(packed)) {
            gzip.write(snapshot.body().getBytes());
        }
        ByteBuffer body = ByteBuffer.wrap(packed.toByteArray());
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        head.putLong(MAGIC).putLong(snapshot.seq()).putLong(snapshot.epoch());
        Instant at = snapshot.at();
        head.putLong(at.getEpochSecond()).putInt(at.getNano());
        head.putInt(snapshot.version()).putLong(snapshot.body().length()).putLong(body.remaining());
        head.putInt(checksum(head.duplicate().flip(), body.duplicate())).flip();

        Path file = folder.resolve(String.format("%020d%s", snapshot.seq(), ENDING));
        Path unfinished = folder.resolve(file.getFileName() + UNFINISHED);
        DataFolder.makePrivate(unfinished);
        try (FileChannel channel =
                FileChannel.open(unfinished, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (head.hasRemaining()) channel.write(head);
            while (body.hasRemaining()) channel.write(body);
            DataFolder.sync(channel);
        }
        DataFolder.move(unfinished, file);
        DataFolder.sync(folder);
        for (long seq : places().stream().skip(KEPT).toList()) Files.deleteIfExists(file(seq));
    }

    Optional<Snapshot> newest(long upTo) throws IOException {
        for (long seq : places()) {
            if (seq > upTo) continue;
            try {
                return Optional.of(read(file(seq)));
            } catch (Damage | IOException _) {
                // As if it had not been saved: the one before it is taken.
            }
        }
        return Optional.empty();
    }

    Path file(long seq) {
        return folder.resolve(String.format("%020d%s", seq, ENDING));
    }

    private static OptionalLong seq(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches("\\d{20}" + ENDING)) return OptionalLong.empty();
        try {
            return OptionalLong.of(Long.parseLong(name.substring(0, 20)));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    static Snapshot read(Path file) throws IOException, Damage {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        if (all.remaining() < HEAD_BYTES || all.getLong() != MAGIC) throw new Damage("it does not begin as one");
        long seq = all.getLong();
        long epoch = all.getLong();
        long second = all.getLong();
        int nano = all.getInt();
        int version = all.getInt();
        long length = all.getLong();
        long packed = all.getLong();
        int crc = all.getInt();
        if (packed != all.remaining()) {
            throw new Damage("it has " + all.remaining() + " bytes of " + packed);
        }
        if (crc != checksum(all.duplicate().flip().limit(HEAD_BYTES - Integer.BYTES), all.duplicate())) {
            throw new Damage("wrong checksum");
        }
        if (!seq(file).equals(OptionalLong.of(seq))) throw new Damage("it is the one of " + seq);
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(all.array(), all.position(), all.remaining()))) {
            Buffer body = Buffer.buffer(gzip.readAllBytes());
            if (body.length() != length) throw new Damage("it unpacks to " + body.length() + " bytes of " + length);
            return new Snapshot(seq, epoch, Instant.ofEpochSecond(second, nano), version, body);
        } catch (DateTimeException | ArithmeticException e) {
            throw new Damage(e);
        }
    }

    private static int checksum(ByteBuffer head, ByteBuffer body) {
        CRC32C crc = new CRC32C();
        crc.update(head);
        crc.update(body);
        return (int) crc.getValue();
    }

    private static final class FastGzip extends GZIPOutputStream {
        private FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
