package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the adapter knows of one channel.
final class Leg {
    private static final int REMEMBERED_PLAYS = 64;

    final String id;
    final boolean inbound;
    /// The port's user has heard of it: its end must be told.
    boolean announced;
    boolean ringingTold;
    boolean answeredTold;
    /// We asked for its end, so that is normal whatever cause Asterisk names.
    boolean hangUpAsked;
    /// The latest cause named before the end itself; 0 when there was none.
    int hangUpCause;
    boolean handedBack;
    /// We have answered it, or a process before us has.
    boolean ours;
    /// Found by a census before its arrival was told.
    boolean unowned;
    /// Taken over from a process before us, which may have begun plays that we know nothing of.
    boolean adopted;
    /// Music was asked for and is not to end yet.
    boolean music;
    /// Asterisk has taken the music, and nothing has silenced it since.
    boolean musicSounds;
    /// It was asked for again behind the latest prompt.
    boolean musicFollows;
    /// To be put off as soon as nothing is heard any more.
    boolean absenceDue;
    /// See [Settling]; empty before it is asked.
    Optional<Future<Void>> settled = Optional.empty();
    Optional<String> bridge = Optional.empty();
    /// The bridge it was last told to join, whether or not that is answered yet.
    Optional<String> sentTo = Optional.empty();
    /// For an originated leg: when it stops ringing, on the clock of [System#nanoTime()].
    long givesUpAtNanos = Long.MAX_VALUE;
    /// Plays taken, oldest first. Finished ones are remembered for a while, so that repeating a command is
    /// harmless.
    final Map<String, Play> plays = new LinkedHashMap<>();

    enum Play {
        ON,
        STOPPING,
        FINISHED
    }

    Leg(String id, boolean inbound) {
        this.id = id;
        this.inbound = inbound;
    }

    void taken(String play) {
        plays.put(play, Play.ON);
        if (plays.size() > REMEMBERED_PLAYS) {
            plays.entrySet().stream()
                    .filter(entry -> entry.getValue() == Play.FINISHED)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(plays::remove);
        }
    }

    /// A caller who is with us and with nobody else.
    boolean alone() {
        return inbound && ours && !handedBack && bridge.isEmpty() && sentTo.isEmpty();
    }

    /// A prompt of ours, as far as we know.
    boolean hears() {
        return plays.values().stream().anyMatch(state -> state != Play.FINISHED);
    }

    boolean goesOn(String play) {
        Play state = plays.get(play);
        return state == Play.ON || state == Play.STOPPING;
    }

    /// Begun by the process before us, as far as we know.
    boolean unheardOf(String play) {
        return adopted && !plays.containsKey(play);
    }

    /// Name of a play in Asterisk, where all legs share one space of names.
    String playbackId(String play) {
        return id + "." + play;
    }

    String playOf(String playbackId) {
        return playbackId.startsWith(id + ".") ? playbackId.substring(id.length() + 1) : playbackId;
    }
}
