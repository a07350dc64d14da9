package org.helpline.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.helpline.store.Journal.Entry;

/// An entry as it is kept: with a checksum over all its fields and over the checksum of the entry before it, so that
/// neither a field nor a place can change unseen.
///
/// @param before the checksum of the entry before it; that of the base for the first
/// @param crc its own
record Row(Entry entry, int before, int crc) {

    static Row after(int before, Entry entry) {
        return new Row(entry, before, checksum(before, entry));
    }

    boolean isSound() {
        return crc == checksum(before, entry);
    }

    private static int checksum(int before, Entry entry) {
        byte[] domain = entry.domain().getBytes(StandardCharsets.UTF_8);
        byte[] contact = entry.contact().orElse("").getBytes(StandardCharsets.UTF_8);
        byte[] type = entry.type().getBytes(StandardCharsets.UTF_8);
        byte[] body = entry.body().getBytes();
        ByteBuffer head = ByteBuffer.allocate(9 * Integer.BYTES + 3 * Long.BYTES);
        head.putInt(before).putLong(entry.epoch()).putLong(entry.seq());
        Instant at = entry.at();
        head.putLong(at.getEpochSecond()).putInt(at.getNano());
        head.putInt(entry.version()).putInt(entry.contact().isPresent() ? 1 : 0);
        head.putInt(domain.length).putInt(contact.length).putInt(type.length).putInt(body.length);
        CRC32C crc = new CRC32C();
        crc.update(head.flip());
        crc.update(domain);
        crc.update(contact);
        crc.update(type);
        crc.update(body);
        return (int) crc.getValue();
    }
}
