package org.helpline.gateway;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import org.helpline.gateway.Tokens.Check;
import org.helpline.gateway.sip.SipDoor;

/// Tells the SIP side who comes in: the same tokens, origins and problems as everywhere else.
final class PhoneDoor implements SipDoor {
    private final Tokens tokens;
    private final Set<String> allowedOrigins;

    PhoneDoor(Tokens tokens, Set<String> allowedOrigins) {
        this.tokens = tokens;
        this.allowedOrigins = allowedOrigins;
    }

    @Override
    public Optional<Visitor> signedIn(RoutingContext ctx) {
        if (!originAllowed(ctx)) {
            Problem.forbidden("foreign-origin", "pages of this origin may not connect")
                    .answer(ctx);
            return Optional.empty();
        }
        Check check = Handshake.bearer(ctx.request())
                .map(tokens::check)
                .orElseGet(() -> new Check.Refused("invalid-token", "the header Authorization: Bearer is missing"));
        return switch (check) {
            case Check.Accepted(Tokens.Token token, UserDirectory.User user) ->
                Optional.of(new Visitor(new Pass(token.id(), token.user(), token.expiresAt()), mayHavePhone(user)));
            case Check.Refused(String reason, String message) -> {
                Problem.unauthorized(reason, message).answer(ctx);
                yield Optional.empty();
            }
        };
    }

    private static boolean mayHavePhone(UserDirectory.User user) {
        return user.roles().contains(UserDirectory.Role.AGENT) || user.roles().contains(UserDirectory.Role.SUPERVISOR);
    }

    @Override
    public boolean originAllowed(RoutingContext ctx) {
        return Handshake.originAllowed(ctx.request(), allowedOrigins);
    }

    @Override
    public boolean stillGood(Pass pass) {
        return tokens.check(new Tokens.Token(pass.id(), pass.user(), pass.expiresAt())) instanceof Check.Accepted;
    }

    @Override
    public void problem(RoutingContext ctx, int status, String reason, String title, String detail) {
        new Problem(status, reason, title, detail).answer(ctx);
    }
}
