package org.helpline.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.helpline.gateway.Tokens.Check;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /v1/login` and `POST /v1/logout`.
final class SignInRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);
    private static final int LARGEST_BODY = 4_096;
    private static final int LONGEST_USER = 128;
    private static final int LONGEST_PASSWORD = 1_024;

    private final Vertx vertx;
    private final GatewaySettings.SignIn settings;
    private final Supplier<UserDirectory> users;
    private final Tokens tokens;
    private final RevokedTokens revoked;
    private final Clock clock;
    private final LoginThrottle throttle;
    private final Semaphore verifying;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Runnable afterLogout;
    private final GatewayWatch watch;

    SignInRoutes(
            Vertx vertx,
            GatewaySettings.SignIn settings,
            Supplier<UserDirectory> users,
            Tokens tokens,
            RevokedTokens revoked,
            Clock clock,
            Runnable afterLogout,
            GatewayWatch watch) {
        this.vertx = vertx;
        this.settings = settings;
        this.users = users;
        this.tokens = tokens;
        this.revoked = revoked;
        this.clock = clock;
        this.afterLogout = afterLogout;
        this.watch = watch;
        this.throttle = new LoginThrottle(settings);
        this.verifying = new Semaphore(settings.verifying());
    }

    void mount(Router router) {
        router.post("/v1/login")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::login);
        router.post("/v1/logout")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::logout);
    }

    private void login(RoutingContext ctx) {
        if (!settings.allowed()) {
            Problem.forbidden("insecure-transport", "sign-in needs TLS, or a server that listens on loopback alone")
                    .answer(ctx);
            return;
        }
        if (!Handshake.originAllowed(ctx.request(), settings.allowedOrigins())) {
            Problem.forbidden("foreign-origin", "pages of this origin may not sign in")
                    .answer(ctx);
            return;
        }
        String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.replaceFirst(";.*", "").strip().equalsIgnoreCase("application/json")) {
            ctx.fail(415);
            return;
        }
        Credentials credentials;
        try {
            credentials = Credentials.read(ctx.body().asJsonObject());
        } catch (DecodeException | ClassCastException e) {
            Problem.badRequest("the body must be a JSON object").answer(ctx);
            return;
        } catch (IllegalArgumentException e) {
            Problem.badRequest(e.getMessage()).answer(ctx);
            return;
        }
        String address = address(ctx.request());
        Optional<Duration> wait = throttle.begin(credentials.user, address, clock.instant());
        if (wait.isPresent()) {
            LOG.warn("sign-in of {} from {} refused: too many failures", printable(credentials.user), address);
            watch.signInFailed("too-many-attempts");
            tooManyAttempts(ctx, wait.get(), "too many failed attempts");
            return;
        }
        verify(ctx, credentials, address);
    }

    private void verify(RoutingContext ctx, Credentials credentials, String address) {
        if (waiting.incrementAndGet() > settings.verifying() + settings.waiting()) {
            waiting.decrementAndGet();
            throttle.undecided(credentials.user, address);
            watch.signInFailed("busy");
            ctx.response().putHeader("Retry-After", "2");
            new Problem(503, "busy", "The server is busy", "too many people sign in at once").answer(ctx);
            return;
        }
        Optional<UserDirectory.User> user = users.get().find(credentials.user);
        Context back = vertx.getOrCreateContext();
        Thread.ofVirtual().name("password").start(() -> {
            boolean right = matches(user, credentials.password);
            waiting.decrementAndGet();
            back.runOnContext(ignored -> verified(ctx, credentials.user, address, right ? user : Optional.empty()));
        });
    }

    /// A name nobody has takes as long as the others: it is checked against somebody's password, in vain.
    private boolean matches(Optional<UserDirectory.User> user, String password) {
        verifying.acquireUninterruptibly();
        try {
            PasswordHash hash = PasswordHash.parse(
                    user.or(() -> users.get().users().stream().findFirst())
                            .map(UserDirectory.User::passwordHash)
                            .orElse(PasswordHash.NOBODYS));
            return hash.matches(password) && user.isPresent();
        } catch (IllegalArgumentException e) {
            LOG.error("the password hash of {} cannot be read: {}", user, e.getMessage());
            return false;
        } finally {
            verifying.release();
        }
    }

    private void verified(RoutingContext ctx, String name, String address, Optional<UserDirectory.User> user) {
        if (user.isEmpty()) {
            LOG.warn("sign-in of {} from {} failed", printable(name), address);
            watch.signInFailed("wrong-credentials");
            Problem.unauthorized("wrong-credentials", "user or password is wrong")
                    .answer(ctx);
            return;
        }
        throttle.succeeded(name, address);
        if (user.get().disabled()) {
            LOG.warn("sign-in of {} from {} refused: disabled", name, address);
            watch.signInFailed("user-disabled");
            Problem.forbidden("user-disabled", "the user may not sign in").answer(ctx);
            return;
        }
        Tokens.Issued issued = tokens.issue(name);
        LOG.info("{} signed in from {}", name, address);
        ctx.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject()
                        .put("token", issued.written())
                        .put("expiresAt", issued.token().expiresAt().toString())
                        .toBuffer());
    }

    private void logout(RoutingContext ctx) {
        Check check = Handshake.bearer(ctx.request())
                .map(tokens::check)
                .orElseGet(() -> new Check.Refused("invalid-token", "the header Authorization: Bearer is missing"));
        switch (check) {
            case Check.Refused(String reason, String message) ->
                Problem.unauthorized(reason, message).answer(ctx);
            case Check.Accepted accepted -> {
                Context back = vertx.getOrCreateContext();
                Thread.ofVirtual().name("revoke").start(() -> {
                    boolean kept = revoke(accepted.token());
                    afterLogout.run();
                    back.runOnContext(ignored -> {
                        if (kept) ctx.response().setStatusCode(204).end();
                        else ctx.fail(500);
                    });
                });
            }
        }
    }

    /// On a virtual thread. True when the sign-out also outlives the process.
    boolean revoke(Tokens.Token token) {
        try {
            revoked.forgetExpired(clock.instant());
            revoked.revoke(token);
            LOG.info("a token of {} was signed out", token.user());
            return true;
        } catch (RuntimeException e) {
            LOG.error("a sign-out of {} is in force but not on disk", token.user(), e);
            return false;
        }
    }

    private static void tooManyAttempts(RoutingContext ctx, Duration wait, String detail) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        ctx.response().putHeader("Retry-After", Long.toString(seconds));
        new Problem(429, "too-many-attempts", "Too many attempts", detail + "; try again in " + seconds + " s")
                .answer(ctx);
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress() == null ? "?" : request.remoteAddress().hostAddress();
    }

    /// What a stranger typed goes into the log without line ends or escapes.
    private static String printable(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}@._-]", "?");
    }

    private record Credentials(String user, String password) {
        static Credentials read(JsonObject body) {
            if (body == null) throw new IllegalArgumentException("the body must be a JSON object");
            for (String field : body.fieldNames()) {
                if (!Set.of("user", "password").contains(field)) {
                    throw new IllegalArgumentException("unknown field; allowed are user and password");
                }
            }
            return new Credentials(text(body, "user", LONGEST_USER), text(body, "password", LONGEST_PASSWORD));
        }

        private static String text(JsonObject body, String field, int longest) {
            if (!(body.getValue(field) instanceof String text) || text.isEmpty() || text.length() > longest) {
                throw new IllegalArgumentException(field + " must be a string of 1 to " + longest + " characters");
            }
            return text;
        }

        @Override
        public String toString() {
            return "Credentials[REDACTED]";
        }
    }
}
