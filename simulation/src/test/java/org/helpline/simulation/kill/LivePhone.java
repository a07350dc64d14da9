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

/// An agent's desk phone: rings a while, is answered, and speaks with the agent's voice. What is noted has the times of
/// its messages, whenever it is looked after.
final class LivePhone implements AutoCloseable {
    private final String agent;
    private final SipPeer telephone;
    private final Recorder seen;
    private final Random random;
    private final Map<SipCall, Progress> calls = new HashMap<>();

    private static final class Progress {
        Instant answersAt;
        boolean answered;
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

    /// The newest call that was ever up: its voice is heard a moment longer than it lasts.
    Optional<String> spoke() {
        List<SipCall> received = telephone.received();
        for (int i = received.size() - 1; i >= 0; i--) {
            if (received.get(i).upAt().isPresent())
                return Optional.of(received.get(i).callId());
        }
        return Optional.empty();
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
                        call.startedAt(),
                        agent,
                        call.callId(),
                        call.invite().header("X-Helpline-Contact").orElse("")));
            }
            if (progress.over) continue;
            if (call.upAt().isPresent() && !progress.answered) {
                progress.answered = true;
                seen.note(new Observation.DeviceAnswered(call.upAt().get(), agent, call.callId()));
            }
            if (call.overAt().isPresent()) {
                progress.over = true;
                By by = call.endedByFarEnd() ? By.OTHER_SIDE : By.SELF;
                seen.note(new Observation.DeviceEnded(call.overAt().get(), agent, call.callId(), by));
            } else if (!call.up() && now.isAfter(progress.answersAt)) {
                call.answer();
            }
        }
    }

    void hangUp() {
        calls.forEach((call, progress) -> {
            if (!progress.over) call.hangUp();
        });
    }

    @Override
    public void close() {
        hangUp();
        telephone.close();
    }
}
