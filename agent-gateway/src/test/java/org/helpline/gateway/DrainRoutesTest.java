package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may drain the domain, and what they are told.
class DrainRoutesTest {
    private static final String KEY = "k".repeat(40);

    /// A domain with one caller in its menus.
    static final class OneCaller implements DrainPort {
        private Optional<Instant> since = Optional.empty();
        private boolean stops;

        @Override
        public Future<Progress> start(boolean thenStop) {
            since = Optional.of(Instant.EPOCH);
            stops |= thenStop;
            return progress();
        }

        @Override
        public Future<Progress> cancel() {
            since = Optional.empty();
            stops = false;
            return progress();
        }

        @Override
        public Future<Progress> progress() {
            return Future.succeededFuture(new Progress(since, 1, 0, 0, 0, stops));
        }
    }

    private final OneCaller domain = new OneCaller();
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.draining(domain, new OperatorKey(KEY));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anAdminDrainsAndTakesCallsAgain() {
        String admin = "Bearer " + server.token("admin1");
        assertFalse(json(server.get("/v1/drain", "Authorization", admin)).getBoolean("draining"));
        JsonObject draining = json(server.post("/v1/drain", "", "Authorization", admin));
        assertTrue(draining.getBoolean("draining"));
        assertEquals(Instant.EPOCH.toString(), draining.getString("since"));
        assertEquals(1, draining.getInteger("inFlow"));
        assertFalse(draining.getBoolean("done"));
        assertFalse(draining.getBoolean("stops"));
        assertTrue(json(server.post("/v1/drain", "{\"stop\":true}", "Authorization", admin))
                .getBoolean("stops"));
        assertFalse(json(delete(admin)).getBoolean("draining"));
    }

    @Test
    void theOperatorsKeyCountsOnThisMachine() {
        assertEquals(
                200, server.get("/v1/drain", "Authorization", "Operator " + KEY).statusCode());
        assertEquals(
                401,
                server.get("/v1/drain", "Authorization", "Operator " + "x".repeat(40))
                        .statusCode());
        assertEquals(
                403,
                server.get("/v1/drain", "Authorization", "Operator " + KEY, "X-Forwarded-For", "192.0.2.1")
                        .statusCode());
    }

    @Test
    void othersAreRefused() {
        for (String user : new String[] {"agent1", "supervisor1"}) {
            HttpResponse<String> refused =
                    server.post("/v1/drain", "", "Authorization", "Bearer " + server.token(user));
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().contains("not-an-admin"), refused::body);
        }
        assertEquals(401, server.post("/v1/drain", "").statusCode());
        assertEquals(401, server.get("/v1/drain").statusCode());
        assertEquals(401, delete("Bearer nonsense").statusCode());
        assertEquals(Optional.empty(), domain.since);
    }

    @Test
    void badBodiesAreRefused() {
        String admin = "Bearer " + server.token("admin1");
        for (String body : new String[] {"{", "[]", "{\"stop\":\"yes\"}", "{\"halt\":true}"}) {
            assertEquals(
                    400, server.post("/v1/drain", body, "Authorization", admin).statusCode(), body);
        }
        assertEquals(
                413,
                server.post("/v1/drain", "x".repeat(1_000), "Authorization", admin)
                        .statusCode());
        assertEquals(Optional.empty(), domain.since);
    }

    private HttpResponse<String> delete(String authorization) {
        HttpRequest.Builder request = server.request("/v1/drain", "Authorization", authorization);
        return server.send(request.DELETE());
    }

    private static JsonObject json(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        return new JsonObject(answer.body());
    }
}
