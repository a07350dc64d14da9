package org.helpline.app.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.ivr.FlowEvent;
import org.helpline.records.EventSource.Numbered;
import org.helpline.records.NumberHashes;
import org.helpline.records.fold.Recorded;
import org.helpline.router.Event;

/// Tells the records what a domain's events mean to them. A caller's number goes no further than here.
public final class RecordedEvents {
    private final NumberHashes hashes;
    private final UnaryOperator<String> label;

    /// @param label what records call a number that was called
    public RecordedEvents(NumberHashes hashes, UnaryOperator<String> label) {
        this.hashes = hashes;
        this.label = label;
    }

    /// Those that make records.
    ///
    /// @param firstSeq of the first event
    public List<Numbered> of(List<DomainEvent> events, long firstSeq) {
        List<Numbered> recorded = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            long seq = firstSeq + i;
            of(events.get(i)).ifPresent(event -> recorded.add(new Numbered(seq, event)));
        }
        return recorded;
    }

    public Optional<Recorded> of(DomainEvent event) {
        return switch (event) {
            case DomainEvent.CallerArrived e ->
                Optional.of(new Recorded.CallerArrived(
                        e.at(),
                        e.id(),
                        e.helpline(),
                        label.apply(e.called()),
                        e.callerNumber().flatMap(hashes::of)));
            case DomainEvent.CallerGone e -> Optional.of(new Recorded.CallerGone(e.at(), e.id()));
            case DomainEvent.Leg _, DomainEvent.Phone _, DomainEvent.Drain _ -> Optional.empty();
            case DomainEvent.Flow e ->
                matters(e.event()) ? Optional.of(new Recorded.InFlow(e.id(), e.event())) : Optional.empty();
            case DomainEvent.Routing e ->
                matters(e.event()) ? Optional.of(new Recorded.Routed(e.event())) : Optional.empty();
        };
    }

    /// Most of a flow's events are prompts and timers: they would only fill the buffer.
    private static boolean matters(FlowEvent event) {
        return event instanceof FlowEvent.FlowStarted
                || event instanceof FlowEvent.LanguageChosen
                || event instanceof FlowEvent.NeedChosen
                || event instanceof FlowEvent.QueueRefused
                || event instanceof FlowEvent.LimitReached
                || event instanceof FlowEvent.HangUpOrdered
                || event instanceof FlowEvent.FlowEnded;
    }

    private static boolean matters(Event event) {
        return !(event instanceof Event.TimerStarted
                || event instanceof Event.TimerCancelled
                || event instanceof Event.AgentStateChanged
                || event instanceof Event.DomainConfigured);
    }
}
