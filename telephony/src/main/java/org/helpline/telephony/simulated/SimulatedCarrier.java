package org.helpline.telephony.simulated;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.CallEvent.PlayOutcome;
import org.helpline.telephony.Census;

/// A carrier in process. Time comes from a [Schedule] and chance from a seeded generator, so the same seed
/// gives the same run. Callers and devices are moved through [#call] and [#device], misfortunes through
/// [#loseConnection], [#regainConnection], [#restart], [#replace] and [Faults].
///
/// Events and completed futures never come from inside a call of this class; all of it belongs to one thread.
public final class SimulatedCarrier implements CallControl {
    private final SimulatedSettings settings;
    private final Schedule schedule;
    private final RandomGenerator random;
    private final Switch exchange;
    private final EventLine line;
    private final Map<String, SimulatedDevice> devices = new LinkedHashMap<>();
    private final Map<String, Tracked> tracked = new LinkedHashMap<>();
    private Faults faults;
    private Consumer<CallEvent> listener = event -> {};
    private Link link = Link.NEVER_OPENED;
    private Instant startedAt;
    private long connection;
    /// Of a process that died, and whose last commands were on the wire.
    private long arrivesStill = -1;
    private long calls;

    private enum Link {
        NEVER_OPENED,
        CONNECTED,
        LOST,
        REPLACED,
        CLOSED
    }

    /// What the controller has been told of a leg, so that a census can tell the rest.
    private static final class Tracked {
        final boolean inbound;
        boolean answerTold;
        /// The carrier died, and this leg with it.
        boolean lost;
        final Set<String> plays = new LinkedHashSet<>();

        Tracked(boolean inbound) {
            this.inbound = inbound;
        }
    }

    public SimulatedCarrier(SimulatedSettings settings, Schedule schedule, RandomGenerator random) {
        this.settings = settings;
        this.schedule = schedule;
        this.random = random;
        this.faults = settings.faults();
        this.startedAt = schedule.now();
        this.exchange = new Switch(settings, schedule, this::happened);
        this.line = new EventLine(schedule, random, settings, this::arrived);
    }

    // The port

    @Override
    public Set<Capability> capabilities() {
        return settings.capabilities();
    }

    @Override
    public Future<Void> open(Consumer<CallEvent> newListener) {
        if (link != Link.NEVER_OPENED) {
            return Future.failedFuture(new IllegalStateException("opened already"));
        }
        listener = newListener;
        link = Link.LOST;
        Promise<Void> opened = Promise.promise();
        schedule.after(settings.latency(), () -> {
            connect();
            opened.complete();
        });
        return opened.future();
    }

    @Override
    public Future<Void> perform(CallCommand command) {
        if (command instanceof CallCommand.Snoop && !capabilities().contains(Capability.SNOOP)) {
            return Future.failedFuture(
                    new CallControlException(Kind.UNSUPPORTED, "this carrier cannot listen to legs"));
        }
        return request(() -> {
            exchange.perform(command, this::device);
            track(command);
            return null;
        });
    }

    @Override
    public Future<Census> census() {
        return request(this::truth);
    }

    @Override
    public Future<Void> close() {
        link = Link.CLOSED;
        cut();
        return Future.succeededFuture();
    }

    private interface Request<T> {
        T carryOut();
    }

    private <T> Future<T> request(Request<T> request) {
        if (link != Link.CONNECTED) {
            return Future.failedFuture(new CallControlException(Kind.DISCONNECTED, "not connected: " + link));
        }
        Promise<T> promise = Promise.promise();
        long sentOn = connection;
        schedule.after(settings.latency(), () -> {
            if (connection != sentOn && sentOn == arrivesStill) {
                carryOut(request, promise);
                return;
            }
            if (connection != sentOn) {
                promise.fail(new CallControlException(Kind.DISCONNECTED, "connection lost before an answer"));
                return;
            }
            carryOut(request, promise);
        });
        return promise.future();
    }

