package org.helpline.simulation.kill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.simulation.kill.Voices.Impression;
import org.helpline.telephony.sip.RtpPeer;

/// What one caller hears. It is judged with the packets as they come and dated by them, so that nothing noted depends
/// on how often somebody looks.
final class Ear {
    private static final int PACKETS = 5;
    private static final Duration HEARD = Duration.ofMillis(20L * PACKETS);
    private static final Duration NO_PACKETS = Duration.ofMillis(200);
    /// A tone is known at once.
    private static final Duration TONE = Duration.ofMillis(400);
    /// Where one tone follows another lie 400 ms that are neither: speech is what lasts longer.
    private static final Duration SPEECH = Duration.ofMillis(800);
    /// Longer than the pauses of those who speak.
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final String name;
    /// Also the lock of this object: what comes is judged under it.
    private final RtpPeer media;
    private final Supplier<SortedMap<Integer, String>> speakers;
    private final Recorder seen;
    private Impression noted = Voices.NOTHING;
    private Impression next = Voices.NOTHING;
    private Instant nextSince = Instant.EPOCH;
    private Duration lasted = Duration.ZERO;
    private Optional<Instant> quietSince = Optional.empty();
    private int packets;

    /// @param speakers the newest call of each agent's telephone
    Ear(String name, RtpPeer media, Supplier<SortedMap<Integer, String>> speakers, Recorder seen) {
        this.name = name;
        this.media = media;
        this.speakers = speakers;
        this.seen = seen;
        media.whenHeard(this::heard);
    }

    Sound hears() {
        synchronized (media) {
            return noted.sound();
        }
    }

    /// The call is up: from then on there is something to hear, or not.
    void opens(Instant at) {
        synchronized (media) {
            if (noted.sound() == Sound.SILENCE) seen.note(new Observation.Heard(at, name, Sound.SILENCE, ""));
        }
    }

    private void heard() {
        if (++packets % PACKETS == 0) judge(Voices.heard(media, speakers.get()), Recorder.now());
    }

    /// Where no packets come, nothing tells that but the time.
    void look() {
        synchronized (media) {
            Duration without = media.sinceHeard();
            if (without.compareTo(NO_PACKETS) < 0) return;
            Instant now = Recorder.now();
            if (quietSince.isEmpty()) quietSince = Optional.of(now.minus(without));
            quiet(now);
        }
    }

    private void judge(Impression heard, Instant now) {
        if (heard.sound() == Sound.SILENCE) {
            if (quietSince.isEmpty()) quietSince = Optional.of(now.minus(HEARD));
            quiet(now);
            return;
        }
        quietSince = Optional.empty();
        lasted = heard.equals(next) ? lasted.plus(HEARD) : HEARD;
        if (!heard.equals(next)) nextSince = now;
        next = heard;
        Duration sure = next.sound() == Sound.PROMPT ? SPEECH : TONE;
        if (lasted.compareTo(sure) >= 0) note();
    }

    private void quiet(Instant now) {
        Instant since = quietSince.orElseThrow();
        if (Duration.between(since, now).compareTo(QUIET) < 0) return;
        next = Voices.NOTHING;
        nextSince = since;
        note();
    }

    private void note() {
        if (next.equals(noted)) return;
        noted = next;
        seen.note(new Observation.Heard(nextSince, name, noted.sound(), noted.what()));
    }
}
