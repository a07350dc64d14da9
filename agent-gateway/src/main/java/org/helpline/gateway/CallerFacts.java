package org.helpline.gateway;

import io.vertx.core.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.helpline.gateway.CallerHistory.Previous;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.ContactView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of the callers beside the routing: their earlier contacts, asked for when they enter a queue so
/// that the answer is there before the offer, and whether an agent has made sure who calls. On the gateway's context.
final class CallerFacts {
    private static final Logger LOG = LoggerFactory.getLogger(CallerFacts.class);
    private static final long PATIENCE_MS = 2_000;

    private final RoutingState replica;
    private final CallerHistory history;
    private final Context context;
    private final Map<ContactId, Facts> facts = new HashMap<>();
    private Consumer<ContactId> onLearnt = contact -> {};

    private record Facts(List<Previous> previous, boolean verified) {
        static final Facts NONE = new Facts(List.of(), false);
    }

    CallerFacts(RoutingState replica, CallerHistory history, Context context) {
        this.replica = replica;
        this.history = history;
        this.context = context;
    }

    /// Called with each contact whose earlier ones have become known.
    void onLearnt(Consumer<ContactId> listener) {
        onLearnt = listener;
    }

    List<Previous> previous(ContactView contact) {
        return of(contact).previous;
    }

    boolean verified(ContactView contact) {
        return of(contact).verified;
    }

    void verify(ContactView contact) {
        facts.merge(own(contact), new Facts(List.of(), true), (known, _) -> new Facts(known.previous, true));
    }

    /// Takes an event that the replica has applied.
    void observe(Event event) {
        switch (event) {
            case Event.ContactQueued e -> e.context().callerNumber().ifPresent(number -> ask(e.contact(), number));
            case Event.ContactEnded e -> forgetWhenOver(e.contact());
            case Event.WrapUpCompleted e -> forgetWhenOver(e.contact());
            default -> {}
        }
    }

    private void ask(ContactId contact, String number) {
        history.of(number)
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .onSuccess(previous -> context.runOnContext(_ -> learnt(contact, previous)))
                .onFailure(
                        failure -> LOG.warn("earlier contacts of {} are not known: {}", contact, failure.toString()));
    }

    private void learnt(ContactId contact, List<Previous> previous) {
        if (previous.isEmpty() || replica.contact(contact).isEmpty()) return;
        List<Previous> bounded = List.copyOf(previous.subList(0, Math.min(previous.size(), CallerHistory.MOST)));
        facts.merge(contact, new Facts(bounded, false), (known, _) -> new Facts(bounded, known.verified));
        onLearnt.accept(contact);
    }

    /// An agent may still wrap the contact up after its end, or it may go on with another one.
    private void forgetWhenOver(ContactId contact) {
        if (replica.contact(contact).isEmpty()) facts.remove(contact);
    }

    private Facts of(ContactView contact) {
        return Optional.ofNullable(facts.get(own(contact))).orElse(Facts.NONE);
    }

    /// A consult is about its contact's caller.
    private static ContactId own(ContactView contact) {
        return contact.consultOf().orElse(contact.id());
    }
}
