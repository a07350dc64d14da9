package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.Census;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a new connection finds: tells what happened to our legs meanwhile, and takes over those of a process before
/// us.
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final Legs legs;
    private final Events events;
    private final Snoops snoops;
    private final Requests requests;
    private Optional<Instant> startedAt = Optional.empty();

    /// The census and, for each play that goes on as far as we know, whether it does.
    ///
    /// @param endpoints of browsers, and whether each is online
    record Reading(
            CensusReader.Found found, Map<String, Future<Boolean>> plays, Optional<Map<String, Boolean>> endpoints) {
        boolean goesOn(String playbackId) {
            return !plays.containsKey(playbackId) || plays.get(playbackId).result();
        }
    }

    CatchUp(Legs legs, Events events, Snoops snoops, Requests requests) {
        this.legs = legs;
        this.events = events;
        this.snoops = snoops;
        this.requests = requests;
    }

    /// @param leftOut channels that are over already, or that will be told as new ones
    Census connected(Reading reading, Set<String> leftOut) {
        CensusReader.Found found = reading.found();
        boolean livedOn = livedOn(found.startedAt());
        Map<String, CensusReader.Channel> present = new HashMap<>();
        found.channels().forEach(channel -> present.put(channel.id(), channel));
        for (Leg leg : legs.inOrderOfEnding()) {
            CensusReader.Channel channel = present.get(leg.id);
            if (channel == null) {
                boolean hungUp = leg.hangUpAsked || (leg.inbound && livedOn);
                legs.end(leg, hungUp ? EndCause.NORMAL : EndCause.CARRIER_LOST);
            } else {
                stillThere(reading, leg, channel);
            }
        }
        for (CensusReader.Channel channel : found.channels()) {
            if (legs.find(channel.id()).isEmpty() && !leftOut.contains(channel.id())) {
                adopt(channel);
            }
        }
        for (CensusReader.Bridge bridge : found.bridges()) {
            bridge.channels().forEach(id -> legs.find(id).ifPresent(leg -> leg.bridge = Optional.of(bridge.id())));
        }
        snoops.adopt(found);
        return census(reap(found), leftOut);
    }

    /// Whether this is the Asterisk that we know. One that was started anew has none of its channels any more.
    private boolean livedOn(Optional<Instant> start) {
        boolean same = start.isPresent() && start.equals(startedAt);
        if (startedAt.isPresent() && start.isPresent() && !same) {
            LOG.warn("Asterisk was started anew at {}; its calls are over", start.get());
        }
        startedAt = start;
        return same;
    }

    private void stillThere(Reading reading, Leg leg, CensusReader.Channel channel) {
        if (channel.up()) {
            events.answered(leg);
        } else {
            events.state(leg, channel.state());
        }
        List.copyOf(leg.plays.keySet()).stream()
                .filter(play -> leg.goesOn(play) && !reading.goesOn(leg.playbackId(play)))
                .forEach(play -> events.finished(leg, play, false));
    }

    private void adopt(CensusReader.Channel channel) {
        Leg leg = channel.inbound() ? new Leg(channel.id(), true) : legs.addDevice(channel.id());
        leg.announced = true;
        leg.adopted = true;
        leg.answeredTold = channel.inbound() || channel.up();
        leg.ringingTold = channel.state().equals("Ringing");
        // For how long it may ring was known to the process before us; that its time is over is likelier than any
        // other end without a cause.
        leg.givesUpAtNanos = System.nanoTime();
        leg.ours = channel.contact().isPresent();
        leg.unowned = channel.inbound() && channel.contact().isEmpty();
        legs.add(leg);
    }

    /// Empty bridges outlive whoever made them: deletes them and gives the rest.
    private CensusReader.Found reap(CensusReader.Found found) {
        found.bridges().stream()
                .filter(bridge -> bridge.channels().isEmpty())
                .forEach(bridge -> requests.send(AriRequest.delete(Commands.bridgePath(bridge.id()))));
        return new CensusReader.Found(
                found.channels(),
                found.bridges().stream()
                        .filter(bridge -> !bridge.channels().isEmpty())
                        .toList(),
                found.snoops(),
                found.startedAt());
    }

    static Census census(CensusReader.Found found, Set<String> leftOut) {
        return new Census(
                found.channels().stream()
                        .filter(channel -> !leftOut.contains(channel.id()))
                        .map(channel -> new Census.Leg(channel.id(), channel.contact(), channel.up()))
                        .toList(),
                found.bridges().stream()
                        .map(bridge -> new Census.BridgeEntry(bridge.id(), bridge.channels()))
                        .toList(),
                found.snoops(),
                found.startedAt());
    }
}
