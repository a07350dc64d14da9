package org.helpline.simulation.kill;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.helpline.simulation.history.Observation;
import org.helpline.simulation.history.Observation.By;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// An agent's desk phone: rings a while, is answered, and speaks with the agent's voice.
final class LivePhone implements AutoCloseable {
    private final String agent;
    private final SipPeer telephone;
    private final Recorder seen;
    private final Random random;
    private final Map<SipCall, Progress> calls = new HashMap<>();

    private static final class Progress {
        Instant answersAt;
        boolean answered;
        boolean hungUp;
        boolean over;
    }

    LivePhone(String agent, int number, int port, Random random, Recorder seen) {
        this.agent = agent;
        this.seen = seen;
        this.random = random;
        this.telephone = new SipPeer("127.0.2." + number, port, call -> {
            call.media().tone(Voices.ofAgent(number));
            call.ring();
        });
    }

    /// The leg that is up, if one is.
    Optional<String> speaks() {
        return calls.entrySet().stream()
                .filter(entry -> entry.getValue().answered && !entry.getValue().over)
                .map(entry -> entry.getKey().callId())
                .findFirst();
    }

    boolean rings() {
        return calls.values().stream().anyMatch(progress -> !progress.answered && !progress.over);
    }

    void look() {
        Instant now = Recorder.now();
        for (SipCall call : List.copyOf(telephone.received())) {
            Progress progress = calls.get(call);
            if (progress == null) {
                progress = new Progress();
                progress.answersAt = now.plusMillis(300 + random.nextInt(1500));
                calls.put(call, progress);
                seen.note(new Observation.DeviceRang(
                        now,
                        agent,
                        call.callId(),
                        call.invite().header("X-Helpline-Contact").orElse("")));
            }
            if (progress.over) continue;
            if (call.over()) {
                progress.over = true;
                seen.note(new Observation.DeviceEnded(
                        now, agent, call.callId(), progress.hungUp ? By.SELF : By.OTHER_SIDE));
            } else if (call.up() && !progress.answered) {
                progress.answered = true;
                seen.note(new Observation.DeviceAnswered(now, agent, call.callId()));
            } else if (!call.up() && now.isAfter(progress.answersAt)) {
                call.answer();
            }
        }
    }

    void hangUp() {
        calls.forEach((call, progress) -> {
            if (progress.over) return;
            progress.hungUp = true;
            call.hangUp();
        });
    }

    @Override
    public void close() {
        hangUp();
        telephone.close();
    }
}
