package org.helpline.app.owner;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Optional;
import org.helpline.gateway.RoutingPort;
import org.helpline.router.Input;
import org.helpline.router.Refusal;

/// Reaches the owner from other contexts: the command hops over, the answer hops back.
public final class OwnerPort implements RoutingPort {
    private final DomainOwner owner;
    private final Context ownerContext;

    public OwnerPort(DomainOwner owner, Context ownerContext) {
        this.owner = owner;
        this.ownerContext = ownerContext;
    }

    @Override
    public Future<Optional<Refusal>> submit(Input input) {
        return OwnerContext.ask(ownerContext, () -> owner.submit(input));
    }
}
