package org.helpline.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// What a journal begins with.
///
/// @param name of the journal
/// @param epoch of its newest owner
/// @param seq of the last entry before the first one that is kept
/// @param crc the checksum of that entry
/// @param snapshot the newest that was saved, so that it can be missed
record Base(String name, long epoch, long seq, int crc, long snapshot) {

    static Base named(String name) {
        return new Base(name, 0, 0, 0, 0);
    }

    Base withEpoch(long next) {
        return new Base(name, next, seq, crc, snapshot);
    }

    Base at(long nextSeq, int nextCrc) {
        return new Base(name, epoch, nextSeq, nextCrc, snapshot);
    }

    Base withSnapshot(long newest) {
        return new Base(name, epoch, seq, crc, newest);
    }

    int checksum() {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES)
                .putLong(epoch)
                .putLong(seq)
                .putInt(crc)
                .putLong(snapshot)
                .flip());
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }
}
