package org.helpline.telephony.asterisk.watch;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.RtcpReceivedEvent;
import org.asteriskjava.manager.event.RtcpSentEvent;
import org.helpline.telephony.SwitchReport;
import org.helpline.telephony.SwitchWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches an Asterisk 22 or later. What changes is told by events; what was missed in between, and what no
/// event tells, comes from a census at each connection and every now and then.
public final class AsteriskWatch implements SwitchWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AsteriskWatch.class);

    /// Between an attempt to read the census that failed and the next one.
    private static final long CENSUS_AGAIN_MS = 1000;

    private final Vertx vertx;
    private final WatchSettings settings;
    private final Phones phones = new Phones();
    private final Streams streams = new Streams();
    private final Promise<Void> firstConnection = Promise.promise();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private Consumer<SwitchReport> listener = report -> {};
    private Context context;
    private ManagerLink link;
    private Phase phase = Phase.NEW;
    /// Of the connection; what is left of an earlier one does not count.
    private int generation;
    private boolean reading;
    private long censusTimer = -1;
    /// Changes that came while the census was being read: they may be newer than what it found.
    private List<Runnable> early = new ArrayList<>();

    private enum Phase {
        NEW,
        CONNECTING,
        /// Signed in, and the first census is being read.
        CATCHING_UP,
        CONNECTED,
        CLOSED
    }

    public AsteriskWatch(Vertx vertx, WatchSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    @Override
    public Future<Void> open(Consumer<SwitchReport> newListener) {
        if (phase != Phase.NEW) {
            return Future.failedFuture(new IllegalStateException("opened already"));
        }
        phase = Phase.CONNECTING;
        listener = newListener;
        context = vertx.getOrCreateContext();
        blocking(() -> {
                    // The constructor looks for every event type there is, which takes a while.
                    ManagerLink made = new ManagerLink(settings, this::heard);
                    context.runOnContext(_ -> signIn(made));
                    return null;
                })
                .onFailure(failure -> LOG.error("phones are not watched", failure));
        return firstConnection.future();
    }

    private void signIn(ManagerLink made) {
        link = made;
        if (phase == Phase.CLOSED) {
            return;
        }
        blocking(() -> {
                    made.signIn();
                    return null;
                })
                .onFailure(failure -> LOG.error("phones are not watched", failure));
    }

    @Override
    public Future<Void> probe(String endpoint) {
        if (phase != Phase.CONNECTED) {
            return Future.failedFuture(new IOException("the watch is not connected"));
        }
        return blocking(() -> {
            link.probe(endpoint);
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        phase = Phase.CLOSED;
        vertx.cancelTimer(censusTimer);
        if (link == null) {
            return Future.succeededFuture();
        }
        return blocking(() -> {
            link.close();
            return null;
        });
    }

    /// What blocks runs on a thread of its own; the answer comes back on our context.
    private <T> Future<T> blocking(Callable<T> work) {
        Promise<T> done = Promise.promise();
        Context caller = context;
        Thread.ofVirtual().name("helpline-watch").start(() -> {
            try {
                T result = work.call();
                caller.runOnContext(_ -> done.complete(result));
            } catch (Exception failure) {
                caller.runOnContext(_ -> done.fail(failure));
            }
        });
        return done.future();
    }

    // ---- on asterisk-java's threads

    private void heard(ManagerEvent event) {
        switch (event) {
            case RtcpSentEvent sent -> Translation.sent(sent).ifPresent(this::quality);
            case RtcpReceivedEvent received -> Translation.received(received).ifPresent(this::quality);
            case ContactStatusEvent status -> context.runOnContext(_ -> changed(status));
            case ConnectEvent _ -> context.runOnContext(_ -> connected());
            case DisconnectEvent _ -> context.runOnContext(_ -> lost());
            // The account's filters leave hardly any; what is not needed is not used.
            default -> {}
        }
    }

    /// Figures are of use now or never: when we cannot keep up, the newest are left out.
    private void quality(Streams.Report report) {
        if (pending.incrementAndGet() > settings.maxPending()) {
            pending.decrementAndGet();
            if (dropped.getAndIncrement() % settings.maxPending() == 0) {
                LOG.warn("more than {} reports of quality wait; further ones are dropped", settings.maxPending());
            }
            return;
        }
        context.runOnContext(_ -> {
            pending.decrementAndGet();
            if (phase == Phase.CONNECTED) {
                emit(streams.quality(report));
            }
        });
    }

    // ---- on our context

    private void connected() {
        if (phase != Phase.CONNECTING) {
            return;
        }
        phase = Phase.CATCHING_UP;
        generation++;
        reading = false;
        early = new ArrayList<>();
        census(generation);
    }

    private void lost() {
        Phase before = phase;
        if (before != Phase.CONNECTED && before != Phase.CATCHING_UP) {
            return;
        }
        phase = Phase.CONNECTING;
        generation++;
        vertx.cancelTimer(censusTimer);
        phones.forget();
        if (before == Phase.CONNECTED) {
            LOG.warn("the connection to {} is lost; phones are not watched until it is back", settings.url());
            emit(new SwitchReport.WatchLost("the connection to " + settings.url() + " is lost"));
        }
    }

    private void changed(ContactStatusEvent event) {
        String endpoint = event.getEndpointName();
        if (endpoint == null || event.getUri() == null || phase == Phase.CLOSED) {
            return;
        }
        Runnable change = () -> phones.changed(endpoint, event.getUri(), Translation.address(event));
        if (reading) {
            // Beyond the bound, the next census tells.
            if (early.size() < settings.maxPending()) {
                early.add(change);
            }
        } else if (phase == Phase.CONNECTED) {
            change.run();
            phones.news().forEach(this::emit);
        }
    }

    private void census(int of) {
        if (of != generation || reading || phase == Phase.CLOSED) {
            return;
        }
        reading = true;
        blocking(link::census).onComplete(read -> {
            if (of != generation || phase == Phase.CLOSED) {
                return;
            }
            reading = false;
            if (read.succeeded()) {
                found(read.result());
                again(of, settings.censusEvery().toMillis());
            } else {
                LOG.warn("no census of {}: {}", settings.url(), read.cause().getMessage());
                replayEarly();
                if (phase == Phase.CONNECTED) {
                    phones.news().forEach(this::emit);
                }
                again(of, CENSUS_AGAIN_MS);
            }
        });
    }

    private void again(int of, long afterMs) {
        censusTimer = vertx.setTimer(afterMs, _ -> census(of));
    }

    private void found(ManagerLink.Census census) {
        boolean first = phase == Phase.CATCHING_UP;
        phase = Phase.CONNECTED;
        phones.found(census.phones());
        replayEarly();
        streams.retain(census.channels());
        if (first) {
            LOG.info(
                    "watching {}: {} phones, {} channels",
                    settings.url(),
                    census.phones().size(),
                    census.channels().size());
            emit(new SwitchReport.WatchConnected());
        }
        phones.news().forEach(this::emit);
        emit(new SwitchReport.ChannelCensus(census.channels()));
        firstConnection.tryComplete();
    }

    private void replayEarly() {
        early.forEach(Runnable::run);
        early = new ArrayList<>();
    }

    private void emit(SwitchReport report) {
        if (phase != Phase.CLOSED) {
            listener.accept(report);
        }
    }
}
