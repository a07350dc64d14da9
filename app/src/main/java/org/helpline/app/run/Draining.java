package org.helpline.app.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.OwnerContext;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.gateway.DrainPort;
import org.helpline.router.ContactId;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// Empties the domain before a stop: the switchboard hands new calls back, and what is left is counted here.
final class Draining implements DrainPort, TurnListener {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final DomainOwner owner;
    private final Context ownerContext;
    private final Scheduler scheduler;
    private final Runnable stop;
    private volatile Optional<Instant> since; // read by health checks, scrapes and the gateway
    private boolean stops;

    /// @param stop ends Helpline; called on the owner's context, so it must not wait
    Draining(DomainOwner owner, Context ownerContext, Scheduler scheduler, Runnable stop) {
        this.owner = owner;
        this.ownerContext = ownerContext;
        this.scheduler = scheduler;
        this.stop = stop;
        this.since = owner.switchboard().state().drainingSince();
    }

    /// Since when no new calls are taken. From any thread.
    Optional<Instant> since() {
        return since;
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (event instanceof DomainEvent.DrainStarted started) since = Optional.of(started.at());
            if (event instanceof DomainEvent.DrainEnded) since = Optional.empty();
        }
    }

    @Override
    public Future<Progress> start(boolean thenStop) {
        return OwnerContext.ask(
                ownerContext,
                () -> owner.drain(true).map(_ -> {
                    if (thenStop && !stops) {
                        stops = true;
                        look();
                    }
                    return now();
                }));
    }

    @Override
    public Future<Progress> cancel() {
        return OwnerContext.ask(ownerContext, () -> {
            stops = false;
            return owner.drain(false).map(_ -> now());
        });
    }

    @Override
    public Future<Progress> progress() {
        return OwnerContext.ask(ownerContext, () -> Future.succeededFuture(now()));
    }

    private void look() {
        scheduler.after(LOOK_EVERY, () -> {
            if (!stops) return;
            if (now().done()) stop.run();
            else look();
        });
    }

    private Progress now() {
        return of(owner.switchboard().state(), stops);
    }

    static Progress of(SwitchState state, boolean stops) {
        int waiting = 0;
        int talking = 0;
        int wrapUps = 0;
        for (ContactView contact : state.routing().contacts()) {
            if (contact.consultOf().isPresent()) continue;
            switch (contact.state()) {
                case WAITING, OFFERED, CONNECTING -> waiting++;
                case TALKING, HELD, AGENT_LOST -> talking++;
                case WRAP_UP -> wrapUps++;
            }
        }
        int inFlow = (int) state.calls().stream()
                .map(SwitchState.Call::contact)
                .filter(contact -> !isRouted(state, contact))
                .count();
        return new Progress(state.drainingSince(), inFlow, waiting, talking, wrapUps, stops);
    }

    private static boolean isRouted(SwitchState state, ContactId contact) {
        return state.routing()
                .contact(contact)
                .filter(view -> view.state() != ContactState.WRAP_UP)
                .isPresent();
    }
}
