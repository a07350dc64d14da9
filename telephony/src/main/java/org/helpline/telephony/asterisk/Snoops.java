package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Channels that listen to others. They are no legs: nobody hears of them, and they end by themselves with the
/// channel they listen to.
final class Snoops {
    /// What such a channel says it is for when it enters our application.
    static final String SNOOP = "snoop";

    private static final Logger LOG = LoggerFactory.getLogger(Snoops.class);

    private final Vertx vertx;
    private final AsteriskSettings settings;
    private final Requests requests;
    private final Map<String, Snoop> byId = new LinkedHashMap<>();

    private static final class Snoop {
        final String listener;
        /// Before it has entered our application it cannot be bridged.
        final Promise<Void> entered = Promise.promise();

        Future<Void> begun = entered.future();

        Snoop(String listener) {
            this.listener = listener;
        }

        static Snoop begun(String listener) {
            Snoop snoop = new Snoop(listener);
            snoop.entered.complete();
            return snoop;
        }
    }

    Snoops(Vertx vertx, AsteriskSettings settings, Requests requests) {
        this.vertx = vertx;
        this.settings = settings;
        this.requests = requests;
    }

    /// @param placeListener makes the bridge and brings the listener into it
    Future<Void> begin(CallCommand.Snoop command, Supplier<Future<Void>> placeListener) {
        Snoop known = byId.get(command.snoop());
        if (known != null) {
            return known.begun;
        }
        LOG.info(
                "leg={} snoop={} listener={}{}",
                command.leg(),
                command.snoop(),
                command.listener(),
                command.whisper() ? " whispers" : "");
        Snoop snoop = new Snoop(command.listener());
        byId.put(command.snoop(), snoop);
        Future<AriResponse> made = requests.send(AriRequest.post(
                Commands.channel(command.leg()) + "/snoop/" + AriRequest.segment(command.snoop()),
                "spy",
                "both",
                "whisper",
                command.whisper() ? "out" : "none",
                "app",
                settings.application(),
                "appArgs",
                SNOOP));
        Future<Void> placed = placeListener.get();
        long patience = vertx.setTimer(
                settings.requestTimeout().toMillis(), timer -> snoop.entered.tryFail(late(command.snoop())));
        snoop.begun = made.compose(answer -> answer.status() == 500 ? madeEarlier(snoop, command, answer) : made)
                .compose(Answers::checked)
                .compose(_ -> placed)
                .compose(_ -> snoop.entered.future())
                .compose(_ -> requests.send(AriRequest.post(
                        Commands.bridgePath(command.snoop()) + "/addChannel", "channel", command.snoop())))
                .compose(Answers::checked)
                .onComplete(_ -> vertx.cancelTimer(patience))
                .onFailure(_ -> {
                    byId.remove(command.snoop(), snoop);
                    requests.send(AriRequest.delete(Commands.channel(command.snoop())));
                });
        return snoop.begun;
    }

    /// Asterisk has no other word for an id that is taken: by us, or by whoever was here before us.
    private Future<AriResponse> madeEarlier(Snoop snoop, CallCommand.Snoop command, AriResponse answer) {
        return requests.send(AriRequest.get(Commands.channel(command.snoop()))).map(channel -> {
            if (channel.ok()) {
                snoop.entered.tryComplete();
            }
            return channel.ok() ? channel : answer;
        });
    }

    private static CallControlException late(String id) {
        return new CallControlException(Kind.TIMEOUT, "snoop " + id + " did not enter the application in time");
    }

    Future<Void> end(String id) {
        LOG.info("snoop={} end", id);
        gone(byId.remove(id), id);
        return requests.send(AriRequest.delete(Commands.channel(id))).compose(Answers::goneIsFine);
    }

    void entered(String id) {
        Snoop snoop = byId.get(id);
        if (snoop == null) {
            LOG.warn("snoop={} listens, but nobody wants it any more", id);
            requests.send(AriRequest.delete(Commands.channel(id)));
        } else {
            snoop.entered.tryComplete();
        }
    }

    /// A channel is over: perhaps one of ours, perhaps that of a listener, who leaves one of ours behind.
    void gone(String channel) {
        gone(byId.remove(channel), channel);
        for (Map.Entry<String, Snoop> snoop : List.copyOf(byId.entrySet())) {
            if (snoop.getValue().listener.equals(channel)) {
                end(snoop.getKey());
                requests.send(AriRequest.delete(Commands.bridgePath(snoop.getKey())));
            }
        }
    }

    private static void gone(Snoop snoop, String id) {
        if (snoop != null) {
            snoop.entered.tryFail(new CallControlException(Kind.GONE, "snoop " + id + " is over"));
        }
    }

    /// Listenings that a process before us began, or we before the connection was lost, as far as they are complete.
    void adopt(CensusReader.Found found) {
        for (CensusReader.Bridge bridge : found.bridges()) {
            if (!found.snoops().contains(bridge.id()) || !bridge.channels().contains(bridge.id())) {
                continue;
            }
            bridge.channels().stream()
                    .filter(channel -> !channel.equals(bridge.id()))
                    .findFirst()
                    .ifPresent(listener -> byId.put(bridge.id(), Snoop.begun(listener)));
        }
    }

    /// The connection is lost: what is there is found by the next census, and beginning it again is harmless.
    void forgetAll() {
        Map<String, Snoop> before = Map.copyOf(byId);
        byId.clear();
        before.forEach((id, snoop) -> gone(snoop, id));
    }
}
