package org.helpline.gateway;

import io.vertx.core.Future;
import java.util.Optional;
import org.helpline.router.Input;
import org.helpline.router.Refusal;

/// How the gateway reaches the owner of the routing domain. Callable from any context; the future completes on the
/// caller's context, after the events of the turn are in the journal.
public interface RoutingPort {
    Future<Optional<Refusal>> submit(Input input);
}
