package org.helpline.store.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.helpline.store.Lease;
import org.helpline.store.redis.AppendPipeline.Fence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lease as a key with a life. It is renewed long before it runs out; a server that is away takes nobody's lease,
/// and one that is back has it renewed unless somebody else took it meanwhile.
final class RedisLease implements Lease {
    private static final Logger log = LoggerFactory.getLogger(RedisLease.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    private final Supplier<RedisLink> link;
    private final RedisSettings.Limits limits;
    private final Keys keys;
    private final String owner;
    private Optional<Fence> held = Optional.empty();
    private Optional<String> lost = Optional.empty();
    private Consumer<String> whenLost = _ -> {};
    private Future<Void> renewing = Future.succeededFuture();
    private boolean away;

    RedisLease(Supplier<RedisLink> link, RedisSettings.Limits limits, Keys keys, String owner) {
        this.link = link;
        this.limits = limits;
        this.keys = keys;
        this.owner = owner;
    }

    @Override
    public Future<Long> take(Duration patience) {
        Promise<Long> taken = Promise.promise();
        long untilNanos = System.nanoTime() + patience.toNanos();
        // The first connection takes its time, also for those who have none.
        link.get().whenUp(patience.plus(limits.answer())).onComplete(_ -> tryToTake(untilNanos, taken));
        return taken.future();
    }

    private void tryToTake(long untilNanos, Promise<Long> taken) {
        link.get()
                .run(
                        Script.LEASE_TAKE,
                        List.of(keys.lease(), keys.epoch()),
                        List.of(
                                EntryFields.text(owner),
                                EntryFields.number(limits.leaseLife().toMillis())))
                .onSuccess(answer -> {
                    if (answer.is("TAKEN")) {
                        taken.complete(hold(answer.number(0)));
                        return;
                    }
                    Duration left = Duration.ofMillis(Math.max(0, answer.number(1)));
                    again(
                            untilNanos,
                            left,
                            taken,
                            new Held("epoch and owner " + answer.text(0) + " hold the domain in Redis, for another "
                                    + left.toMillis() + " ms unless they renew"));
                })
                .onFailure(failure -> again(untilNanos, ASK_AGAIN, taken, failure));
    }

    private void again(long untilNanos, Duration after, Promise<Long> taken, Throwable last) {
        Duration left = Duration.ofNanos(untilNanos - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            taken.fail(last);
            return;
        }
        Duration pause = List.of(after.plusMillis(1), ASK_AGAIN, left).stream()
                .min(Duration::compareTo)
                .get();
        link.get().context().owner().setTimer(Math.max(1, pause.toMillis()), _ -> tryToTake(untilNanos, taken));
    }

    private long hold(long epoch) {
        held = Optional.of(new Fence(epoch, owner));
        lost = Optional.empty();
        renewLater(held.get());
        return epoch;
    }

    private void renewLater(Fence fence) {
        link.get().context().owner().setTimer(limits.leaseRenewal().toMillis(), _ -> {
            if (holds(fence)) renew(fence);
        });
    }

    private void renew(Fence fence) {
        List<byte[]> arguments = new ArrayList<>(fence.arguments());
        arguments.add(EntryFields.number(limits.leaseLife().toMillis()));
        renewing = link.get()
                .run(Script.LEASE_RENEW, List.of(keys.lease(), keys.epoch()), arguments)
                .<Void>map(answer -> {
                    if (!holds(fence)) return null;
                    if (answer.is("FENCED")) {
                        lose(RedisFailures.fenced(fence.epoch(), answer).getMessage());
                        return null;
                    }
                    if (away) log.info("the lease of epoch {} is renewed again", fence.epoch());
                    away = false;
                    renewLater(fence);
                    return null;
                })
                .recover(failure -> {
                    if (holds(fence)) {
                        if (!away) {
                            log.warn(
                                    "the lease of epoch {} cannot be renewed: {}", fence.epoch(), failure.getMessage());
                        }
                        away = true;
                        renewLater(fence);
                    }
                    return Future.succeededFuture();
                });
    }

    private boolean holds(Fence fence) {
        return held.isPresent() && held.get().equals(fence);
    }

    @Override
    public void whenLost(Consumer<String> why) {
        whenLost = why;
        lost.ifPresent(why);
    }

    /// Another owner has it, as a renewal or an append found out.
    void lose(String why) {
        if (held.isEmpty()) return;
        held = Optional.empty();
        lost = Optional.of(why);
        whenLost.accept(why);
    }

    @Override
    public Future<Void> release() {
        if (held.isEmpty()) return Future.succeededFuture();
        Fence fence = held.get();
        held = Optional.empty();
        // Not before a renewal that is under way: it would take the lease once more.
        return renewing.compose(_ -> link.get().run(Script.LEASE_RELEASE, List.of(keys.lease()), fence.arguments()))
                .mapEmpty();
    }

    /// Without a word: what is held runs out.
    Future<Void> abandon() {
        held = Optional.empty();
        return Future.succeededFuture();
    }
}
