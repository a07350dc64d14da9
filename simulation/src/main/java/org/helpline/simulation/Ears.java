package org.helpline.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.telephony.CallEvent.EndCause;
import org.helpline.telephony.simulated.Heard;
import org.helpline.telephony.simulated.SimulatedCaller;

/// Notes what callers hear: each change when it comes, and what comes without a sound, such as silence, soon after.
final class Ears {
    private static final Duration LISTEN_EVERY = Duration.ofMillis(250);

    private final VirtualTime time;
    private final Consumer<Observation> notes;
    private final Map<String, Ear> present = new LinkedHashMap<>();

    Ears(VirtualTime time, Consumer<Observation> notes) {
        this.time = time;
        this.notes = notes;
    }

    void start() {
        time.after(LISTEN_EVERY, () -> {
            present.values().forEach(Ear::listen);
            start();
        });
    }

    void calls(SimulatedCaller phone) {
        notes.accept(new Observation.Called(time.now(), phone.leg()));
        present.put(phone.leg(), new Ear(phone));
        phone.whenAnswered(() -> notes.accept(
                new Observation.Named(time.now(), phone.leg(), phone.contact().orElse(""))));
    }

    void hears(SimulatedCaller phone, Heard sound) {
        present.get(phone.leg()).hears(sound);
    }

    void over(SimulatedCaller phone) {
        present.remove(phone.leg());
        notes.accept(new Observation.CallEnded(
                time.now(), phone.leg(), by(phone.endCause().orElseThrow(), phone.hungUp())));
    }

    static By by(EndCause cause, boolean hungUp) {
        return switch (cause) {
            case MEDIA_LOST -> By.MEDIA_LOST;
            case CARRIER_LOST -> By.CARRIER;
            case NORMAL, BUSY, NO_ANSWER, UNREACHABLE, REJECTED, ERROR -> hungUp ? By.SELF : By.OTHER_SIDE;
        };
    }

    private final class Ear {
        final SimulatedCaller phone;
        private Sound last = Sound.SILENCE;
        private String what = "";

        Ear(SimulatedCaller phone) {
            this.phone = phone;
        }

        void hears(Heard sound) {
            switch (sound) {
                case Heard.Prompt prompt -> now(Sound.PROMPT, prompt.prompt().key());
                case Heard.Apology _ -> now(Sound.APOLOGY, "");
                case Heard.Referred _ -> now(Sound.REFERRED, "");
                case Heard.Parties _, Heard.Music _ -> listen();
            }
        }

        /// A prompt interrupts the music, and a bridge both.
        void listen() {
            if (!phone.answered()) return;
            if (!phone.bridgedWith().isEmpty()) {
                now(Sound.VOICE, String.join(" ", phone.bridgedWith()));
            } else if (phone.hearsPrompt()) {
                if (last != Sound.PROMPT) now(Sound.PROMPT, "");
            } else if (phone.hearsMusic()) {
                now(Sound.MUSIC, "");
            } else {
                now(Sound.SILENCE, "");
            }
        }

        private void now(Sound sound, String of) {
            if (sound == last && of.equals(what)) return;
            last = sound;
            what = of;
            notes.accept(new Observation.Heard(time.now(), phone.leg(), sound, of));
        }
    }
}
