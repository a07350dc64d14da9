package org.helpline.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.Set;
import org.helpline.gateway.DrainPort.Progress;
import org.helpline.gateway.UserDirectory.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/drain`: for admins, and for whoever may read the operator's key in the data folder, from this machine.
final class DrainRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(DrainRoutes.class);
    private static final int LARGEST_BODY = 256;
    private static final String SCHEME = "Operator ";

    private final Door door;
    private final DrainPort drain;
    private final OperatorKey key;

    DrainRoutes(Door door, DrainPort drain, OperatorKey key) {
        this.door = door;
        this.drain = drain;
        this.key = key;
    }

    void mount(Router router) {
        router.get("/v1/drain").handler(ctx -> operator(ctx).ifPresent(_ -> answer(ctx, drain.progress())));
        router.post("/v1/drain")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(ctx -> operator(ctx).ifPresent(who -> start(ctx, who)));
        router.delete("/v1/drain")
                .handler(ctx -> operator(ctx).ifPresent(who -> {
                    LOG.warn("new calls are to be taken again, by {}", who);
                    answer(ctx, drain.cancel());
                }));
    }

    /// Who asks; empty when that one may not, and was told so.
    private Optional<String> operator(RoutingContext ctx) {
        String header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.startsWith(SCHEME)) {
            boolean here = isHere(ctx.request());
            if (here && key.isIt(header.substring(SCHEME.length()).strip())) return Optional.of("the operator");
            Problem problem = here
                    ? Problem.unauthorized("invalid-key", "it is not the key in the data folder of this Helpline")
                    : Problem.forbidden("not-from-here", "the operator's key counts on this machine only");
            door.refuse(ctx, "?", problem);
            return Optional.empty();
        }
        return door.signedIn(ctx).flatMap(accepted -> {
            if (accepted.user().roles().contains(Role.ADMIN))
                return Optional.of(accepted.user().name());
            door.refuse(ctx, accepted.user().name(), Problem.forbidden("not-an-admin", "draining is for admins"));
            return Optional.empty();
        });
    }

    /// From this machine and not forwarded for somebody else: over loopback, or from an address to the same.
    private static boolean isHere(HttpServerRequest request) {
        if (request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null) return false;
        String remote = request.remoteAddress().hostAddress();
        return remote.startsWith("127.")
                || remote.equals("::1")
                || remote.equals("0:0:0:0:0:0:0:1")
                || remote.equals(request.localAddress().hostAddress());
    }

    private void start(RoutingContext ctx, String who) {
        boolean stop;
        try {
            stop = stop(ctx);
        } catch (DecodeException | ClassCastException e) {
            Problem.badRequest("the body must be a JSON object, and stop true or false")
                    .answer(ctx);
            return;
        } catch (IllegalArgumentException e) {
            Problem.badRequest(e.getMessage()).answer(ctx);
            return;
        }
        LOG.warn("no new calls are to be taken, by {}{}", who, stop ? "; Helpline stops when none is left" : "");
        answer(ctx, drain.start(stop));
    }

    private static boolean stop(RoutingContext ctx) {
        if (ctx.body() == null || ctx.body().length() <= 0) return false;
        JsonObject body = ctx.body().asJsonObject();
        if (!Set.of("stop").containsAll(body.fieldNames())) {
            throw new IllegalArgumentException("unknown field; allowed is stop");
        }
        return body.getBoolean("stop", false);
    }

    private static void answer(RoutingContext ctx, Future<Progress> asked) {
        asked.onSuccess(progress -> ctx.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(json(progress).toBuffer()))
                .onFailure(ctx::fail);
    }

    private static JsonObject json(Progress progress) {
        JsonObject json = new JsonObject().put("draining", progress.since().isPresent());
        progress.since().ifPresent(at -> json.put("since", at.toString()));
        return json.put("done", progress.done())
                .put("inFlow", progress.inFlow())
                .put("waiting", progress.waiting())
                .put("talking", progress.talking())
                .put("wrapUps", progress.wrapUps())
                .put("stops", progress.stops());
    }
}
