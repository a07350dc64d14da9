package org.helpline.store.redis;

import io.lettuce.core.StreamMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.helpline.store.AcknowledgementMark;
import org.helpline.store.AcknowledgementMark.Mark;
import org.helpline.store.DomainStore;
import org.helpline.store.JournalFailure;
import org.helpline.store.Lease;
import org.helpline.store.ReadOnly;
import org.helpline.store.redis.AppendPipeline.Fence;
import org.helpline.store.redis.RedisJournal.Extent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A domain's journal, snapshots and lease in a Redis server, a Sentinel set-up or a cluster. Every script that writes
/// checks the fence first: the epoch and the name of the newest owner.
///
/// The highest acknowledged number is kept here as well, in a file: a server that was restarted or promoted may have
/// lost what it had acknowledged, and then somebody has to know.
public final class RedisStore implements DomainStore {
    private static final Logger log = LoggerFactory.getLogger(RedisStore.class);
    private static final String MARK_FILE = "journal.mark";
    private static final int PAGE = 1_000;

    private final Vertx vertx;
    private final RedisSettings settings;
    private final String domain;
    private final Keys keys;
    private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final Path data;
    private final RedisLease lease;
    private Optional<MarkWriter> mark = Optional.empty();
    private Optional<Connections> connections = Optional.empty();
    private boolean closed;

    /// @param context on which everything happens: that of the first who asked
    /// @param appends carries these alone, so that nothing delays them
    /// @param others carries the rest, never much of it at once
    private record Connections(Context context, RedisServers servers, RedisLink appends, RedisLink others) {}

    /// The connections are made when the first thing is asked.
    ///
    /// @param data folder of this Helpline; it is made when it is missing
    public RedisStore(Vertx vertx, RedisSettings settings, String domain, Path data) {
        this.vertx = vertx;
        this.settings = settings;
        this.domain = domain;
        keys = Keys.of(domain);
        this.data = data;
        lease = new RedisLease(() -> connections().others(), settings.limits(), keys, owner);
        if (!settings.address().tls() && !settings.address().isLoopback()) {
            log.warn("Redis is on another machine and spoken to without TLS: {}", settings.address());
        }
    }

    private Connections connections() {
        if (connections.isEmpty()) {
            Context context = vertx.getOrCreateContext();
            RedisServers servers = new RedisServers(settings);
            Duration answer = settings.limits().answer();
            connections = Optional.of(new Connections(
                    context,
                    servers,
                    new RedisLink(context, servers, answer, "journal"),
                    new RedisLink(context, servers, answer, "lease and snapshots")));
            if (closed) {
                connections.get().appends().close();
                connections.get().others().close();
            }
        }
        return connections.get();
    }

    @Override
    public Lease lease() {
        return lease;
    }

    @Override
    public Future<Opened> open(long epoch) {
        Connections to = connections();
        Fence fence = new Fence(epoch, owner);
        List<byte[]> arguments = new ArrayList<>(fence.arguments());
        arguments.add(EntryFields.text("redis-" + UUID.randomUUID()));
        Duration within = settings.limits().answer();
        return to.others()
                .whenUp(within)
                .compose(_ -> to.appends().whenUp(within))
                .compose(_ -> to.others().run(Script.OPEN, List.of(keys.epoch(), keys.name()), arguments))
                .compose(answer -> {
                    if (answer.is("FENCED")) return Future.failedFuture(RedisFailures.fenced(epoch, answer));
                    List<String> told = new ArrayList<>();
                    return lookAtServer(to.others())
                            .compose(_ -> cutDamage(to.others(), fence, told))
                            .compose(last -> openMark(to.context(), told)
                                    .map(known -> opened(to, answer.text(0), fence, last, known, told)));
                });
    }

    @Override
    public Future<Opened> look() {
        Connections to = connections();
        List<String> told = new ArrayList<>();
        // The mark first: an owner that is at work goes on meanwhile, and what it adds is not missing.
        return lookAtMark(to.context(), told)
                .compose(known -> to.others()
                        .whenUp(settings.limits().answer())
                        .compose(_ -> to.others().<byte[]>ask(commands -> commands.get(keys.name())))
                        .compose(name ->
                                soundThrough(to.others(), told).map(last -> looked(to, name, last, known, told))));
    }

    private Future<Long> soundThrough(RedisLink others, List<String> told) {
        return RedisJournal.extent(others, keys)
                .compose(extent -> extent.count() == 0
                        ? Future.succeededFuture(extent.last())
                        : goodThrough(others, extent.first(), extent)
                                .onSuccess(good -> tellDamage(good, extent, told)));
    }

    private static void tellDamage(long good, Extent extent, List<String> told) {
        if (good != extent.last()) {
            told.add("the journal in Redis is damaged behind entry " + good + ", up to entry " + extent.last());
        }
    }

    private Future<Optional<Mark>> lookAtMark(Context context, List<String> told) {
        return context.executeBlocking(() -> {
            Optional<AcknowledgementMark> file = AcknowledgementMark.look(data.resolve(MARK_FILE));
            if (file.isEmpty()) return Optional.empty();
            try (AcknowledgementMark known = file.get()) {
                known.damage().ifPresent(told::add);
                return known.newest();
            }
        });
    }

    private Opened looked(Connections to, byte[] written, long last, Optional<Mark> known, List<String> told) {
        String name = written == null ? "" : new String(written, StandardCharsets.UTF_8);
        long acknowledged = Math.max(last, lostSince(name, last, known, told));
        Fence nobody = new Fence(0, owner);
        AppendPipeline unused =
                new AppendPipeline(to.context(), to.appends(), settings.limits(), keys, nobody, last, _ -> {}, _ -> {});
        return ReadOnly.of(new Opened(
                new RedisJournal(domain, name, keys, nobody, to.others(), unused),
                new RedisSnapshots(to.context(), keys, nobody, to.others()),
                new Findings(last, acknowledged, told)));
    }

