package org.helpline.store.redis;

import io.lettuce.core.StreamMessage;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.store.Journal.Entry;

/// A journal entry as the fields of a stream's entry.
final class EntryFields {
    private EntryFields() {}

    /// Adds the six values that `append.lua` expects of an entry; returns how many bytes they have.
    static int write(Entry entry, List<byte[]> to) {
        byte[] contact = text(entry.contact().orElse(""));
        byte[] type = text(entry.type());
        byte[] body = entry.body().getBytes();
        to.add(number(entry.epoch()));
        to.add(text(entry.at().toString()));
        to.add(contact);
        to.add(type);
        to.add(number(entry.version()));
        to.add(body);
        return contact.length + type.length + body.length + 60;
    }

    /// Empty when it is none of ours, or not whole.
    static Optional<Entry> read(String domain, StreamMessage<String, byte[]> message) {
        Map<String, byte[]> fields = message.getBody();
        String id = message.getId();
        byte[] body = fields.get("body");
        String contact = text(fields.get("contact"));
        if (!id.endsWith("-0") || body == null) return Optional.empty();
        try {
            return Optional.of(new Entry(
                    domain,
                    Long.parseLong(text(fields.get("epoch"))),
                    Long.parseLong(id.substring(0, id.length() - 2)),
                    Instant.parse(text(fields.get("at"))),
                    contact.isEmpty() ? Optional.empty() : Optional.of(contact),
                    text(fields.get("type")),
                    Integer.parseInt(text(fields.get("version"))),
                    Buffer.buffer(body)));
        } catch (NumberFormatException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    static byte[] number(long value) {
        return text(Long.toString(value));
    }

    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] value) {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
