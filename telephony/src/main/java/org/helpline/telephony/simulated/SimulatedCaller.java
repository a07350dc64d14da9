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
    private Optional<String> contact = Optional.empty();
    private boolean hungUp;
    private Optional<EndCause> ended = Optional.empty();
    private Consumer<Heard> whenHearing = sound -> {};
    private Runnable whenAnswered = () -> {};
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
        hungUp |= ended.isEmpty();
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

    /// A prompt plays at this moment.
    public boolean hearsPrompt() {
        return exchange.playing(leg);
    }

    public boolean answered() {
        return answered;
    }

    /// What the leg was given when it was answered.
    public Optional<String> contact() {
        return contact;
    }

    /// The call was ended by this caller, and by nobody else.
    public boolean hungUp() {
        return hungUp;
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

    public SimulatedCaller whenAnswered(Runnable listener) {
        whenAnswered = listener;
        return this;
    }

    public SimulatedCaller whenOver(Runnable listener) {
        whenOver = listener;
        return this;
    }

    @Override
    public void answered(String ofLeg) {
        answered = true;
        contact = exchange.contactOf(leg);
        whenAnswered.run();
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