    /// The mark as it was left. Without one that can be read or written everything goes on: only a loss stays unknown.
    private Future<Optional<Mark>> openMark(Context context, List<String> told) {
        return context.executeBlocking(() ->
                        new AcknowledgementMark(Files.createDirectories(data).resolve(MARK_FILE)))
                .map(file -> {
                    file.damage().ifPresent(told::add);
                    mark.ifPresent(MarkWriter::close);
                    mark = Optional.of(new MarkWriter(file));
                    return file.newest();
                })
                .recover(failure -> {
                    told.add(MARK_FILE + " cannot be opened: " + failure.getMessage());
                    return Future.succeededFuture(Optional.empty());
                });
    }

    private Opened opened(
            Connections to, String name, Fence fence, long last, Optional<Mark> known, List<String> told) {
        long acknowledged = Math.max(last, lostSince(name, last, known, told));
        AppendPipeline pipeline = new AppendPipeline(
                to.context(),
                to.appends(),
                settings.limits(),
                keys,
                fence,
                last,
                lease::lose,
                seq -> mark.ifPresent(file -> file.write(new Mark(name, seq))));
        return new Opened(
                new RedisJournal(domain, name, keys, fence, to.others(), pipeline),
                new RedisSnapshots(to.context(), keys, fence, to.others()),
                new Findings(last, acknowledged, told));
    }

    /// What the mark says was acknowledged once; 0 when it knows nothing of this domain.
    private static long lostSince(String name, long last, Optional<Mark> known, List<String> told) {
        if (known.isEmpty()) return 0;
        Mark acknowledged = known.get();
        boolean sameJournal = acknowledged.journal().equals(name);
        if (sameJournal && acknowledged.seq() <= last) return 0;
        told.add(
                sameJournal
                        ? "entries " + (last + 1) + " to " + acknowledged.seq()
                                + " were acknowledged, and Redis has lost them"
                        : "Redis does not know the journal " + acknowledged.journal() + ", of which "
                                + acknowledged.seq() + " entries were acknowledged; it has " + name + " instead, with "
                                + last);
        return acknowledged.seq();
    }

    /// A journal whose entries were removed, or that somebody else wrote into, is good up to there.
    private Future<Long> cutDamage(RedisLink others, Fence fence, List<String> told) {
        return RedisJournal.extent(others, keys).compose(extent -> {
            if (extent.count() == 0) return Future.succeededFuture(extent.last());
            return goodThrough(others, extent.first(), extent).compose(good -> {
                if (good == extent.last()) return Future.succeededFuture(good);
                told.add("the journal in Redis is damaged behind entry " + good + ": what follows, up to entry "
                        + extent.last() + ", is dropped");
                return cut(others, fence, good);
            });
        });
    }

    private Future<Long> goodThrough(RedisLink others, long from, Extent extent) {
        return RedisJournal.messages(others, keys, from, PAGE).compose(page -> {
            long good = from - 1;
            for (StreamMessage<String, byte[]> message : page) {
                if (EntryFields.read(domain, message).isEmpty()
                        || !message.getId().equals((good + 1) + "-0")) {
                    return Future.succeededFuture(good);
                }
                good++;
            }
            return page.size() < PAGE || good == extent.last()
                    ? Future.succeededFuture(good)
                    : goodThrough(others, good + 1, extent);
        });
    }

    private Future<Long> cut(RedisLink others, Fence fence, long keep) {
        List<byte[]> arguments = new ArrayList<>(fence.arguments());
        arguments.add(EntryFields.number(keep));
        arguments.add(EntryFields.number(PAGE));
        return others.run(Script.CUT, List.of(keys.journal(), keys.epoch()), arguments)
                .compose(answer -> {
                    if (answer.is("FENCED")) return Future.failedFuture(RedisFailures.fenced(fence.epoch(), answer));
                    return answer.number(0) < PAGE ? Future.succeededFuture(keep) : cut(others, fence, keep);
                });
    }

    /// A server that keeps nothing, or drops what it likes, is no place for a journal; it is used all the same.
    private static Future<Void> lookAtServer(RedisLink others) {
        return others.<String>ask(commands -> commands.info())
                .onSuccess(info -> {
                    if (info.contains("aof_enabled:0")) {
                        log.warn("Redis has no append-only file (appendonly no): what it has acknowledged is lost when"
                                + " it ends");
                    }
                    if (info.contains("maxmemory_policy:") && !info.contains("maxmemory_policy:noeviction")) {
                        log.warn("Redis may evict keys when its memory is full (maxmemory-policy): it must be"
                                + " noeviction, or the journal may go");
                    }
                })
                .<Void>mapEmpty()
                .recover(refused -> refused instanceof JournalFailure && others.isUp()
                        ? Future.succeededFuture()
                        : Future.failedFuture(refused));
    }

    @Override
    public Future<Void> close() {
        return end(true);
    }

    /// Without a word to anybody, as when the process ends: the lease runs out.
    Future<Void> abandon() {
        return end(false);
    }

    private Future<Void> end(boolean release) {
        closed = true;
        if (connections.isEmpty()) return Future.succeededFuture();
        Connections open = connections.get();
        Promise<Void> down = Promise.promise();
        open.context().runOnContext(_ -> {
            open.appends().close();
            Future<Void> released = release ? lease.release() : lease.abandon();
            released.onComplete(_ -> {
                open.others().close();
                open.servers().close().onComplete(down);
            });
        });
        return down.future()
                .eventually(() -> open.context().executeBlocking(() -> {
                    mark.ifPresent(MarkWriter::close);
                    return null;
                }));
    }
}
