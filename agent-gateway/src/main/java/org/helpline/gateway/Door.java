package org.helpline.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Consumer;
import org.helpline.gateway.Tokens.Check;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may come in: page of ours or none, good token, our subprotocol. Whoever may not gets a problem
/// document, and the log a line.
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final Tokens tokens;
    private final GatewayWatch watch;

    Door(Vertx vertx, GatewaySettings settings, Tokens tokens, GatewayWatch watch) {
        this.vertx = vertx;
        this.settings = settings;
        this.tokens = tokens;
        this.watch = watch;
    }

    /// Empty when the request was answered with a problem.
    Optional<Check.Accepted> signedIn(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (!Handshake.originAllowed(request, settings.signIn().allowedOrigins())) {
            refuse(ctx, "?", Problem.forbidden("foreign-origin", "pages of this origin may not connect"));
            return Optional.empty();
        }
        if (request.getParam("token") != null || request.getParam("access_token") != null) {
            refuse(
                    ctx,
                    "?",
                    new Problem(
                            400,
                            "token-in-address",
                            "The request is not understood",
                            "addresses end in logs: send the token in the header Authorization or as a subprotocol"));
            return Optional.empty();
        }
        Check check = Handshake.token(request)
                .map(tokens::check)
                .orElseGet(() -> new Check.Refused("invalid-token", "no token was given"));
        return switch (check) {
            case Check.Accepted accepted -> Optional.of(accepted);
            case Check.Refused(String reason, String message) -> {
                refuse(ctx, "?", Problem.unauthorized(reason, message));
                yield Optional.empty();
            }
        };
    }

    /// @param user who, as far as known
    void refuse(RoutingContext ctx, String user, Problem problem) {
        HttpServerRequest request = ctx.request();
        String address =
                request.remoteAddress() == null ? "?" : request.remoteAddress().hostAddress();
        // The route's own path: what a stranger puts behind it, a token perhaps, is not for the log.
        LOG.warn("{} refused to {} from {}: {}", ctx.currentRoute().getPath(), user, address, problem.reason());
        watch.refused(problem.reason());
        problem.answer(ctx);
    }

    void upgrade(RoutingContext ctx, Check.Accepted accepted, GatewayWatch.Kind kind, Consumer<ClientSocket> onOpen) {
        HttpServerRequest request = ctx.request();
        if (!Handshake.speaksOurProtocol(request)) {
            Problem.badRequest("the only subprotocol is " + Handshake.PROTOCOL).answer(ctx);
            return;
        }
        if (!request.canUpgradeToWebSocket()) {
            // HTTP/2 has no such header.
            if (request.version() == HttpVersion.HTTP_1_1) ctx.response().putHeader("Upgrade", "websocket");
            new Problem(426, "upgrade-required", "This is a WebSocket", "connect with a WebSocket client").answer(ctx);
            return;
        }
        HttpConnection connection = request.connection();
        request.toWebSocket()
                .onSuccess(socket -> onOpen.accept(
                        new ClientSocket(vertx, socket, connection, settings.sockets(), accepted.token(), watch, kind)))
                .onFailure(failure -> LOG.debug("a WebSocket could not be opened: {}", failure.toString()));
    }
}
