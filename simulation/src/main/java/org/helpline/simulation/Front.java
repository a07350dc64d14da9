package org.helpline.simulation;

import io.vertx.core.Future;
import java.util.Optional;
import org.helpline.app.owner.DomainOwner;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingState;

/// How simulated people reach the domain, whoever owns it.
interface Front {

    /// Never completes when nobody is there to take it, or when whoever took it dies.
    Future<Optional<Refusal>> submit(Input input);

    /// What they can see on their screens; as it was last while nobody owns the domain.
    RoutingState routing();

    static Front of(DomainOwner owner) {
        return new Front() {
            @Override
            public Future<Optional<Refusal>> submit(Input input) {
                return owner.submit(input);
            }

            @Override
            public RoutingState routing() {
                return owner.switchboard().state().routing();
            }
        };
    }
}
