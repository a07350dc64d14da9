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
/// that the answer is there before the offer, and once more with the offer when there was none. On the gateway's
// context.
final class CallerFacts {
    private static final Logger LOG = LoggerFactory.getLogger(CallerFacts.class);
    private static final long PATIENCE_MS = 2_000;

    private final RoutingState replica;
    private final CallerHistory history;
    private final Context context;
    private final Map<ContactId, Facts> facts = new HashMap<>();
    private Consumer<ContactId> onLearnt = contact -> {};
    private boolean catchingUp;

    /// @param asked the answer is there or on its way
    private record Facts(List<Previous> previous, boolean asked) {
        static final Facts NONE = new Facts(List.of(), false);

        Facts withPrevious(List<Previous> newest) {
            return new Facts(newest, true);
        }

        Facts withAsked(boolean now) {
            return new Facts(previous, now);
        }
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
        return of(own(contact)).previous;
    }

    /// Whether an agent has made sure who calls.
    boolean verified(ContactView contact) {
        return contact.consultOf()
                .flatMap(replica::contact)
                .map(ContactView::verified)
                .orElse(contact.verified());
    }

    /// Takes an event that the replica has applied.
    void observe(Event event) {
        switch (event) {
            case Event.ContactQueued e -> ask(e.contact());
            case Event.OfferMade e -> ask(e.contact());
            case Event.ContactEnded e -> forgetWhenOver(e.contact());
            case Event.WrapUpCompleted e -> forgetWhenOver(e.contact());
            default -> {}
        }
    }

    /// While true, events are of the past and nothing is asked; afterwards, the earlier contacts of those whom an agent
    /// has before them. Who waits is asked about with the offer.
    void catchingUp(boolean now) {
        catchingUp = now;
        if (now) return;
        for (ContactView contact : replica.contacts()) if (contact.agent().isPresent()) ask(contact.id());
    }

    private void ask(ContactId id) {
        if (catchingUp) return;
        Optional<ContactView> contact = replica.contact(id);
        Optional<String> number = contact.flatMap(view -> view.context().callerNumber());
        if (number.isEmpty() || contact.get().consultOf().isPresent() || of(id).asked) return;
        facts.put(id, of(id).withAsked(true));
        history.of(number.get())
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .onSuccess(previous -> context.runOnContext(_ -> learnt(id, previous)))
                .onFailure(failure -> context.runOnContext(_ -> failed(id, failure)));
    }

    private void learnt(ContactId contact, List<Previous> previous) {
        if (replica.contact(contact).isEmpty()) return;
        facts.put(
                contact,
                of(contact)
                        .withPrevious(List.copyOf(previous.subList(0, Math.min(previous.size(), CallerHistory.MOST)))));
        if (!previous.isEmpty()) onLearnt.accept(contact);
    }

    private void failed(ContactId contact, Throwable failure) {
        LOG.warn("earlier contacts of {} are not known: {}", contact, failure.toString());
        if (replica.contact(contact).isPresent()) facts.put(contact, of(contact).withAsked(false));
    }

    /// An agent may still wrap the contact up after its end, or it may go on with another one.
    private void forgetWhenOver(ContactId contact) {
        if (replica.contact(contact).isEmpty()) facts.remove(contact);
    }

    private Facts of(ContactId contact) {
        return facts.getOrDefault(contact, Facts.NONE);
    }

    /// A consult is about its contact's caller.
    private static ContactId own(ContactView contact) {
        return contact.consultOf().orElse(contact.id());
    }
}
