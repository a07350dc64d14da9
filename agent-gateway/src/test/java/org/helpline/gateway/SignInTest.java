package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.helpline.gateway.UserDirectory.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sign-in, tokens and what HTTP refuses.
class SignInTest {
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theRightPasswordGivesATokenForTwelveHours() {
        HttpResponse<String> response = server.login("agent1", GatewayServer.PASSWORD);
        assertEquals(200, response.statusCode());
        assertEquals(List.of(), Documents.checkHttp("Token", response.body()));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
        JsonObject token = new JsonObject(response.body());
        assertEquals("2026-11-03T02:00:00Z", token.getString("expiresAt"));
        assertEquals(426, connectWith(token.getString("token")).statusCode(), "good, but no WebSocket");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserLookTheSame() {
        HttpResponse<String> wrong = refused(401, "wrong-credentials", server.login("agent1", "wrong"));
        HttpResponse<String> unknown = refused(401, "wrong-credentials", server.login("nobody", "wrong"));
        assertEquals(wrong.body(), unknown.body());
    }

    @Test
    void fiveFailuresCloseTheDoorForAWhile() {
        for (int i = 0; i < 5; i++) refused(401, "wrong-credentials", server.login("agent1", "wrong"));
        HttpResponse<String> sixth = refused(429, "too-many-attempts", server.login("agent1", GatewayServer.PASSWORD));
        assertEquals("300", sixth.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(200, server.login("agent2", GatewayServer.PASSWORD).statusCode(), "others are not concerned");
        server.clock.elapse(Duration.ofMinutes(5));
        assertEquals(200, server.login("agent1", GatewayServer.PASSWORD).statusCode());
    }

    @Test
    void aRightPasswordForgetsTheFailures() {
        for (int i = 0; i < 4; i++) server.login("agent1", "wrong");
        assertEquals(200, server.login("agent1", GatewayServer.PASSWORD).statusCode());
        for (int i = 0; i < 4; i++) refused(401, "wrong-credentials", server.login("agent1", "wrong"));
    }

    @Test
    void aDisabledUserStaysOutAndTokensOfOneAreVoid() {
        refused(403, "user-disabled", server.login("gone", GatewayServer.PASSWORD));
        refused(401, "wrong-credentials", server.login("gone", "wrong"));
        String token = server.token("agent1");
        server.users(GatewayServer.user("agent1", Role.AGENT, true));
        refused(401, "user-disabled", connectWith(token));
    }

    @Test
    void tokensOfAnotherKeyOfNoKeyAndOfThePastAreRefused() {
        refused(401, "invalid-token", server.get("/v1/agent"));
        refused(401, "invalid-token", connectWith("x"));
        refused(401, "invalid-token", connectWith("a.b.c"));
        refused(401, "invalid-token", connectWith(forged("another key, also of 32 bytes...")));
        String unsigned = part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part(claims().encode()) + ".";
        refused(401, "invalid-token", connectWith(unsigned));
        String good = server.token("agent1");
        refused(401, "invalid-token", connectWith(good.substring(0, good.length() - 4) + "AAAA"));
        server.clock.elapse(Duration.ofHours(12));
        refused(401, "token-expired", connectWith(good));
    }

    @Test
    void aTokenOfTheRightKeyWithoutOurClaimsIsRefused() {
        assertEquals(
                426,
                connectWith(forged(new String(GatewayServer.KEY, StandardCharsets.US_ASCII)))
                        .statusCode());
        JsonObject odd = claims();
        odd.remove("jti");
        refused(
                401,
                "invalid-token",
                connectWith(signed(new String(GatewayServer.KEY, StandardCharsets.US_ASCII), odd)));
    }

    @Test
    void logoutVoidsTheTokenAndClosesItsSockets() {
        String token = server.token("agent1");
        DeskClient desk = DeskClient.connect(server, "/v1/agent", token);
        desk.next("welcome");
        HttpResponse<String> response = server.post("/v1/logout", "", "Authorization", "Bearer " + token);
        assertEquals(204, response.statusCode());
        assertEquals(4401, desk.closeCode());
        refused(401, "token-revoked", connectWith(token));
        refused(401, "token-revoked", server.post("/v1/logout", "", "Authorization", "Bearer " + token));
        assertEquals(426, connectWith(server.token("agent1")).statusCode(), "a new sign-in is not concerned");
    }

    @Test
    void bodiesThatAreNoSignInAreRefused() {
        refused(400, "bad-request", login("{"));
        refused(400, "bad-request", login("[1]"));
        refused(400, "bad-request", login(""));
        refused(400, "bad-request", login("{\"user\":\"agent1\"}"));
        refused(400, "bad-request", login("{\"user\":7,\"password\":\"x\"}"));
        refused(400, "bad-request", login("{\"user\":\"a\",\"password\":\"x\",\"admin\":true}"));
        refused(413, "too-large", login("{\"user\":\"" + "a".repeat(5_000) + "\"}"));
        refused(415, "unsupported-media-type", server.post("/v1/login", "{}", "Content-Type", "text/plain"));
    }

    @Test
    void unknownPathsAndWrongMethodsAreProblems() {
        HttpResponse<String> lost = refused(404, "not-found", server.get("/v1/no-such-thing"));
        assertFalse(lost.body().contains("Exception"));
        refused(405, "method-not-allowed", server.get("/v1/login"));
        refused(405, "method-not-allowed", server.post("/v1/live", ""));
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        String[] foreign = {"Origin", "https://evil.example", "Content-Type", "application/json"};
        refused(403, "foreign-origin", server.post("/v1/login", "{}", foreign));
        String token = server.token("agent1");
        refused(
                403,
                "foreign-origin",
                server.get("/v1/agent", "Authorization", "Bearer " + token, "Origin", "https://evil.example"));
        String own = "http://127.0.0.1:" + server.port();
        assertEquals(
                426,
                server.get("/v1/agent", "Authorization", "Bearer " + token, "Origin", own)
                        .statusCode());
    }

    @Test
    void whereThePasswordCouldBeOverheardNobodySignsIn() {
        GatewaySettings.SignIn usual = GatewaySettings.SignIn.DEFAULT;
        GatewaySettings.SignIn closed = new GatewaySettings.SignIn(
                false,
                usual.tokenLife(),
                Set.of(),
                usual.failures(),
                usual.window(),
                usual.tracked(),
                usual.verifying(),
                usual.waiting());
        GatewaySettings settings = new GatewaySettings(
                TokenKey.of(GatewayServer.KEY), closed, GatewaySettings.Sockets.DEFAULT, GatewaySettings.Live.DEFAULT);
        try (GatewayServer open = GatewayServer.start(settings)) {
            refused(403, "insecure-transport", open.login("agent1", GatewayServer.PASSWORD));
        }
    }

    @Test
    void aSupervisorIsNoAgent() {
        refused(403, "not-an-agent", connectWith(server.token("supervisor1")));
    }

    @Test
    void nothingSecretIsPrinted() {
        TokenKey key = TokenKey.of(GatewayServer.KEY);
        String all = GatewayServer.SETTINGS + " " + key + " "
                + GatewayServer.user("agent1", Role.AGENT, false) + " "
                + new Tokens.Issued("the.written.token", new Tokens.Token("id", "agent1", server.clock.instant()));
        assertFalse(all.contains("pbkdf2") || all.contains("0123456789") || all.contains("written"), all);
        assertTrue(all.contains("[REDACTED]"));
    }

    private HttpResponse<String> login(String body) {
        return server.post("/v1/login", body, "Content-Type", "application/json");
    }

    private HttpResponse<String> connectWith(String token) {
        return server.get("/v1/agent", "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> refused(int status, String reason, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(List.of(), Documents.checkHttp("Problem", response.body()));
        assertEquals("urn:helpline:problem:" + reason, new JsonObject(response.body()).getString("type"));
        return response;
    }

    private JsonObject claims() {
        long now = server.clock.instant().getEpochSecond();
        return new JsonObject()
                .put("iss", "helpline")
                .put("sub", "agent1")
                .put("jti", "forged")
                .put("iat", now)
                .put("exp", now + 3_600);
    }

    private String forged(String key) {
        return signed(key, claims());
    }

    private static String signed(String key, JsonObject claims) {
        Vertx vertx = Vertx.vertx();
        try {
            PubSecKeyOptions options =
                    new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(key));
            return JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(options))
                    .generateToken(
                            claims, new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true));
        } finally {
            GatewayServer.await(vertx.close());
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
