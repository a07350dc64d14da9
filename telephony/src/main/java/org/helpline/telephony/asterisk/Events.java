package org.helpline.telephony.asterisk;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.helpline.telephony.CallControl.Capability;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.CallEvent.PlayOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what Asterisk reports into what the port tells.
final class Events {
    /// Asterisk can show these in each event (`channelvars` in `ari.conf`); where it does not, they are
    /// asked for.
    static final String PRESENTATION = "CALLERID(num-pres)";

    /// Between a channel's leaving of our application and the report of its end, which names the cause.
    private static final long LEAVING_MS = 1000;

    private static final long TIMER_SLACK_NANOS = 300_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Vertx vertx;
    private final Legs legs;
    private final Snoops snoops;
    private final Requests requests;
    private final Consumer<CallEvent> emit;

    Events(Vertx vertx, Legs legs, Snoops snoops, Requests requests, Consumer<CallEvent> emit) {
        this.vertx = vertx;
        this.legs = legs;
        this.snoops = snoops;
        this.requests = requests;
        this.emit = emit;
    }

    void handle(JsonObject event) {
        JsonObject channel = event.getJsonObject("channel", new JsonObject());
        String id = channel.getString("id", "");
        LOG.debug("leg={} {} cause={}", id, event.getString("type"), event.getInteger("cause"));
        switch (event.getString("type", "")) {
            case "StasisStart" -> entered(id, channel, event.getJsonArray("args", new JsonArray()));
            case "ChannelHangupRequest" -> legs.find(id).ifPresent(leg -> leg.hangUpCause = requestedCause(event));
            case "StasisEnd" -> legs.find(id).ifPresent(this::leaves);
            case "ChannelDestroyed" -> {
                snoops.gone(id);
                legs.find(id).ifPresent(leg -> legs.end(leg, cause(leg, event.getInteger("cause", 0))));
            }
            case "ChannelStateChange" -> legs.find(id).ifPresent(leg -> state(leg, channel.getString("state", "")));
            case "ChannelDtmfReceived" -> legs.find(id).ifPresent(leg -> digit(leg, event.getString("digit", "")));
            case "PlaybackFinished" -> playbackFinished(event.getJsonObject("playback", new JsonObject()));
            case "ChannelLeftBridge" -> legs.find(id).ifPresent(leg -> left(leg, event));
            // Many more exist; what is not needed is not used.
            default -> {}
        }
    }

    static boolean isArrival(JsonObject event) {
        JsonArray args = event.getJsonArray("args", new JsonArray());
        return "StasisStart".equals(event.getString("type")) && !isFor("device", args) && !isFor(Snoops.SNOOP, args);
    }

    /// What we made ourselves says what it is for; the dialplan says that a caller comes in.
    private static boolean isFor(String purpose, JsonArray args) {
        return !args.isEmpty() && purpose.equals(args.getString(0));
    }

    private void entered(String id, JsonObject channel, JsonArray args) {
        if (id.isEmpty()) {
            return;
        }
        Optional<Leg> known = legs.find(id);
        if (isFor(Snoops.SNOOP, args)) {
            snoops.entered(id);
            return;
        }
        if (isFor("device", args)) {
            known.ifPresentOrElse(this::answered, () -> {
                LOG.warn("leg={} answered, but nobody wants it any more", id);
                requests.send(AriRequest.delete(Commands.channel(id)));
            });
            return;
        }
        if (known.isPresent() && !known.get().handedBack && !known.get().unowned) {
            return;
        }
        known.filter(leg -> leg.handedBack).ifPresent(leg -> legs.end(leg, EndCause.NORMAL));
        Leg leg = new Leg(id, true);
        legs.add(leg);
        String called = Numbers.filtered(args.size() > 1 ? args.getString(1) : "");
        String number = channel.getJsonObject("caller", new JsonObject()).getString("number", "");
        String presentation =
                channel.getJsonObject("channelvars", new JsonObject()).getString(PRESENTATION);
        if (presentation != null) {
            announce(leg, called, Numbers.shown(number, presentation));
        } else {
            requests.send(AriRequest.get(Commands.channel(id) + "/variable", "variable", PRESENTATION))
                    .onComplete(answer -> announce(
                            leg,
                            called,
                            // Not knowing counts as withheld: a number shown against its owner's will is the
                            // worse fault.
                            answer.succeeded() && answer.result().ok()
                                    ? Numbers.shown(
                                            number,
                                            new JsonObject(answer.result().body()).getString("value", ""))
                                    : Optional.empty()));
        }
    }

    private void announce(Leg leg, String called, Optional<String> number) {
        if (legs.find(leg.id).orElse(null) != leg) {
            return;
        }
        leg.announced = true;
        leg.answeredTold = true;
        LOG.info(
                "leg={} arrived for {} from {}",
                leg.id,
                called,
                number.map(Numbers::masked).orElse("withheld"));
        emit.accept(new CallEvent.CallArrived(leg.id, called, number, Set.of(Capability.VOICE)));
    }

