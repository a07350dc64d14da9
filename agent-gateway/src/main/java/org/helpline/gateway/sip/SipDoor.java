package org.helpline.gateway.sip;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;

/// What the rest of the gateway knows of who comes in.
public interface SipDoor {

    /// The bearer of the request's token; empty when the request was answered with a problem.
    Optional<Visitor> signedIn(RoutingContext ctx);

    /// False for pages of other sites.
    boolean originAllowed(RoutingContext ctx);

    /// Whether the token is good at this moment.
    boolean stillGood(Pass pass);

    void problem(RoutingContext ctx, int status, String reason, String title, String detail);

    /// A token without its signature.
    record Pass(String id, String user, Instant expiresAt) {}

    /// @param mayHavePhone agents and supervisors talk to callers, others do not
    record Visitor(Pass pass, boolean mayHavePhone) {
        String user() {
            return pass.user();
        }
    }
}
