package org.helpline.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes and checks the tokens of signed-in users: JWT, HS256 and nothing else. A token says who its bearer
/// is; what the bearer may do is looked up at each use, so that a changed role or a disabled user counts at
/// once.
///
/// Thread-safe.
final class Tokens {
    private static final String ISSUER = "helpline";

    private final JWTAuth jwt;
    private final Duration life;
    private final Supplier<UserDirectory> users;
    private final RevokedTokens revoked;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Tokens(Vertx vertx, GatewaySettings settings, Supplier<UserDirectory> users, RevokedTokens revoked, Clock clock) {
        PubSecKeyOptions key = new PubSecKeyOptions()
                .setAlgorithm("HS256")
                .setBuffer(Buffer.buffer(settings.tokenKey().bytes()));
        // The library would compare times with the system's clock; they are compared with ours below.
        JWTOptions options = new JWTOptions().setIgnoreExpiration(true);
        this.jwt = JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key).setJWTOptions(options));
        this.life = settings.signIn().tokenLife();
        this.users = users;
        this.revoked = revoked;
        this.clock = clock;
    }

    Issued issue(String user) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Token token = new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(id), user, now.plus(life));
        JsonObject claims = new JsonObject()
                .put("iss", ISSUER)
                .put("sub", user)
                .put("jti", token.id())
                .put("iat", now.getEpochSecond())
                .put("exp", token.expiresAt().getEpochSecond());
        JWTOptions options = new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true);
        synchronized (this) {
            return new Issued(jwt.generateToken(claims, options), token);
        }
    }

    Check check(String written) {
        return read(written).map(this::check).orElseGet(() -> new Check.Refused("invalid-token", "no such token"));
    }

    /// Whether a token that was good once is so still.
    Check check(Token token) {
        if (!token.expiresAt().isAfter(clock.instant())) {
            return new Check.Refused("token-expired", "the token expired at " + token.expiresAt());
        }
        if (revoked.isRevoked(token)) {
            return new Check.Refused("token-revoked", "the token was signed out");
        }
        Optional<UserDirectory.User> user = users.get().find(token.user());
        if (user.isEmpty() || user.get().disabled()) {
            return new Check.Refused("user-disabled", "the user may not sign in");
        }
        return new Check.Accepted(token, user.get());
    }

    private Optional<Token> read(String written) {
        Future<User> user;
        synchronized (this) {
            user = jwt.authenticate(new TokenCredentials(written));
        }
        if (!user.succeeded()) return Optional.empty();
        JsonObject claims = user.result().attributes().getJsonObject("accessToken");
        try {
            Token token = new Token(
                    claims.getString("jti"), claims.getString("sub"), Instant.ofEpochSecond(claims.getLong("exp")));
            boolean whole = ISSUER.equals(claims.getString("iss")) && token.id() != null && token.user() != null;
            return whole ? Optional.of(token) : Optional.empty();
        } catch (ClassCastException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /// A token without its signature: safe to keep and to log.
    record Token(String id, String user, Instant expiresAt) {}

    record Issued(String written, Token token) {
        @Override
        public String toString() {
            return "Issued[REDACTED, " + token + "]";
        }
    }

    sealed interface Check {
        record Accepted(Token token, UserDirectory.User user) implements Check {}

        record Refused(String reason, String message) implements Check {}
    }
}
