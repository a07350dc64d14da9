package org.helpline.router;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Event.OfferOutcome;

/// One turn in the making: each event is applied as it is emitted, so that the next decision sees its result.
///
/// It also remembers who became free and which contacts began to wait, because only they can make a new pair
/// ([Selection#pairUp]).
final class TurnDraft {
    private final RoutingState state;
    private final Instant now;
    private final List<Event> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Agent> freedAgents = new ArrayList<>();
    private final List<Contact> newlyWaiting = new ArrayList<>();
    private Optional<Refusal> refusal = Optional.empty();

    TurnDraft(RoutingState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    DomainTables tables() {
        return state.tables();
    }

    Instant now() {
        return now;
    }

    void emit(Event event) {
        state.apply(event);
        events.add(event);
        switch (event) {
            case Event.DomainConfigured _, Event.OffersResumed _ -> freedAgents.addAll(tables().agents());
            case Event.AgentStateChanged e -> tables().agent(e.agent()).ifPresent(freedAgents::add);
            case Event.AgentSocketRestored e -> tables().agent(e.agent()).ifPresent(freedAgents::add);
            case Event.AgentSkillsChanged e -> tables().agent(e.agent()).ifPresent(freedAgents::add);
            case Event.ContactQueued e -> tables().contact(e.contact()).ifPresent(newlyWaiting::add);
            case Event.ContactRequeued e -> tables().contact(e.contact()).ifPresent(newlyWaiting::add);
            case Event.ContactTransferred e -> tables().contact(e.contact()).ifPresent(newlyWaiting::add);
            case Event.ConsultStarted e -> tables().contact(e.consult()).ifPresent(newlyWaiting::add);
            case Event.OfferEnded e
            when e.outcome() != OfferOutcome.ACCEPTED ->
                tables().contact(e.contact()).ifPresent(newlyWaiting::add);
            case Event.OfferEnded _,
                    Event.OffersSuspended _,
                    Event.AgentSignedIn _,
                    Event.AgentSocketLost _,
                    Event.AgentSignedOut _,
                    Event.AgentWishNoted _,
                    Event.OfferMade _,
                    Event.OfferExtended _,
                    Event.CallerVerified _,
                    Event.PlaceKept _,
                    Event.PlaceGivenUp _,
                    Event.ContactConnecting _,
                    Event.DeviceAttemptFailed _,
                    Event.ContactConnected _,
                    Event.AgentLost _,
                    Event.ContactHeld _,
                    Event.ContactRetrieved _,
                    Event.ContactEnded _,
                    Event.ConsultEnded _,
                    Event.TransferCompleted _,
                    Event.SupervisionRequested _,
                    Event.SupervisionStarted _,
                    Event.SupervisionChanged _,
                    Event.SupervisionEnded _,
                    Event.QueueClosed _,
                    Event.QueueOpened _,
                    Event.DeviceReachabilityChanged _,
                    Event.WrapUpStarted _,
                    Event.WrapUpCompleted _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> {}
        }
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    /// Says why a command is not carried out. Nothing may have been decided before.
    void refuse(String reason, String message) {
        if (!events.isEmpty() || !effects.isEmpty()) {
            throw new IllegalStateException("refused " + reason + " after " + events.size() + " events");
        }
        refusal = Optional.of(new Refusal(reason, message));
    }

    // ---- timers

    void startTimer(TimerKey.Kind kind, Object subject, Duration after) {
        var key = new TimerKey(kind, subject.toString());
        long generation = tables().timers().newestGeneration() + 1;
        Instant due = now.plus(after);
        emit(new Event.TimerStarted(now, key, generation, due));
        effect(new Effect.StartTimer(key, generation, due));
    }

    /// Starts it anew if it runs.
    void renewTimer(TimerKey.Kind kind, Object subject, Duration after) {
        if (due(kind, subject).isPresent()) startTimer(kind, subject, after);
    }

    /// When the timer runs out; empty when it does not run.
    Optional<Instant> due(TimerKey.Kind kind, Object subject) {
        return tables().timers().running(new TimerKey(kind, subject.toString())).map(Event.TimerStarted::due);
    }

    /// Does nothing when the timer does not run, for instance because it has just fired.
    void cancelTimer(TimerKey.Kind kind, Object subject) {
        var key = new TimerKey(kind, subject.toString());
        if (tables().timers().running(key).isEmpty()) return;
        emit(new Event.TimerCancelled(now, key));
        effect(new Effect.CancelTimer(key));
    }

    // ---- for the end of the turn

    /// Agents that may be offered something and could not before, longest idle first.
    List<Agent> freedAgents() {
        return freedAgents.stream()
                .filter(Agent::available)
                .distinct()
                .sorted(Agent.BY_IDLENESS)
                .toList();
    }

    /// Contacts that wait and did not before, oldest first.
    List<Contact> newlyWaiting() {
        return newlyWaiting.stream()
                .filter(contact ->
                        contact.inLine() && tables().contact(contact.id()).equals(Optional.of(contact)))
                .distinct()
                .sorted(Contact.BY_AGE)
                .toList();
    }

    Turn finish() {
        return new Turn(events, effects, refusal);
    }
}
