package org.helpline.app.owner;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.app.switchboard.SwitchState.Call;
import org.helpline.ivr.FlowEvent;
import org.helpline.ivr.FlowState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.QueueId;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.store.CallerMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives callers' memory each contact whose caller is gone, with the language that the caller chose. A call
/// that was one too many is not remembered.
///
/// Threading: on the owner's context. What the memory does takes place elsewhere, and nobody waits for it.
public final class CallerNotes implements TurnListener {
    private static final Logger log = LoggerFactory.getLogger(CallerNotes.class);

    private final CallerMemory memory;
    private final Function<String, Optional<String>> keys;
    private final CallerWatch watch;
    private final Map<ContactId, Note> open = new HashMap<>(); // as many as there are calls

    private record Note(String caller, Instant at, String helpline, Optional<String> queue, Optional<String> chosen) {
        Note in(QueueId line) {
            return new Note(caller, at, helpline, Optional.of(line.value()), chosen);
        }

        Note speaking(String language) {
            return new Note(caller, at, helpline, queue, Optional.of(language));
        }
    }

    /// @param keys of callers' numbers, under which the memory knows them
    public CallerNotes(CallerMemory memory, Function<String, Optional<String>> keys, CallerWatch watch) {
        this.memory = memory;
        this.keys = keys;
        this.watch = watch;
    }

    @Override
    public void onRecovered(Recovered recovered) {
        SwitchState state = recovered.state();
        for (Call call : state.calls()) {
            Optional<String> queue = state.routing()
                    .contact(call.contact())
                    .map(ContactView::queue)
                    .map(QueueId::value);
            call.callerNumber()
                    .flatMap(keys)
                    .ifPresent(caller -> open.put(
                            call.contact(),
                            new Note(caller, call.arrivedAt(), call.helpline().value(), queue, chosen(call.flow()))));
        }
    }

    /// A language that was chosen is a step of the way; the one that a call begins with is not.
    private static Optional<String> chosen(FlowState flow) {
        return flow.language()
                .map(language -> language.tag())
                .filter(tag ->
                        flow.path().stream().anyMatch(step -> step.value().equals(tag)));
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            switch (event) {
                case DomainEvent.CallerArrived e ->
                    e.callerNumber()
                            .flatMap(keys)
                            .ifPresent(caller -> open.put(
                                    e.id(),
                                    new Note(
                                            caller, e.at(), e.helpline().value(), Optional.empty(), Optional.empty())));
                case DomainEvent.Flow(ContactId id, FlowEvent.LanguageChosen e) ->
                    open.computeIfPresent(
                            id, (_, note) -> note.speaking(e.language().tag()));
                case DomainEvent.Flow(ContactId id, FlowEvent.LimitReached _) -> open.remove(id);
                case DomainEvent.Routing(Event.ContactQueued e) ->
                    open.computeIfPresent(e.contact(), (_, note) -> note.in(e.queue()));
                case DomainEvent.CallerGone e -> {
                    Note note = open.remove(e.id());
                    if (note != null) keep(note);
                }
                default -> {}
            }
        }
    }

    private void keep(Note note) {
        memory.remember(
                        note.caller(),
                        new CallerMemory.Contact(note.at(), note.helpline(), note.queue()),
                        note.chosen())
                .onComplete(kept -> {
                    watch.remembered(kept.succeeded());
                    if (kept.failed())
                        log.debug(
                                "a contact was not remembered: {}", kept.cause().getMessage());
                });
    }
}
