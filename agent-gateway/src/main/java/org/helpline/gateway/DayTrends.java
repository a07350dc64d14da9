package org.helpline.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.helpline.gateway.ServiceLevelVariant.Counts;
import org.helpline.router.HelplineId;
import org.helpline.router.QueueId;

/// The day in quarters of an hour, for each queue. At most a hundred quarters: the day of a clock that was put back has
/// that many.
final class DayTrends {
    static final Duration QUARTER = Duration.ofMinutes(15);

    private final ServiceLevelVariant variant;
    private final TreeMap<Key, Bucket> buckets = new TreeMap<>();
    private long version;

    private record Key(Instant from, HelplineId helpline, QueueId queue) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = from.compareTo(other.from);
            if (order == 0) order = helpline.compareTo(other.helpline);
            return order == 0 ? queue.compareTo(other.queue) : order;
        }
    }

    /// @param version when it changed last
    private record Bucket(Tally tally, long version) {}

    /// What happened to contacts in some time.
    ///
    /// @param handled ended with an agent, or handed on by one to a number
    record Tally(long offered, long handled, long abandoned, Counts counts) {
        static final Tally NONE = new Tally(0, 0, 0, Counts.NONE);

        Tally plusOffered() {
            return new Tally(offered + 1, handled, abandoned, counts);
        }

        Tally plusHandled() {
            return new Tally(offered, handled + 1, abandoned, counts);
        }

        Tally plusAbandoned(Counts newest) {
            return new Tally(offered, handled, abandoned + 1, newest);
        }

        Tally with(Counts newest) {
            return new Tally(offered, handled, abandoned, newest);
        }
    }

    interface Change {
        Tally of(Tally before);
    }

    DayTrends(ServiceLevelVariant variant) {
        this.variant = variant;
    }

    void count(Instant at, HelplineId helpline, QueueId queue, Change change) {
        version++;
        long quarter = QUARTER.toSeconds();
        Instant from = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), quarter) * quarter);
        buckets.compute(
                new Key(from, helpline, queue),
                (_, before) -> new Bucket(change.of(before == null ? Tally.NONE : before.tally), version));
    }

    void clear() {
        buckets.clear();
        version++;
    }

    /// Grows with each change.
    long version() {
        return version;
    }

    /// What has changed since, oldest first; everything since version -1.
    JsonArray since(long seen) {
        JsonArray json = new JsonArray();
        buckets.forEach((key, bucket) -> {
            if (bucket.version > seen) json.add(json(key, bucket.tally));
        });
        return json;
    }

    private JsonObject json(Key key, Tally tally) {
        OptionalDouble level = variant.of(tally.counts);
        return new JsonObject()
                .put("from", key.from.toString())
                .put("helpline", key.helpline.value())
                .put("queue", key.queue.value())
                .put("offered", tally.offered)
                .put("handled", tally.handled)
                .put("abandoned", tally.abandoned)
                .put("serviceLevel", level.isPresent() ? LiveMetrics.rounded(level.getAsDouble()) : null);
    }
}
