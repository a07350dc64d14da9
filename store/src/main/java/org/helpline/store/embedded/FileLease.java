package org.helpline.store.embedded;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.helpline.store.Lease;

/// A lock on a file in the data folder: it ends with the process, whatever ends that, and nobody can take it away.
final class FileLease implements Lease {
    private static final Duration ROUND = Duration.ofMillis(100);
    /// Locks of this process. The kernel gives up all of a process's locks on a file as soon as it closes that file
    /// anywhere, so a second store in one process must not even open it.
    private static final ConcurrentMap<Path, String> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Vertx vertx;
    private final DataFolder folder;
    private final Worker worker;
    private final HighestEpoch highest;
    private Optional<Hold> hold = Optional.empty();

    /// The highest epoch that anything in the folder tells of.
    interface HighestEpoch {
        long in(DataFolder folder) throws IOException;
    }

    private record Hold(Path key, FileChannel channel) {}

    FileLease(Vertx vertx, DataFolder folder, Worker worker, HighestEpoch highest) {
        this.vertx = vertx;
        this.folder = folder;
        this.worker = worker;
        this.highest = highest;
    }

    @Override
    public Future<Long> take(Duration patience) {
        Promise<Long> taken = Promise.promise();
        Context context = vertx.getOrCreateContext();
        long rounds = (patience.toMillis() + ROUND.toMillis() - 1) / ROUND.toMillis();
        context.runOnContext(_ -> take(rounds, taken));
        return taken.future();
    }

    private void take(long roundsLeft, Promise<Long> taken) {
        worker.submit(this::tryTake).onComplete(tried -> {
            if (tried.failed()) taken.fail(tried.cause());
            else if (tried.result().isPresent()) taken.complete(tried.result().getAsLong());
            else if (roundsLeft > 0) vertx.setTimer(ROUND.toMillis(), _ -> take(roundsLeft - 1, taken));
            else worker.submit(this::holder).onComplete(who -> taken.fail(new Held(refusal(who.result()))));
        });
    }

    private String refusal(String holder) {
        return "another Helpline owns the data folder " + folder.path().toAbsolutePath() + ": " + holder
                + ". Stop that one first, or give this one a folder of its own (HELPLINE_DATA)";
    }

    @Override
    public void whenLost(Consumer<String> why) {
        // A lock is lost with the process alone.
    }

    @Override
    public Future<Void> release() {
        return worker.submit(() -> {
            letGo();
            return null;
        });
    }

    private synchronized OptionalLong tryTake() throws Exception {
        folder.prepare();
        if (!tryHold()) return OptionalLong.empty();
        try {
            long epoch = Math.max(EpochFile.read(folder.epoch()), highest.in(folder)) + 1;
            EpochFile.write(folder.epoch(), epoch);
            return OptionalLong.of(epoch);
        } catch (IOException e) {
            letGo();
            throw e;
        }
    }

    /// @return whether the folder is this lease's, now or before
    synchronized boolean tryHold() throws IOException {
        if (hold.isPresent()) return true;
        String me = "process " + ProcessHandle.current().pid() + " on " + hostName() + ", since " + Instant.now();
        Path key = folder.path().toRealPath();
        if (IN_THIS_PROCESS.putIfAbsent(key, me) != null) return false;
        FileChannel channel = null;
        try {
            DataFolder.makePrivate(folder.lock());
            channel = FileChannel.open(folder.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((me + "\n").getBytes(StandardCharsets.UTF_8)), 0);
                hold = Optional.of(new Hold(key, channel));
                return true;
            }
        } finally {
            if (hold.isEmpty()) {
                IN_THIS_PROCESS.remove(key);
                if (channel != null) channel.close();
            }
        }
        return false;
    }

    synchronized boolean isHeld() {
        return hold.isPresent();
    }

    synchronized void letGo() throws IOException {
        if (hold.isEmpty()) return;
        Hold ended = hold.get();
        hold = Optional.empty();
        ended.channel().close();
        IN_THIS_PROCESS.remove(ended.key());
    }

    private String holder() throws IOException {
        String here = IN_THIS_PROCESS.get(folder.path().toRealPath());
        if (here != null) return here;
        String told = Files.readString(folder.lock()).strip();
        return told.isEmpty() ? "an unknown process" : told;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "this host";
        }
    }
}
