package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallControlException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns commands into requests.
final class Commands {
    static final String CONTACT = "HELPLINE_CONTACT";
    private static final String MUSIC_CLASS = "default";
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final String application;
    private final Legs legs;
    private final Snoops snoops;
    private final Settling settling;
    private final Requests requests;
    private final Function<PromptRef, String> sounds;
    private final Consumer<Leg> seemsGone;

    /// @param sounds path of a prompt without its extension, as Asterisk finds it
    /// @param seemsGone told when Asterisk does not know a leg of which we have heard no end
    Commands(
            String application,
            Legs legs,
            Snoops snoops,
            Settling settling,
            Requests requests,
            Function<PromptRef, String> sounds,
            Consumer<Leg> seemsGone) {
        this.application = application;
        this.legs = legs;
        this.snoops = snoops;
        this.settling = settling;
        this.requests = requests;
        this.sounds = sounds;
        this.seemsGone = seemsGone;
    }

    Future<Void> perform(CallCommand command) {
        LOG.debug("{}", command.getClass().getSimpleName());
        return switch (command) {
            case CallCommand.Answer answer -> onLeg(answer.leg(), leg -> answer(leg, answer));
            case CallCommand.Play play -> onLeg(play.leg(), leg -> play(leg, play));
            case CallCommand.StopPlay stop -> onLeg(stop.leg(), leg -> stopPlay(leg, stop.play()));
            case CallCommand.StartMusic start -> onLeg(start.leg(), this::startMusic);
            case CallCommand.StopMusic stop -> onLeg(stop.leg(), this::stopMusic);
            case CallCommand.Originate call -> originate(call);
            case CallCommand.Bridge bridge -> bridge(bridge);
            case CallCommand.Unbridge unbridge -> unbridge(unbridge.bridge());
            case CallCommand.HangUp hangUp -> hangUp(hangUp.leg());
            case CallCommand.HandBack back -> handBack(back.leg());
            case CallCommand.Snoop snoop -> onLeg(snoop.leg(), leg -> snoop(snoop));
            case CallCommand.EndSnoop end -> endSnoop(end.snoop());
            case CallCommand.Refer refer -> onLeg(refer.leg(), leg -> refer(leg, refer));
        };
    }

    private Future<Void> onLeg(String id, Function<Leg, Future<Void>> action) {
        return legs.find(id).map(action).orElseGet(() -> Answers.gone("leg " + id));
    }

    private Future<Void> answer(Leg leg, CallCommand.Answer answer) {
        LOG.info("contact={} leg={} answer", answer.contact(), leg.id);
        leg.ours = true;
        return last(
                leg,
                List.of(
                        setContact(leg.id, answer.contact()),
                        Absence.whileAlone(leg),
                        AriRequest.post(channel(leg.id) + "/answer")));
    }

    private static AriRequest setContact(String leg, String contact) {
        return setVariable(leg, CONTACT, contact);
    }

    private static AriRequest setVariable(String leg, String name, String value) {
        return AriRequest.post(channel(leg) + "/variable", "variable", name, "value", value);
    }

    private Future<Void> play(Leg leg, CallCommand.Play command) {
        if (command.prompts().isEmpty()) {
            return Answers.refused("play " + command.play() + " has no prompts");
        }
        if (leg.plays.containsKey(command.play())) {
            return Future.succeededFuture();
        }
        String media = command.prompts().stream()
                .map(prompt -> "sound:" + sounds.apply(prompt))
                .collect(Collectors.joining(","));
        boolean mayGoOn = leg.unheardOf(command.play());
        leg.taken(command.play());
        leg.musicSounds = false; // a prompt silences it
        AriRequest request = AriRequest.post(
                channel(leg.id) + "/play", "media", media, "playbackId", leg.playbackId(command.play()));
        return (mayGoOn ? playUnlessItGoesOn(leg, command.play(), request) : playThenMusic(leg, request))
                .onFailure(failure -> {
                    if (Answers.kind(failure) == Kind.GONE || Answers.kind(failure) == Kind.REFUSED) {
                        leg.plays.remove(command.play());
                    }
                });
    }

    /// The process before us may have begun it, and then it is heard already.
    private Future<Void> playUnlessItGoesOn(Leg leg, String play, AriRequest request) {
        return response(List.of(AriRequest.get(playback(leg, play)))).compose(answer -> {
            if (answer.ok() || leg.plays.get(play) != Leg.Play.ON) {
                return Future.succeededFuture();
            }
            return playThenMusic(leg, request);
        });
    }

    /// Asterisk works off what a channel is told one after the other, so the music comes back when the prompt is over,
    /// whether or not anybody is there to ask for it.
    private Future<Void> playThenMusic(Leg leg, AriRequest request) {
        if (!leg.music) {
            return last(leg, List.of(request));
        }
        leg.musicFollows = true;
        Future<AriResponse> played =
                requests.send(List.of(request, musicRequest(leg))).getFirst();
        return played.compose(answer -> {
            if (answer.status() == 404) {
                seemsGone.accept(leg);
            }
            return Answers.checked(answer);
        });
    }

