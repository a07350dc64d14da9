package org.helpline.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// The epoch of the newest owner, as text with a checksum.
final class EpochFile {

    private EpochFile() {}

    /// @return 0 when there is none, or none that can be read
    static long read(Path file) throws IOException {
        if (Files.notExists(file)) return 0;
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        int space = text.indexOf(' ');
        if (space < 1) return 0;
        try {
            long epoch = Long.parseLong(text.substring(0, space));
            return text.equals(text(epoch)) ? epoch : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    static void write(Path file, long epoch) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        DataFolder.makePrivate(fresh);
        try (FileChannel channel =
                FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap((text(epoch) + "\n").getBytes(StandardCharsets.ISO_8859_1)));
            DataFolder.sync(channel);
        }
        DataFolder.move(fresh, file);
        DataFolder.sync(file.toAbsolutePath().getParent());
    }

    private static String text(long epoch) {
        CRC32C crc = new CRC32C();
        crc.update(Long.toString(epoch).getBytes(StandardCharsets.ISO_8859_1));
        return epoch + " " + Long.toHexString(crc.getValue());
    }
}
