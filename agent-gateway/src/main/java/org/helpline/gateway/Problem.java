package org.helpline.gateway;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// Errors over HTTP, as `application/problem+json` (RFC 9457). They tell what was wrong with the request and
/// never what is inside the server.
///
/// @param reason stable kebab-case word for programs, the last part of `type`
/// @param title for people, the same for each problem of this type
/// @param detail for people, about this very request
record Problem(int status, String reason, String title, String detail) {

    void answer(RoutingContext ctx) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.headWritten()) return;
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store");
        response.end(new JsonObject()
                .put("type", "urn:helpline:problem:" + reason)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .toBuffer());
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "bad-request", "The request is not understood", detail);
    }

    static Problem unauthorized(String reason, String detail) {
        return new Problem(401, reason, "Sign in", detail);
    }

    static Problem forbidden(String reason, String detail) {
        return new Problem(403, reason, "Not allowed", detail);
    }

    /// What the router itself refuses, on every path of the server.
    static void mount(Router router) {
        router.errorHandler(400, ctx -> badRequest("malformed request").answer(ctx));
        router.errorHandler(
                404,
                ctx -> new Problem(404, "not-found", "Nothing is here", "no resource at " + path(ctx)).answer(ctx));
        router.errorHandler(
                405,
                ctx -> new Problem(
                                405,
                                "method-not-allowed",
                                "The method is not allowed",
                                ctx.request().method() + " is not allowed at " + path(ctx))
                        .answer(ctx));
        router.errorHandler(
                413, ctx -> new Problem(413, "too-large", "The body is too large", "send less").answer(ctx));
        router.errorHandler(
                415,
                ctx -> new Problem(415, "unsupported-media-type", "The body is not JSON", "send application/json")
                        .answer(ctx));
        router.errorHandler(
                500,
                ctx -> new Problem(500, "internal-error", "The server failed", "the server's log says more")
                        .answer(ctx));
    }

    private static String path(RoutingContext ctx) {
        String path = ctx.request().path();
        return path == null ? "?" : path.substring(0, Math.min(path.length(), 100));
    }
}
