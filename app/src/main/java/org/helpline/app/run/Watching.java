package org.helpline.app.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.helpline.app.observe.Instruments;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.watch.SwitchObserver;
import org.helpline.config.Configuration;
import org.helpline.telephony.SwitchWatch;

/// The watch over the switch as a part of one running Helpline, if there is one. Calls are moved without it.
///
/// Threading: [#open] and [#configure] on the owner's context; the rest on any thread.
final class Watching {
    private final Context ownerContext;
    private final Optional<Part> part;

    private record Part(SwitchWatch watch, SwitchObserver observer, DeskPhones desks) {}

    Watching(
            Carriers.Carrier carrier,
            DomainOwner owner,
            Scheduler scheduler,
            Configuration configuration,
            Context ownerContext,
            Instruments instruments) {
        this.ownerContext = ownerContext;
        part = carrier.watched()
                .map(watched -> new Part(
                        watched.watch(),
                        new SwitchObserver(
                                watched.watch(),
                                owner::submit,
                                leg -> owner.switchboard().state().knows(leg),
                                scheduler,
                                configuration.domain().graces().ready(),
                                instruments.switchWatch()),
                        watched.desks()));
        part.ifPresent(p -> owner.addListener(p.observer()));
    }

    /// Before the carrier is opened: its first connection then knows the phones already.
    void open(Configuration configuration) {
        part.ifPresent(p -> {
            p.desks().configure(configuration.devices());
            p.observer().open(DeskPhones.endpoints(configuration.devices()));
        });
    }

    void configure(Configuration next) {
        part.ifPresent(p -> {
            p.desks().configure(next.devices());
            p.observer().configure(DeskPhones.endpoints(next.devices()));
        });
    }

    /// For health: agents' phones are watched, are not for the moment, or are not at all.
    String phones() {
        return part.map(p -> p.observer().connected() ? "watched" : "not watched now")
                .orElse("not watched");
    }

    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        part.ifPresentOrElse(
                p -> ownerContext.runOnContext(_ -> p.watch().close().onComplete(closed)), closed::complete);
        return closed.future();
    }
}
