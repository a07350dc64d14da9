package org.helpline.app.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `/health/live`, `/health/ready` and `/metrics`.
public final class HealthRoutes {
    private final BooleanSupplier carrierUp;
    private final PrometheusMeterRegistry registry;
    private final Optional<String> metricsToken;
    private BooleanSupplier draining = () -> false;
    private final SortedMap<String, Supplier<String>> others = new TreeMap<>();

    /// @param carrierUp whether calls can be moved now; read from any thread
    /// @param metricsToken lets others than loopback read `/metrics`
    public HealthRoutes(BooleanSupplier carrierUp, PrometheusMeterRegistry registry, Optional<String> metricsToken) {
        this.carrierUp = carrierUp;
        this.registry = registry;
        this.metricsToken = metricsToken;
    }

    /// Tells of something that calls do not need: it stands among the checks and changes nothing of the
    /// answer.
    ///
    /// @param told one line for anyone who may ask, so without addresses and names; from any thread
    public HealthRoutes beside(String name, Supplier<String> told) {
        others.put(name, told);
        return this;
    }

    /// @param now whether the domain takes no new calls: then it is not ready for them; from any thread
    public HealthRoutes draining(BooleanSupplier now) {
        draining = now;
        return this;
    }

    public void mount(Router router) {
        router.get("/health/live").handler(request -> answer(request, 200, new JsonObject().put("status", "up")));
        router.get("/health/ready").handler(request -> {
            boolean up = carrierUp.getAsBoolean();
            boolean drains = draining.getAsBoolean();
            JsonObject checks = new JsonObject().put("carrier", up ? "connected" : "not connected");
            others.forEach((name, told) -> checks.put(name, told.get()));
            String status = !up ? "down" : drains ? "draining" : "up";
            answer(
                    request,
                    up && !drains ? 200 : 503,
                    new JsonObject().put("status", status).put("checks", checks));
        });
        router.get("/metrics").handler(this::metrics);
    }

    private void metrics(RoutingContext request) {
        if (!allowed(request)) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            request.response()
                    .setStatusCode(401)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(new JsonObject()
                            .put("title", "Not signed in")
                            .put("status", 401)
                            .put("detail", "metrics are for loopback or for the token in HELPLINE_METRICS_TOKEN")
                            .encode());
            return;
        }
        request.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape());
    }

    private boolean allowed(RoutingContext request) {
        String given = request.request().getHeader("Authorization");
        if (metricsToken.isPresent() && given != null) {
            return MessageDigest.isEqual(
                    given.getBytes(StandardCharsets.UTF_8),
                    ("Bearer " + metricsToken.get()).getBytes(StandardCharsets.UTF_8));
        }
        // A proxy on this machine forwards for others: then only the token counts.
        boolean forwarded = request.request().getHeader("X-Forwarded-For") != null
                || request.request().getHeader("Forwarded") != null;
        String address = request.request().remoteAddress().hostAddress();
        return !forwarded && (address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1"));
    }

    private static void answer(RoutingContext request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.encode());
    }
}
