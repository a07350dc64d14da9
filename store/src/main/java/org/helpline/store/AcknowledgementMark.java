package org.helpline.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The highest number that a journal has acknowledged, in a small file beside it: how a start finds out what a damaged
/// journal, or a promoted replica, has lost. It is given to the kernel and never synced: it outlives the process, and
/// is only older, never newer, than the truth when the machine ends.
///
/// Two slots are written in turn, each with a checksum: a torn write costs one acknowledgement.
///
/// Threading: by one thread at a time.
public final class AcknowledgementMark implements AutoCloseable {
    private static final long MAGIC = 0x48_4c_4d_41_52_4b_30_31L; // HLMARK01
    private static final int SLOT_BYTES = 128;
    private static final int NAME_BYTES = SLOT_BYTES - 3 * Long.BYTES - 2 * Integer.BYTES;

    private final FileChannel file;
    private final Optional<String> damage;
    private Optional<Mark> newest = Optional.empty();
    private long generation;

    /// @param journal its name
    /// @param seq of the entry
    public record Mark(String journal, long seq) {}

    /// Opens the file, and makes it where it is missing. One that cannot be read counts as missing, and says so.
    public AcknowledgementMark(Path path) throws IOException {
        boolean made = Files.notExists(path);
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        damage = damage(path, made ? 0 : readSlots());
    }

    private AcknowledgementMark(FileChannel file, Path path) throws IOException {
        this.file = file;
        damage = damage(path, readSlots());
    }

    /// Opens the file to read it alone; empty where it is missing.
    public static Optional<AcknowledgementMark> look(Path path) throws IOException {
        return Files.notExists(path)
                ? Optional.empty()
                : Optional.of(new AcknowledgementMark(FileChannel.open(path, StandardOpenOption.READ), path));
    }

    private static Optional<String> damage(Path path, int unreadable) {
        return unreadable == 0
                ? Optional.empty()
                : Optional.of(path.getFileName() + ": " + unreadable + " of its 2 places cannot be read");
    }

    public Optional<Mark> newest() {
        return newest;
    }

    /// What was found wrong with the file when it was opened.
    public Optional<String> damage() {
        return damage;
    }

    public void write(Mark mark) throws IOException {
        byte[] name = mark.journal().getBytes(StandardCharsets.UTF_8);
        if (name.length > NAME_BYTES) throw new IllegalArgumentException("journal name too long: " + mark.journal());
        generation++;
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
        slot.putLong(MAGIC).putLong(generation).putLong(mark.seq()).putInt(name.length);
        slot.put(name);
        slot.putInt(SLOT_BYTES - Integer.BYTES, checksum(slot));
        slot.rewind();
        long at = (generation % 2) * SLOT_BYTES;
        while (slot.hasRemaining()) at += file.write(slot, at);
        newest = Optional.of(mark);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// @return how many of the slots cannot be read
    private int readSlots() throws IOException {
        int unreadable = 0;
        for (int n = 0; n < 2; n++) {
            ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
            long at = (long) n * SLOT_BYTES;
            while (slot.hasRemaining()) {
                int read = file.read(slot, at + slot.position());
                if (read < 0) break;
            }
            if (isUnused(slot, n)) continue;
            if (!isSound(slot)) {
                unreadable++;
                continue;
            }
            long of = slot.getLong(Long.BYTES);
            if (of <= generation) continue;
            generation = of;
            byte[] name = new byte[slot.getInt(3 * Long.BYTES)];
            slot.get(3 * Long.BYTES + Integer.BYTES, name);
            newest = Optional.of(new Mark(new String(name, StandardCharsets.UTF_8), slot.getLong(2 * Long.BYTES)));
        }
        return unreadable;
    }

    /// The second is written first, so the first may be a hole, as long as there is nothing behind the second.
    private boolean isUnused(ByteBuffer slot, int n) {
        if (n != 0 || slot.position() < SLOT_BYTES) return false;
        for (int at = 0; at < SLOT_BYTES; at++) if (slot.get(at) != 0) return false;
        return true;
    }

    private static boolean isSound(ByteBuffer slot) {
        if (slot.position() < SLOT_BYTES || slot.getLong(0) != MAGIC) return false;
        int length = slot.getInt(3 * Long.BYTES);
        return length >= 0 && length <= NAME_BYTES && slot.getInt(SLOT_BYTES - Integer.BYTES) == checksum(slot);
    }

    private static int checksum(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.slice(0, SLOT_BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }
}
