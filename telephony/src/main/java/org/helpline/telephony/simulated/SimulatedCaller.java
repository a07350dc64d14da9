package org.helpline.telephony.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.helpline.telephony.CallEvent.EndCause;

/// One caller with a telephone; [SimulatedCarrier#call] makes it.
public final class SimulatedCaller implements Party {
    private final Switch exchange;
    private final String leg;
    private final List<Heard> heard = new ArrayList<>();
    private boolean answered;
    private Optional<EndCause> ended = Optional.empty();
    private Consumer<Heard> whenHearing = sound -> {};
    private Runnable whenOver = () -> {};

    SimulatedCaller(Switch exchange, String leg) {
        this.exchange = exchange;
        this.leg = leg;
    }

    public String leg() {
        return leg;
    }

    /// Presses a key; before the answer and after the end nobody notices.
    public void press(char key) {
        exchange.digit(leg, key);
    }

    public void hangUp() {
        exchange.end(leg, EndCause.NORMAL);
    }

    /// Stops sending media without a word; the carrier ends the leg when its media time-out is over.
    public void vanish() {
        exchange.mediaStops(leg);
    }

    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// Keys of the prompts that were begun, in order.
    public List<String> promptsHeard() {
        return heard.stream()
                .filter(Heard.Prompt.class::isInstance)
                .map(sound -> ((Heard.Prompt) sound).prompt().key())
                .toList();
    }

    /// The legs in the same bridge at this moment; empty when not bridged with anyone.
    public List<String> bridgedWith() {
        return exchange.othersInBridge(leg);
    }

    /// The legs heard at this moment, a whisper included.
    public List<String> hearsLegs() {
        return exchange.heardBy(leg);
    }

    public boolean hearsMusic() {
        return exchange.musicOn(leg);
    }

    public boolean answered() {
        return answered;
    }

    public boolean over() {
        return ended.isPresent();
    }

    public Optional<EndCause> endCause() {
        return ended;
    }

    public SimulatedCaller whenHearing(Consumer<Heard> listener) {
        whenHearing = listener;
        return this;
    }

    public SimulatedCaller whenOver(Runnable listener) {
        whenOver = listener;
        return this;
    }

    @Override
    public void answered(String ofLeg) {
        answered = true;
    }

    @Override
    public void hears(String ofLeg, Heard sound) {
        heard.add(sound);
        whenHearing.accept(sound);
    }

    @Override
    public void ended(String ofLeg, EndCause cause) {
        ended = Optional.of(cause);
        whenOver.run();
    }
}
