package org.helpline.telephony.simulated;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.helpline.telephony.SwitchReport;
import org.helpline.telephony.SwitchWatch;

/// A watch over a switch that does not exist: its phones come and go as they are told. Reports are told at
/// once, on the caller's thread.
public final class SimulatedSwitchWatch implements SwitchWatch {
    private final SortedMap<String, SwitchReport> phones = new TreeMap<>();
    private final SortedSet<String> channels = new TreeSet<>();
    private final Promise<Void> firstConnection = Promise.promise();
    private Consumer<SwitchReport> listener = report -> {};
    private boolean opened;
    private boolean connected = true;
    private boolean closed;

    @Override
    public Future<Void> open(Consumer<SwitchReport> newListener) {
        if (opened) {
            return Future.failedFuture(new IllegalStateException("opened already"));
        }
        opened = true;
        listener = newListener;
        if (connected) {
            catchUp();
        }
        return firstConnection.future();
    }

    @Override
    public Future<Void> probe(String endpoint) {
        return connected
                ? Future.succeededFuture()
                : Future.failedFuture(new IllegalStateException("the simulated connection is cut"));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }

    // What happens at the switch

    /// The phone answers a probe, or registers.
    public void reachable(String endpoint) {
        phone(endpoint, new SwitchReport.PhoneReachable(endpoint, Optional.empty()));
    }

    public void unreachable(String endpoint, String why) {
        phone(endpoint, new SwitchReport.PhoneUnreachable(endpoint, why));
    }

    private void phone(String endpoint, SwitchReport report) {
        if (!report.equals(phones.put(endpoint, report))) {
            tell(report);
        }
    }

    public void channel(String id) {
        channels.add(id);
    }

    public void channelGone(String id) {
        channels.remove(id);
    }

    public void quality(SwitchReport.CallQuality report) {
        tell(report);
    }

    public void count() {
        tell(new SwitchReport.ChannelCensus(channels));
    }

    public void loseConnection() {
        if (connected) {
            tell(new SwitchReport.WatchLost("the simulated connection is cut"));
        }
        connected = false;
    }

    public void regainConnection() {
        if (!connected) {
            connected = true;
            catchUp();
        }
    }

    private void catchUp() {
        tell(new SwitchReport.WatchConnected());
        phones.values().forEach(this::tell);
        count();
        firstConnection.tryComplete();
    }

    private void tell(SwitchReport report) {
        if (opened && connected && !closed) {
            listener.accept(report);
        }
    }
}