    private <T> void carryOut(Request<T> request, Promise<T> promise) {
        if (chance(faults.commandRefused())) {
            promise.fail(new CallControlException(Kind.REFUSED, "refused by a seeded fault"));
            return;
        }
        boolean unanswered = chance(faults.commandUnanswered());
        if (unanswered && random.nextBoolean()) {
            promise.fail(new CallControlException(Kind.TIMEOUT, "lost by a seeded fault"));
            return;
        }
        T result;
        try {
            result = request.carryOut();
        } catch (CallControlException refusal) {
            promise.fail(refusal);
            return;
        }
        if (unanswered) {
            promise.fail(new CallControlException(Kind.TIMEOUT, "answer lost by a seeded fault"));
        } else {
            promise.complete(result);
        }
    }

    private void track(CallCommand command) {
        if (command instanceof CallCommand.Originate call && exchange.holds(call.leg())) {
            tracked.putIfAbsent(call.leg(), new Tracked(false));
        } else if (command instanceof CallCommand.Play play && tracked.containsKey(play.leg())) {
            tracked.get(play.leg()).plays.add(play.play());
        } else if (command instanceof CallCommand.Answer answer && tracked.containsKey(answer.leg())) {
            tracked.get(answer.leg()).answerTold = true;
        }
    }

    // From the switch to the controller

    private void happened(CallEvent event) {
        if (link == Link.CONNECTED) {
            line.send(legOf(event), event);
        }
    }

    private void arrived(CallEvent event) {
        switch (event) {
            case CallEvent.CallArrived call ->
                tracked.computeIfAbsent(call.leg(), leg -> new Tracked(true)).answerTold = true;
            case CallEvent.LegAnswered answered -> {
                if (tracked.containsKey(answered.leg())) {
                    tracked.get(answered.leg()).answerTold = true;
                }
            }
            case CallEvent.PlayFinished finished -> {
                if (tracked.containsKey(finished.leg())) {
                    tracked.get(finished.leg()).plays.remove(finished.play());
                }
            }
            case CallEvent.LegEnded ended -> tracked.remove(ended.leg());
            case CallEvent.DigitPressed digit -> {}
            case CallEvent.LegRinging ringing -> {}
            case CallEvent.CarrierConnected connected -> {}
            case CallEvent.CarrierLost lost -> {}
            case CallEvent.CarrierReplaced replaced -> {}
        }
        listener.accept(event);
    }

    private static String legOf(CallEvent event) {
        return switch (event) {
            case CallEvent.CallArrived call -> call.leg();
            case CallEvent.DigitPressed digit -> digit.leg();
            case CallEvent.PlayFinished finished -> finished.leg();
            case CallEvent.LegRinging ringing -> ringing.leg();
            case CallEvent.LegAnswered answered -> answered.leg();
            case CallEvent.LegEnded ended -> ended.leg();
            case CallEvent.CarrierConnected connected -> "";
            case CallEvent.CarrierLost lost -> "";
            case CallEvent.CarrierReplaced replaced -> "";
        };
    }

    private void connect() {
        if (link != Link.LOST) {
            return;
        }
        link = Link.CONNECTED;
        inOrderOfEnding().forEach(leg -> catchUp(leg, tracked.get(leg)));
        exchange.census().legs().forEach(leg -> adopt(leg.leg()));
        arrived(new CallEvent.CarrierConnected(truth()));
    }

    private void catchUp(String leg, Tracked told) {
        if (!exchange.holds(leg)) {
            boolean hungUp = told.inbound && !told.lost;
            arrived(new CallEvent.LegEnded(leg, hungUp ? EndCause.NORMAL : EndCause.CARRIER_LOST));
            return;
        }
        if (!told.answerTold && exchange.isUp(leg)) {
            arrived(new CallEvent.LegAnswered(leg));
        }
        for (String play : List.copyOf(told.plays)) {
            if (!exchange.plays(leg, play)) {
                arrived(new CallEvent.PlayFinished(leg, play, PlayOutcome.COMPLETED));
            }
        }
    }