    private Future<Void> stopPlay(Leg leg, String play) {
        if (leg.plays.get(play) != Leg.Play.ON && !leg.unheardOf(play)) {
            return Future.succeededFuture();
        }
        leg.plays.put(play, Leg.Play.STOPPING);
        return response(List.of(stopRequest(leg, play))).compose(Answers::goneIsFine);
    }

    private static AriRequest stopRequest(Leg leg, String play) {
        return AriRequest.delete(playback(leg, play));
    }

    private static String playback(Leg leg, String play) {
        return "playbacks/" + AriRequest.segment(leg.playbackId(play));
    }

    /// Asked for again by each audit, so asking again must neither cost a request nor start the music anew.
    private Future<Void> startMusic(Leg leg) {
        if (leg.musicSounds) {
            return Future.succeededFuture();
        }
        leg.music = true;
        List<AriRequest> batch = new ArrayList<>(leg.inbound ? settling.putOff(List.of(leg)) : List.of());
        batch.add(musicRequest(leg));
        return last(leg, batch).onSuccess(_ -> leg.musicSounds = leg.music);
    }

    static AriRequest musicRequest(Leg leg) {
        return AriRequest.post(channel(leg.id) + "/moh", "mohClass", MUSIC_CLASS);
    }

    private Future<Void> stopMusic(Leg leg) {
        leg.music = false;
        leg.musicSounds = false;
        return last(leg, List.of(AriRequest.delete(channel(leg.id) + "/moh")));
    }

    private Future<Void> originate(CallCommand.Originate call) {
        if (legs.usedForDevice(call.leg())) {
            return Future.succeededFuture();
        }
        if ((call.contact() + call.destination()).chars().anyMatch(Character::isISOControl)) {
            return Answers.refused("contact and destination must not hold control characters");
        }
        LOG.info("contact={} leg={} originate", call.contact(), call.leg());
        Leg leg = legs.addDevice(call.leg());
        leg.givesUpAtNanos = System.nanoTime() + call.answerWithin().toNanos();
        return response(List.of(Origination.request(call, application)))
                .compose(answer -> answer.status() == 409 ? Future.succeededFuture() : Answers.checked(answer))
                .onFailure(failure -> {
                    // Unanswered, it may ring all the same: then events or the next census tell.
                    Kind kind = Answers.kind(failure);
                    if (kind != Kind.TIMEOUT && kind != Kind.DISCONNECTED) {
                        legs.forget(leg);
                    }
                });
    }

    private Future<Void> bridge(CallCommand.Bridge command) {
        List<Leg> joining = new ArrayList<>();
        for (String id : command.legs()) {
            Optional<Leg> leg = legs.find(id);
            if (leg.isEmpty()) {
                return Answers.gone("leg " + id);
            }
            if (!leg.get().bridge.equals(Optional.of(command.bridge()))) {
                joining.add(leg.get());
            }
        }
        if (joining.isEmpty()) {
            return Future.succeededFuture();
        }
        joining.forEach(leg -> leg.sentTo = Optional.of(command.bridge()));
        return settling.whenSettled(joining, () -> join(command, joining));
    }

    private Future<Void> join(CallCommand.Bridge command, List<Leg> joining) {
        if (joining.stream().anyMatch(leg -> !leg.sentTo.equals(Optional.of(command.bridge())))) {
            return Answers.refused("bridge " + command.bridge() + " was taken away before anybody was in it");
        }
        List<AriRequest> batch = new ArrayList<>();
        for (Leg leg : joining) {
            // Music first: a leg that is joined while it sounds keeps the music instead of the other party.
            leg.music = false;
            leg.musicSounds = false;
            batch.add(AriRequest.delete(channel(leg.id) + "/moh"));
            batch.addAll(stopAllPlays(leg));
            if (leg.inbound) {
                batch.add(Absence.whileTalking(leg));
            }
        }
        String path = bridgePath(command.bridge());
        batch.add(AriRequest.post(path, "type", "mixing", "name", application));
        batch.add(AriRequest.post(
                path + "/addChannel",
                "channel",
                joining.stream().map(leg -> leg.id).collect(Collectors.joining(","))));
        LOG.info("bridge={} join {}", command.bridge(), command.legs());
        return response(batch)
                .compose(Answers::joined)
                .onSuccess(joined -> joining.forEach(leg -> leg.bridge = Optional.of(command.bridge())))
                .onFailure(failure -> {
                    if (legs.all().stream().noneMatch(leg -> leg.bridge.equals(Optional.of(command.bridge())))) {
                        requests.send(AriRequest.delete(path));
                    }
                });
    }

    private static List<AriRequest> stopAllPlays(Leg leg) {
        List<AriRequest> batch = new ArrayList<>();
        for (Map.Entry<String, Leg.Play> play : leg.plays.entrySet()) {
            if (play.getValue() == Leg.Play.ON) {
                play.setValue(Leg.Play.STOPPING);
                batch.add(stopRequest(leg, play.getKey()));
            }
        }
        return batch;
    }

