package org.helpline.store.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.helpline.store.redis.RedisServers.Connected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one connection to the server: a lost one, or one whose answers are overdue, is given up and made anew, at
/// first at once and later once a second.
///
/// Threading: every method is called on the context, and every future completes on it.
final class RedisLink {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Context context;
    private final RedisServers servers;
    private final Duration answerWithin;
    private final String use;
    private Runnable whenDown = () -> {};
    private Optional<Connected> connected = Optional.empty();
    private String whyDown = "not connected yet";
    private Duration pause = FIRST_PAUSE;
    private boolean told = true;
    private boolean opened;
    private boolean closed;
    private List<Promise<Void>> waiting = new ArrayList<>();

    /// @param use what it is for, in the log
    RedisLink(Context context, RedisServers servers, Duration answerWithin, String use) {
        this.context = context;
        this.servers = servers;
        this.answerWithin = answerWithin;
        this.use = use;
    }

    Context context() {
        return context;
    }

    /// Called when a connection was lost, before another one is there.
    void whenDown(Runnable task) {
        whenDown = task;
    }

    /// Begins to connect, at the first call.
    void open() {
        if (opened || closed) return;
        opened = true;
        connect();
    }

    /// Succeeds as soon as there is a connection; fails as AWAY when there is none by then.
    Future<Void> whenUp(Duration within) {
        open();
        if (closed) return Future.failedFuture(RedisFailures.away(whyDown));
        if (isUp()) return Future.succeededFuture();
        Promise<Void> up = Promise.promise();
        waiting.add(up);
        long timer = context.owner().setTimer(Math.max(1, within.toMillis()), _ -> {
            waiting.remove(up);
            up.tryFail(RedisFailures.away(whyDown));
        });
        return up.future().onComplete(_ -> context.owner().cancelTimer(timer));
    }

    private void connect() {
        Future<Connected> asked;
        try {
            asked = servers.connect();
        } catch (RuntimeException failure) {
            asked = Future.failedFuture(failure);
        }
        Future<Connected> attempt = asked;
        attempt.timeout(2 * answerWithin.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(answer -> context.runOnContext(_ -> {
                    if (answer.succeeded()) up(answer.result());
                    else {
                        // One that comes after all has nobody who waits for it.
                        attempt.onSuccess(Connected::close);
                        failed(answer.cause());
                    }
                }));
    }

    boolean isUp() {
        return connected.isPresent();
    }

    String whyDown() {
        return whyDown;
    }

    private void up(Connected made) {
        if (closed) {
            made.close();
            return;
        }
        connected = Optional.of(made);
        pause = FIRST_PAUSE;
        made.whenLost(() -> context.runOnContext(_ -> giveUp(made, "the connection was lost")));
        if (!made.isOpen()) giveUp(made, "the connection was lost");
        else if (told) {
            told = false;
            log.info("Redis is there ({})", use);
        }
        if (isUp()) {
            List<Promise<Void>> waited = waiting;
            waiting = new ArrayList<>();
            waited.forEach(Promise::tryComplete);
        }
    }

    private void failed(Throwable cause) {
        if (closed) return;
        whyDown = RedisFailures.message(cause);
        tellOnce();
        openLater();
    }

    /// Gives up the connection as it is now; whatever is under way on it is lost.
    void giveUp(String why) {
        connected.ifPresent(made -> giveUp(made, why));
    }

    private void giveUp(Connected made, String why) {
        if (connected.isEmpty() || connected.get() != made) return;
        connected = Optional.empty();
        whyDown = why;
        made.close();
        if (!closed) tellOnce();
        whenDown.run();
        if (!closed) openLater();
    }

    private void tellOnce() {
        if (told) return;
        told = true;
        log.warn("Redis is away ({}): {}", use, whyDown);
    }

    private void openLater() {
        context.owner().setTimer(pause.toMillis(), _ -> {
            if (!closed) connect();
        });
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /// Asks, and fails as AWAY at the latest when an answer is overdue.
    <T> Future<T> ask(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
        if (connected.isEmpty()) return Future.failedFuture(RedisFailures.away(whyDown));
        Connected made = connected.get();
        Promise<T> promise = Promise.promise();
        long timer = context.owner().setTimer(answerWithin.toMillis(), _ -> {
            if (promise.tryFail(RedisFailures.away(overdue()))) giveUp(made, overdue());
        });
        RedisServers.future(command.apply(made.commands()))
                .onComplete(answer -> context.runOnContext(_ -> {
                    context.owner().cancelTimer(timer);
                    if (answer.succeeded()) promise.tryComplete(answer.result());
                    else if (promise.tryFail(RedisFailures.away(answer.cause()))
                            && RedisFailures.breaksConnection(answer.cause())) {
                        giveUp(made, RedisFailures.message(answer.cause()));
                    }
                }));
        return promise.future();
    }

    String overdue() {
        return "no answer within " + answerWithin.toMillis() + " ms";
    }

    /// Runs a script by its name, and once by its text where the server does not know it: after a restart, on a
    /// promoted replica.
    Future<Answer> run(Script script, List<String> keys, List<byte[]> arguments) {
        return this.<List<Object>>ask(commands -> call(commands, script, keys, arguments))
                .recover(failure -> failure.getCause() != null && RedisFailures.isNoScript(failure.getCause())
                        ? ask(commands -> callByText(commands, script, keys, arguments))
                        : Future.failedFuture(failure))
                .map(Answer::of);
    }

    /// Sends a script whose answer comes on some other thread; for those who keep an order of their own.
    Optional<Future<List<Object>>> send(Script script, boolean byText, List<String> keys, List<byte[]> arguments) {
        return connected.map(made -> RedisServers.future(
                byText
                        ? callByText(made.commands(), script, keys, arguments)
                        : call(made.commands(), script, keys, arguments)));
    }

    private static RedisFuture<List<Object>> call(
            RedisClusterAsyncCommands<String, byte[]> commands,
            Script script,
            List<String> keys,
            List<byte[]> arguments) {
        return commands.evalsha(
                script.sha(), ScriptOutputType.MULTI, keys.toArray(String[]::new), arguments.toArray(byte[][]::new));
    }

    private static RedisFuture<List<Object>> callByText(
            RedisClusterAsyncCommands<String, byte[]> commands,
            Script script,
            List<String> keys,
            List<byte[]> arguments) {
        return commands.eval(
                script.text(), ScriptOutputType.MULTI, keys.toArray(String[]::new), arguments.toArray(byte[][]::new));
    }

    void close() {
        closed = true;
        whyDown = "this store was closed";
        giveUp(whyDown);
        waiting.forEach(waiter -> waiter.tryFail(RedisFailures.away(whyDown)));
        waiting.clear();
    }
}
