package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages come with the headers that protect them, and nothing else comes out of their folder.
class PagesTest {
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
    void everyKindOfFileHasItsType() {
        Map<String, String> types = Map.of(
                "/probe/page", "text/html; charset=utf-8",
                "/probe/page.html", "text/html; charset=utf-8",
                "/probe/probe.js", "text/javascript; charset=utf-8",
                "/probe/probe.svg", "image/svg+xml",
                "/probe/probe.mp4", "video/mp4");
        types.forEach((path, type) -> {
            HttpResponse<String> response = server.get(path);
            assertEquals(200, response.statusCode(), path);
            assertEquals(Optional.of(type), response.headers().firstValue("Content-Type"), path);
            assertEquals(Optional.of("nosniff"), response.headers().firstValue("X-Content-Type-Options"), path);
        });
    }

    @Test
    void noScriptRunsButOursAndNobodyFramesAPage() throws NoSuchAlgorithmException {
        HttpResponse<String> page = server.get("/probe/page");
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        byte[] map = "{\"imports\":{\"probe\":\"/probe/probe.js\"}}".getBytes(StandardCharsets.UTF_8);
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(map));
        assertTrue(policy.contains("script-src 'self' 'sha256-" + hash + "';"), policy);
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        String own = "127.0.0.1:" + server.port();
        assertTrue(policy.contains("connect-src 'self' ws://" + own + " wss://" + own + ";"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(Optional.of("no-referrer"), page.headers().firstValue("Referrer-Policy"));
        assertTrue(page.headers().firstValue("Permissions-Policy").orElseThrow().contains("microphone=(self)"));
        assertTrue(server.get("/probe/probe.js")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .contains("script-src 'self';"));
    }

    @Test
    void whatIsKnownIsNotSentAgain() {
        HttpResponse<String> first = server.get("/probe/probe.js");
        assertEquals(Optional.of("no-cache"), first.headers().firstValue("Cache-Control"));
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = server.get("/probe/probe.js", "If-None-Match", "\"other\", W/" + etag);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(
                200, server.get("/probe/probe.js", "If-None-Match", "\"other\"").statusCode());
    }

    @Test
    void nothingComesOutOfTheFolderOrOfNowhere() {
        String[] paths = {
            "/nowhere",
            "/probe",
            "/probe/",
            "/probe/probe.class",
            "/probe/..%2f..%2forg/helpline/gateway/AgentGateway.class",
            "/..%2f..%2fetc%2fpasswd.html",
            "/%2e%2e/%2e%2e/logback-test.html",
            "/.hidden.html",
            "/probe//probe.js",
            "/probe/probe.js%00.html",
            "/probe/%70robe.js",
            "/v1/nowhere",
            "/" + "x".repeat(300)
        };
        for (String path : paths) {
            HttpResponse<String> response = server.get(path);
            assertEquals(404, response.statusCode(), path);
            assertEquals(
                    Optional.of("application/problem+json"), response.headers().firstValue("Content-Type"), path);
            assertEquals(404, new JsonObject(response.body()).getInteger("status"), path);
        }
        assertEquals(Optional.empty(), PageRoutes.fileName("/../secret.html"));
        assertEquals(Optional.empty(), PageRoutes.fileName("/a/../../secret.html"));
        assertEquals(Optional.of("/index.html"), PageRoutes.fileName("/"));
        assertEquals(Optional.of("/wallboard.html"), PageRoutes.fileName("/wallboard"));
    }

    @Test
    void otherMethodsAreAsBefore() {
        assertEquals(404, server.post("/probe/probe.js", "").statusCode());
        assertEquals(405, server.get("/v1/login").statusCode());
    }
}
