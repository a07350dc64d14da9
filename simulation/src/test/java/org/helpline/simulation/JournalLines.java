package org.helpline.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.store.Journal;

/// A journal in a file, one entry in each line.
final class JournalLines implements Journal, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final BufferedWriter out;

    JournalLines(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        for (Entry entry : batch) {
            try {
                out.write(line(entry));
                out.newLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Future.succeededFuture();
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public Future<List<Entry>> read(long fromSeq, int most) {
        return Future.failedFuture(onlyWritten());
    }

    @Override
    public Future<Void> trim(long beforeSeq) {
        return Future.failedFuture(onlyWritten());
    }

    @Override
    public Future<Void> restartAt(long nextSeq) {
        return Future.failedFuture(onlyWritten());
    }

    @Override
    public Future<Size> size() {
        return Future.failedFuture(onlyWritten());
    }

    private static RuntimeException onlyWritten() {
        return new UnsupportedOperationException("written here, read with entries()");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static String line(Entry entry) throws JsonProcessingException {
        ObjectNode line = JSON.createObjectNode();
        line.put("domain", entry.domain());
        line.put("epoch", entry.epoch());
        line.put("seq", entry.seq());
        line.put("at", entry.at().toString());
        entry.contact().ifPresent(contact -> line.put("contact", contact));
        line.put("type", entry.type());
        line.put("version", entry.version());
        line.set("body", JSON.readTree(entry.body().toString()));
        return JSON.writeValueAsString(line);
    }

    static List<Entry> entries(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(JournalLines::entry).toList();
        }
    }

    private static Entry entry(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            return new Entry(
                    line.get("domain").asText(),
                    line.get("epoch").asLong(),
                    line.get("seq").asLong(),
                    Instant.parse(line.get("at").asText()),
                    Optional.ofNullable(line.get("contact")).map(JsonNode::asText),
                    line.get("type").asText(),
                    line.get("version").asInt(),
                    Buffer.buffer(JSON.writeValueAsBytes(line.get("body"))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DomainEvent decode(JsonEventCodec codec, Entry entry) {
        return codec.decode(new EventCodec.Encoded(entry.type(), entry.version(), entry.body()));
    }
}
