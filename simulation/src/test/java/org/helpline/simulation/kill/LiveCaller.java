package org.helpline.simulation.kill;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.simulation.kill.Voices.Impression;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// Somebody who calls, chooses, waits, talks, and hangs up at last. Looked after every [KillDay#TICK].
final class LiveCaller implements AutoCloseable {
    /// So many looks in a row must agree: between two tones lies a moment of neither.
    private static final int SURE = 4;

    private static final List<String> WISHES = List.of("11", "11", "21", "12", "22", "13", "23", "15", "14");

    private final String name;
    private final SipPeer telephone;
    private final SipCall call;
    private final Recorder seen;
    private final String wish;
    private final Duration patience;
    private final Duration talks;
    private int pressed;
    private Instant mayPress;
    private Instant waitsSince;
    private Instant talksSince;
    private Impression last = new Impression(Sound.SILENCE, "");
    private Impression next = last;
    private Instant nextSince;
    private int looks;
    private boolean hungUp;
    private boolean over;

    LiveCaller(InetSocketAddress asterisk, String number, Random random, Recorder seen) {
        this.name = number;
        this.seen = seen;
        this.wish = WISHES.get(random.nextInt(WISHES.size()));
        // Some give up in the menu or in line; some talk on until the agent ends it.
        this.patience = Duration.ofMillis(
                random.nextInt(10) == 0 ? 3000 + random.nextInt(10_000) : 60_000 + random.nextInt(60_000));
        this.talks = Duration.ofMillis(random.nextInt(3) == 0 ? 4000 + random.nextInt(12_000) : 120_000);
        this.telephone = SipPeer.caller("127.0.1.1");
        seen.note(new Observation.Called(Recorder.now(), name));
        this.call = telephone.call(asterisk, "18005550100", Optional.of(number));
        call.media().tone(Voices.CALLER_HZ);
        this.nextSince = Recorder.now();
    }

    String name() {
        return name;
    }

    boolean over() {
        return over;
    }

    Sound hears() {
        return last.sound();
    }

    /// How long the longest quiet was since this was asked last.
    Duration quiet() {
        Duration longest = call.media().longestQuiet();
        call.media().measureQuiet();
        return longest;
    }

    void look(SortedMap<Integer, String> speakers) {
        if (over) return;
        Instant now = Recorder.now();
        if (call.over()) {
            over = true;
            seen.note(new Observation.CallEnded(now, name, hungUp ? By.SELF : By.OTHER_SIDE));
            return;
        }
        if (!call.up()) {
            if (hungUp) return;
            if (nextSince.plus(patience).isBefore(now)) hangUp();
            return;
        }
        listen(speakers, now);
        act(now);
    }

    private void listen(SortedMap<Integer, String> speakers, Instant now) {
        Impression heard = Voices.heard(call.media(), speakers);
        if (!heard.equals(next)) {
            next = heard;
            nextSince = now;
            looks = 0;
        }
        if (++looks >= SURE && !next.equals(last)) {
            last = next;
            seen.note(new Observation.Heard(nextSince, name, last.sound(), last.what()));
        }
    }

    private void act(Instant now) {
        switch (last.sound()) {
            case PROMPT -> {
                if (mayPress == null) mayPress = now.plusMillis(800 + Math.floorMod(name.hashCode(), 2500));
                if (pressed < wish.length() && now.isAfter(mayPress)) {
                    call.media().press(wish.charAt(pressed++));
                    mayPress = now.plusMillis(1500);
                }
            }
            case MUSIC -> {
                if (waitsSince == null) waitsSince = now;
                if (waitsSince.plus(patience).isBefore(now)) hangUp();
            }
            case VOICE -> {
                if (talksSince == null) talksSince = now;
                if (talksSince.plus(talks).isBefore(now)) hangUp();
            }
            case SILENCE, APOLOGY, REFERRED -> {}
        }
    }

    void hangUp() {
        if (hungUp) return;
        hungUp = true;
        call.hangUp();
    }

    @Override
    public void close() {
        hangUp();
        telephone.close();
    }
}
