package org.helpline.store.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.store.Journal;
import org.helpline.store.JournalFailure;
import org.helpline.store.redis.AppendPipeline.Fence;

/// The journal as a Redis stream: entry SEQ has the id SEQ-0.
final class RedisJournal implements Journal {
    private final String domain;
    private final String name;
    private final Keys keys;
    private final Fence fence;
    private final RedisLink link;
    private final AppendPipeline pipeline;

    RedisJournal(String domain, String name, Keys keys, Fence fence, RedisLink link, AppendPipeline pipeline) {
        this.domain = domain;
        this.name = name;
        this.keys = keys;
        this.fence = fence;
        this.link = link;
        this.pipeline = pipeline;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Void> append(List<Entry> batch) {
        return pipeline.append(batch);
    }

    @Override
    public Future<List<Entry>> read(long fromSeq, int most) {
        return messages(link, keys, fromSeq, most).map(messages -> {
            List<Entry> entries = new ArrayList<>(messages.size());
            for (StreamMessage<String, byte[]> message : messages) {
                Optional<Entry> entry = EntryFields.read(domain, message);
                if (entry.isEmpty()) throw new IllegalStateException("not an entry of ours: " + message.getId());
                entries.add(entry.get());
            }
            return entries;
        });
    }

    static Future<List<StreamMessage<String, byte[]>>> messages(RedisLink link, Keys keys, long fromSeq, int most) {
        Range<String> range = Range.from(Range.Boundary.including(fromSeq + "-0"), Range.Boundary.unbounded());
        return link.ask(commands -> commands.xrange(keys.journal(), range, Limit.from(most)));
    }

    @Override
    public Future<Void> trim(long beforeSeq) {
        return link.run(Script.TRIM, scriptKeys(), arguments(EntryFields.number(beforeSeq)))
                .compose(this::done);
    }

    @Override
    public Future<Void> restartAt(long nextSeq) {
        return link.run(Script.RESTART, scriptKeys(), arguments(EntryFields.number(nextSeq)))
                .compose(answer -> {
                    if (!answer.is("GAP")) return done(answer);
                    return Future.failedFuture(new JournalFailure(
                            JournalFailure.Kind.GAP,
                            "numbering cannot restart at " + nextSeq + ": " + answer.number(0) + " was given already"));
                })
                .onSuccess(_ -> pipeline.restartedBehind(nextSeq - 1));
    }

    @Override
    public Future<Size> size() {
        return extent(link, keys)
                .compose(extent -> link.ask(commands -> commands.memoryUsage(keys.journal()))
                        .map(bytes -> new Size(
                                extent.first(), extent.last(), bytes == null || extent.count() == 0 ? 0 : bytes)));
    }

    /// @param first seq of the oldest entry, one more than `last` when there is none
    /// @param last seq of the newest entry ever given
    /// @param count of entries that are there
    record Extent(long first, long last, long count) {
        boolean isWhole() {
            return count == last - first + 1;
        }
    }

    static Future<Extent> extent(RedisLink link, Keys keys) {
        return link.ask(commands -> commands.exists(keys.journal()))
                .compose(there -> there == 0
                        ? Future.succeededFuture(new Extent(1, 0, 0))
                        : link.ask(commands -> commands.xinfoStream(keys.journal()))
                                .map(RedisJournal::extent));
    }

    /// Names and values in turn, as every server version has them.
    private static Extent extent(List<Object> info) {
        long last = 0;
        long first = 0;
        long count = 0;
        for (int n = 0; n + 1 < info.size(); n += 2) {
            Object value = info.get(n + 1);
            switch (text(info.get(n))) {
                case "length" -> count = (Long) value;
                case "last-generated-id" -> last = seq(text(value));
                case "first-entry" -> first = value instanceof List<?> entry ? seq(text(entry.getFirst())) : 0;
                default -> {}
            }
        }
        return new Extent(count == 0 ? last + 1 : first, last, count);
    }

    private static long seq(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private List<String> scriptKeys() {
        return List.of(keys.journal(), keys.epoch());
    }

    private List<byte[]> arguments(byte[] last) {
        List<byte[]> arguments = new ArrayList<>(fence.arguments());
        arguments.add(last);
        return arguments;
    }

    private Future<Void> done(Answer answer) {
        return answer.is("FENCED")
                ? Future.failedFuture(RedisFailures.fenced(fence.epoch(), answer))
                : Future.succeededFuture();
    }
}