    /// A leg of the process before: its plays are known by their ends only.
    private void adopt(String leg) {
        Tracked told = tracked.computeIfAbsent(leg, id -> new Tracked(exchange.inbound(id)));
        told.answerTold |= exchange.isUp(leg);
    }

    /// Callers before devices.
    private List<String> inOrderOfEnding() {
        return tracked.entrySet().stream()
                .sorted(Comparator.comparing(leg -> !leg.getValue().inbound))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void cut() {
        connection++;
        line.cut();
    }

    private boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    // The test's side

    /// Somebody calls. Without a connected controller the carrier tries again for a while, then apologises.
    public SimulatedCaller call(String called, Optional<String> callerNumber) {
        String leg = "sim-" + ++calls;
        SimulatedCaller caller = new SimulatedCaller(exchange, leg);
        exchange.arrives(leg, caller);
        bringIn(new CallEvent.CallArrived(leg, called, callerNumber, Set.of(Capability.VOICE)), caller, 1);
        return caller;
    }

    private void bringIn(CallEvent.CallArrived call, SimulatedCaller caller, int attempt) {
        if (link == Link.CONNECTED) {
            exchange.handOver(call.leg());
            happened(call);
        } else if (attempt < settings.arrivalAttempts()) {
            schedule.after(settings.arrivalRetry(), () -> {
                if (exchange.holds(call.leg())) {
                    bringIn(call, caller, attempt + 1);
                }
            });
        } else {
            caller.hears(call.leg(), new Heard.Apology());
            exchange.end(call.leg(), EndCause.NORMAL);
        }
    }

    /// The device at a destination; the same one each time.
    public SimulatedDevice device(String destination) {
        return devices.computeIfAbsent(destination, at -> new SimulatedDevice(exchange, at, settings.device()));
    }

    public void faults(Faults newFaults) {
        faults = newFaults;
        line.faults(newFaults);
    }

    public boolean connected() {
        return link == Link.CONNECTED;
    }

    /// The connection breaks; calls go on. Commands under way fail, events under way are lost.
    public void loseConnection(String why) {
        if (link == Link.CONNECTED) {
            link = Link.LOST;
            cut();
            schedule.after(settings.latency(), () -> listener.accept(new CallEvent.CarrierLost(why)));
        }
    }

    public void regainConnection() {
        schedule.after(settings.latency(), this::connect);
    }

    /// The carrier crashes: the connection and every call are gone, which is told soon when it does not come back
    /// before. [#regainConnection] brings it back, empty.
    public void restart() {
        loseConnection("the carrier restarted");
        exchange.endAll();
        tracked.values().forEach(leg -> leg.lost = true);
        startedAt = schedule.now();
        schedule.after(settings.deadAfter(), () -> {
            if (link == Link.LOST) {
                inOrderOfEnding().stream()
                        .filter(leg -> tracked.get(leg).lost)
                        .forEach(leg -> arrived(new CallEvent.LegEnded(leg, EndCause.CARRIER_LOST)));
            }
        });
    }

    /// The process that has opened this carrier is killed: nothing is told to it any more, commands that it sent last
    /// are lost, and calls go on. Whoever opens it next takes them over.
    public void controllerDies() {
        controllerDies(false);
    }

    /// @param sentIsDone what it had sent is on the wire already, and is carried out
    public void controllerDies(boolean sentIsDone) {
        arrivesStill = sentIsDone ? connection : -1;
        link = Link.NEVER_OPENED;
        cut();
        tracked.clear();
        listener = event -> {};
    }

    /// Another owner connects under our name.
    public void replace() {
        if (link == Link.CONNECTED) {
            link = Link.REPLACED;
            cut();
            schedule.after(settings.latency(), () -> listener.accept(new CallEvent.CarrierReplaced()));
        }
    }

    /// What the switch really holds, faults and connection aside: for invariants.
    public Census truth() {
        Census held = exchange.census();
        return new Census(held.legs(), held.bridges(), held.snoops(), Optional.of(startedAt));
    }

    /// Everything programmed so far, by destination.
    public Map<String, SimulatedDevice> devices() {
        return Collections.unmodifiableMap(devices);
    }
}
