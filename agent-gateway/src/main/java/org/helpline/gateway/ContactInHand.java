package org.helpline.gateway;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.helpline.router.ContactId;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.TransferTarget;

/// The contact that one agent was told to have in hand, with what the routing state alone does not say: since when it
/// is in its state, and what became of the agent's last try to hand it on.
final class ContactInHand {
    private ContactView view;
    private Optional<Instant> since;
    private Optional<Instant> wrapUpEndsAt = Optional.empty();
    private Optional<Consult> consult = Optional.empty();
    private Optional<HandedOn> handedOn = Optional.empty();
    private JsonObject told = new JsonObject();

    /// A consult that is open.
    ///
    /// @param state `waiting`, `offered`, `connecting` or `talking`
    record Consult(ContactId id, TransferTarget to, String state, Instant since) {}

    /// How the last transfer ended.
    record HandedOn(TransferTarget to, String mode, String outcome) {}

    ContactInHand(ContactView view, Optional<Instant> since) {
        this.view = view;
        this.since = since;
    }

    ContactId id() {
        return view.id();
    }

    ContactView view() {
        return view;
    }

    /// When it came into its state; empty when that is not known any more.
    Optional<Instant> since() {
        return since;
    }

    void now(ContactView newest, Instant at) {
        if (newest.state() != view.state()) since = Optional.of(at);
        view = newest;
    }

    Optional<Instant> wrapUpEndsAt() {
        return wrapUpEndsAt.filter(_ -> view.state() == ContactState.WRAP_UP);
    }

    void wrapUpEndsAt(Instant end) {
        wrapUpEndsAt = Optional.of(end);
    }

    Optional<Consult> consult() {
        return consult;
    }

    void consultStarted(ContactId id, TransferTarget to, Instant at) {
        consult = Optional.of(new Consult(id, to, "waiting", at));
        handedOn = Optional.empty();
    }

    void consultIs(String state, Instant at) {
        consult = consult.map(open -> open.state().equals(state) ? open : new Consult(open.id(), open.to(), state, at));
    }

    void consultEnded(String outcome) {
        handedOn = consult.map(open -> new HandedOn(open.to(), "warm", outcome));
        consult = Optional.empty();
    }

    Optional<HandedOn> handedOn() {
        return handedOn;
    }

    void transferredCold(TransferTarget to) {
        handedOn = Optional.of(new HandedOn(to, "cold", "transferred"));
    }

    /// Whether what would be told now differs from what was told last; from now on it is what was told.
    boolean isNews(JsonObject facts) {
        boolean news = !facts.equals(told);
        told = facts;
        return news;
    }
}