    void answered(Leg leg) {
        if (!leg.answeredTold) {
            leg.answeredTold = true;
            LOG.info("leg={} answered", leg.id);
            emit.accept(new CallEvent.LegAnswered(leg.id));
        }
    }

    void state(Leg leg, String state) {
        if (!leg.inbound && state.equals("Ringing") && !leg.ringingTold && !leg.answeredTold) {
            leg.ringingTold = true;
            LOG.info("leg={} rings", leg.id);
            emit.accept(new CallEvent.LegRinging(leg.id));
        }
    }

    private void digit(Leg leg, String digit) {
        if (digit.length() == 1 && "0123456789*#ABCD".contains(digit)) {
            emit.accept(new CallEvent.DigitPressed(leg.id, digit.charAt(0)));
        }
    }

    private void playbackFinished(JsonObject playback) {
        String target = playback.getString("target_uri", "");
        if (target.startsWith("channel:")) {
            legs.find(target.substring("channel:".length()))
                    .ifPresent(leg -> finished(
                            leg,
                            leg.playOf(playback.getString("id", "")),
                            "failed".equals(playback.getString("state"))));
        }
    }

    void finished(Leg leg, String play, boolean failed) {
        if (!leg.goesOn(play) && !leg.unheardOf(play)) {
            return;
        }
        boolean stopped = leg.plays.put(play, Leg.Play.FINISHED) == Leg.Play.STOPPING;
        PlayOutcome outcome = stopped ? PlayOutcome.STOPPED : failed ? PlayOutcome.FAILED : PlayOutcome.COMPLETED;
        if (outcome == PlayOutcome.FAILED) {
            LOG.warn("leg={} play={} could not be played", leg.id, play);
        }
        // Before anybody hears of the end and has the next one played.
        if (leg.absenceDue && leg.alone() && Settling.free(leg)) {
            leg.absenceDue = false;
            requests.send(Absence.whileAlone(leg));
        }
        emit.accept(new CallEvent.PlayFinished(leg.id, play, outcome));
        // A prompt silences the music for good; whoever started it expects to hear it again.
        if (leg.music && leg.bridge.isEmpty() && !leg.hears()) {
            if (leg.musicFollows) {
                leg.musicFollows = false;
                leg.musicSounds = true;
                return;
            }
            requests.send(Commands.musicRequest(leg)).onSuccess(answer -> leg.musicSounds = leg.music && answer.ok());
        }
    }

    private static void left(Leg leg, JsonObject event) {
        String bridge = event.getJsonObject("bridge", new JsonObject()).getString("id", "");
        if (leg.bridge.equals(Optional.of(bridge))) {
            leg.bridge = Optional.empty();
        }
    }

    /// In a soft request the number is no cause but a flag, and 1 says that the channel driver gave up:
    /// media stopped.
    private static int requestedCause(JsonObject request) {
        int number = request.getInteger("cause", 0);
        if (!request.getBoolean("soft", false)) {
            return number;
        }
        return number == 1 ? HangupCauses.MEDIA_TIMEOUT : 0;
    }

    /// A channel that the dialplan brought in is not reported any further once it has left; one that we made
    /// is.
    private void leaves(Leg leg) {
        if (leg.inbound) {
            legs.end(leg, leg.handedBack ? EndCause.NORMAL : cause(leg, leg.hangUpCause));
        } else {
            endsLater(leg, EndCause.NORMAL);
        }
    }

    /// Gives the report of the end time to come; without one, `otherwise` is the cause.
    void endsLater(Leg leg, EndCause otherwise) {
        vertx.setTimer(LEAVING_MS, timer -> legs.end(leg, otherwise));
    }

    private static EndCause cause(Leg leg, int code) {
        EndCause named = HangupCauses.of(code);
        if (leg.hangUpAsked) {
            return EndCause.NORMAL;
        }
        if (leg.inbound || leg.answeredTold) {
            return switch (named) {
                case MEDIA_LOST -> EndCause.MEDIA_LOST;
                case NORMAL, BUSY, NO_ANSWER, UNREACHABLE, REJECTED, CARRIER_LOST, ERROR -> EndCause.NORMAL;
            };
        }
        boolean timeIsOver = System.nanoTime() > leg.givesUpAtNanos - TIMER_SLACK_NANOS;
        if (timeIsOver
                && List.of(EndCause.NORMAL, EndCause.NO_ANSWER, EndCause.ERROR).contains(named)) {
            return leg.ringingTold ? EndCause.NO_ANSWER : EndCause.UNREACHABLE;
        }
        // Asterisk's code for its RTP time-out also stands for an endpoint that cannot be called.
        return named == EndCause.MEDIA_LOST ? EndCause.UNREACHABLE : named;
    }
}