    /// Each leg leaves first, which Asterisk answers when it is done; taking a bridge away only begins to send
    /// its channels out. What is played to a leg that is still on its way out is played into the bridge that is
    /// gone: the leg hears neither that nor anything after it, and the bridge's name stays taken.
    private Future<Void> unbridge(String bridge) {
        LOG.info("bridge={} take away", bridge);
        List<AriRequest> batch = new ArrayList<>();
        for (Leg leg : legs.all()) {
            if (leg.sentTo.or(() -> leg.bridge).equals(Optional.of(bridge))) {
                leg.sentTo = Optional.empty();
                leg.bridge = Optional.empty();
                batch.add(AriRequest.post(bridgePath(bridge) + "/removeChannel", "channel", leg.id));
                if (leg.inbound) {
                    batch.add(Absence.whileAlone(leg));
                }
            }
        }
        batch.add(AriRequest.delete(bridgePath(bridge)));
        return response(batch).compose(Answers::goneIsFine);
    }

    private Future<Void> hangUp(String id) {
        LOG.info("leg={} hang up", id);
        Optional<Leg> known = legs.find(id);
        known.ifPresent(leg -> leg.hangUpAsked = true);
        return response(List.of(AriRequest.delete(channel(id)))).compose(answer -> {
            if (answer.status() == 404) {
                known.ifPresent(seemsGone);
            }
            return Answers.goneIsFine(answer);
        });
    }

    private Future<Void> handBack(String id) {
        Optional<Leg> known = legs.find(id);
        // A leg that is unknown here is a caller's whose arrival was missed: only what we rang is hung up.
        if (known.map(leg -> !leg.inbound).orElseGet(() -> legs.usedForDevice(id))) {
            return hangUp(id);
        }
        LOG.info("leg={} hand back", id);
        return settling.whenSettled(known.stream().toList(), () -> handBack(id, known));
    }

    private Future<Void> handBack(String id, Optional<Leg> known) {
        List<AriRequest> batch = new ArrayList<>(known.map(Commands::letGo).orElse(List.of()));
        batch.addAll(leaveTo(id, "helpline-retry"));
        // 409: it is the dialplan's already, which is all that was wanted.
        return response(batch)
                .compose(answer -> answer.status() == 409 ? Future.succeededFuture() : Answers.goneIsFine(answer));
    }

    private Future<Void> refer(Leg leg, CallCommand.Refer command) {
        if (!leg.inbound) {
            return Answers.refused("leg " + leg.id + " is no caller's");
        }
        if (!command.number().matches("\\+?[0-9]{1,32}")) {
            return Answers.refused("a number to refer to has 1 to 32 digits, perhaps after a +");
        }
        LOG.info("leg={} refer to {}", leg.id, Numbers.masked(command.number()));
        return settling.whenSettled(List.of(leg), () -> sendAway(leg, command));
    }

    private Future<Void> sendAway(Leg leg, CallCommand.Refer command) {
        List<AriRequest> batch = new ArrayList<>(letGo(leg));
        batch.add(setVariable(leg.id, "HELPLINE_TRANSFER_TO", command.number()));
        batch.add(setVariable(leg.id, "HELPLINE_LANGUAGE", command.language()));
        batch.addAll(leaveTo(leg.id, "helpline-transfer"));
        return last(leg, batch).onFailure(_ -> leg.handedBack = false);
    }

    private static List<AriRequest> letGo(Leg leg) {
        leg.handedBack = true;
        leg.music = false;
        leg.musicSounds = false;
        return stopAllPlays(leg);
    }

    /// Out of our hands, to a context of the dialplan.
    private static List<AriRequest> leaveTo(String id, String context) {
        return List.of(
                AriRequest.delete(channel(id) + "/moh"),
                // It is no contact of ours any more; a census must not find it so.
                setContact(id, ""),
                AriRequest.post(channel(id) + "/continue", "context", context, "extension", "s", "priority", "1"));
    }

    private Future<Void> snoop(CallCommand.Snoop command) {
        return legs.find(command.listener()).isEmpty()
                ? Answers.gone("leg " + command.listener())
                : snoops.begin(
                        command, () -> bridge(new CallCommand.Bridge(command.snoop(), List.of(command.listener()))));
    }

    private Future<Void> endSnoop(String snoop) {
        return snoops.end(snoop).compose(_ -> unbridge(snoop));
    }

    private Future<AriResponse> response(List<AriRequest> batch) {
        return requests.send(batch).getLast();
    }

    private Future<Void> last(Leg leg, List<AriRequest> batch) {
        return response(batch).compose(answer -> {
            if (answer.status() == 404) {
                seemsGone.accept(leg);
            }
            return Answers.checked(answer);
        });
    }

    static String channel(String id) {
        return "channels/" + AriRequest.segment(id);
    }

    static String bridgePath(String id) {
        return "bridges/" + AriRequest.segment(id);
    }
}
