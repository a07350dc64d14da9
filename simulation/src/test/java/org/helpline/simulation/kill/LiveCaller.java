package org.helpline.simulation.kill;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// Somebody who calls, chooses, waits, talks, and hangs up at last. Looked after every [KillDay#TICK].
final class LiveCaller implements AutoCloseable {
    private static final List<String> WISHES = List.of("11", "11", "21", "12", "22", "13", "23", "15", "14");

    private final String name;
    private final SipPeer telephone;
    private final SipCall call;
    private final Ear ear;
    private final Recorder seen;
    private final String wish;
    private final Duration patience;
    private final Duration talks;
    private int pressed;
    private Instant mayPress;
    private Instant waitsSince;
    private Instant talksSince;
    private boolean opened;
    private boolean hungUp;
    private boolean over;

    /// @param speakers the newest call of each agent's telephone
    LiveCaller(
            InetSocketAddress asterisk,
            String number,
            Random random,
            Supplier<SortedMap<Integer, String>> speakers,
            Recorder seen) {
        this.name = number;
        this.seen = seen;
        this.wish = WISHES.get(random.nextInt(WISHES.size()));
        // Some give up in the menu or in line; some talk on until the agent ends it.
        this.patience = Duration.ofMillis(
                random.nextInt(10) == 0 ? 3000 + random.nextInt(10_000) : 60_000 + random.nextInt(60_000));
        this.talks = Duration.ofMillis(random.nextInt(3) == 0 ? 4000 + random.nextInt(12_000) : 120_000);
        this.telephone = SipPeer.caller("127.0.1.1");
        this.call = telephone.call(asterisk, "18005550100", Optional.of(number));
        this.ear = new Ear(name, call.media(), speakers, seen);
        call.media().tone(Voices.CALLER_HZ);
        seen.note(new Observation.Called(call.startedAt(), name));
    }

    String name() {
        return name;
    }

    boolean over() {
        return over;
    }

    Sound hears() {
        return ear.hears();
    }

    /// Whether an agent has spoken yet.
    boolean talked() {
        return talksSince != null;
    }

    /// How long the longest quiet was since this was asked last.
    Duration quiet() {
        Duration longest = call.media().longestQuiet();
        call.media().measureQuiet();
        return longest;
    }

    void look() {
        if (over) return;
        call.upAt().filter(_ -> !opened).ifPresent(at -> {
            opened = true;
            ear.opens(at);
        });
        if (call.overAt().isPresent()) {
            over = true;
            By by = call.endedByFarEnd() ? By.OTHER_SIDE : By.SELF;
            seen.note(new Observation.CallEnded(call.overAt().get(), name, by));
            return;
        }
        Instant now = Recorder.now();
        if (call.up()) {
            ear.look();
            act(now);
        } else if (call.startedAt().plus(patience).isBefore(now)) {
            hangUp();
        }
    }

    private void act(Instant now) {
        switch (ear.hears()) {
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
