package org.helpline.app.owner;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
        Promise<Optional<Refusal>> answer = Promise.promise();
        Context caller = Vertx.currentContext();
        ownerContext.runOnContext(_ -> {
            Future<Optional<Refusal>> turn;
            try {
                turn = owner.submit(input);
            } catch (RuntimeException e) {
                turn = Future.failedFuture(e);
            }
            turn.onComplete(done -> {
                if (caller == null) {
                    answer.handle(done);
                } else {
                    caller.runOnContext(_ -> answer.handle(done));
                }
            });
        });
        return answer.future();
    }
}
